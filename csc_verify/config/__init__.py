"""What a student, a command line and a runner ask for, as frozen values.

``read_config`` and ``config_from_options`` make a :class:`Config`, ``read_settings`` makes
:class:`Settings`. All three raise :class:`~csc_verify.errors.ConfigError` with every problem they
find. The JSON Schema of the file lies beside this module as ``config.schema.json``.
"""

from csc_verify.config.reading import config_from_options, read_config
from csc_verify.config.schema import Config, Weekday
from csc_verify.config.settings import Settings, Token, read_settings

__all__ = [
    "Config",
    "Settings",
    "Token",
    "Weekday",
    "config_from_options",
    "read_config",
    "read_settings",
]
