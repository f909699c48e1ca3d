"""Write the JSON Schema that ships from the models that are its source."""

from __future__ import annotations

from pathlib import Path

from csc_verify import config
from csc_verify.config.json_schema import schema_text

if __name__ == "__main__":
    Path(config.__file__).with_name("config.schema.json").write_text(schema_text(), "utf-8")
