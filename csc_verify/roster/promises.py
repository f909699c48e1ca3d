"""From a row's settings to a configuration, or to what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from csc_verify.config import Config
from csc_verify.config.forms import quoted
from csc_verify.config.problems import faults
from csc_verify.config.texts import ZONE
from csc_verify.model import RequirementId, Track
from csc_verify.roster.aliases import Column
from csc_verify.roster.cells import addresses, hyphenated, said, words, zone_named

if TYPE_CHECKING:
    from csc_verify.config.problems import Fault
    from csc_verify.roster.columns import Columns
    from csc_verify.roster.table import Row
    from csc_verify.roster.telling import Told

_DAYS: Final = (Column.SINCE, Column.UNTIL)
_WORDS: Final = (Column.TRACK, Column.WEEK_STARTS)
_PLAIN: Final = (*_DAYS, *_WORDS, Column.TIMEZONE, Column.SCOPE)
_COLUMNS: Final = {str(it): it for it in (*_PLAIN, Column.BLOG)}
"""The column of a key in the configuration."""


@dataclass(slots=True)
class Promise:
    """What one row says of the commitment.

    Attributes:
        columns: Where to look.
        row: Which row.
        told: Takes what is wrong.
        is_right: False as soon as something is.
    """

    columns: Columns
    row: Row
    told: Told
    is_right: bool = True

    def config(self, login: str) -> Config | None:
        """The configuration; None if the row has no settings, or wrong ones, which is told.

        Args:
            login: Whose contributions count.
        """
        data = self._settings()
        if not data:
            return None
        zone = data.pop("timezone", "UTC")
        named = zone_named(str(zone))
        if named is None:
            # To find the nearest of all names takes a while, so only for those that are told.
            hint = "" if self.told.is_full else ZONE.advice(str(zone))
            self._tell(Column.TIMEZONE, f"is not a time zone: {quoted(str(zone))}", hint)
        data |= {"github": login, "timezone": named or "UTC"}
        if "scope" not in data:
            data["scope"] = self._scope(data)
        if not self.is_right and self.told.is_full:
            return None
        try:
            config = Config.model_validate(data)
        except ValidationError as error:
            for fault in faults(error):
                self._tell(_column(fault), fault.predicate, fault.hint)
            return None
        return config if self.is_right else None

    def _settings(self) -> dict[str, object]:
        """What the row says, under the configuration's keys."""
        data: dict[str, object] = {}
        for column in _PLAIN:
            cell = said(self.columns.first(self.row, column))
            if cell:
                data[column] = hyphenated(cell) if column in _WORDS else cell
        if "scope" in data:
            data["scope"] = words(str(data["scope"]))
        blog: dict[str, object] = {}
        cells = map(said, self.columns.filled(self.row, Column.BLOG))
        if urls := addresses(cells):
            blog["urls"] = urls
        if author := said(self.columns.first(self.row, Column.AUTHOR)):
            blog["author"] = " ".join(author.split())
        return data | {"blog": blog} if blog else data

    def _scope(self, data: dict[str, object]) -> list[str] | None:
        """What can be looked at: contributions, and the blog if one is named."""
        track = data.get("track", Track.SOFTWARE_ENGINEERING)
        if track not in list(Track):  # told when it is validated
            return None
        blog = data.get("blog")
        has_urls = isinstance(blog, dict) and "urls" in blog
        asked = [RequirementId.CONTRIBUTIONS, *([RequirementId.BLOG] if has_urls else [])]
        scope = [str(id_) for id_ in Track(str(track)).requirements if id_ in asked]
        if not scope:
            hint = "Name the blog, or leave all settings to the student's own configuration"
            self._tell(Column.TRACK, f"'{track}' asks for no contributions", hint)
            return None
        return scope

    def _tell(self, column: Column, predicate: str, hint: str) -> None:
        self.is_right = False
        self.told.add(self.row.line, f"{self.columns.called(column)} {predicate}", hint)


def _column(fault: Fault) -> Column:
    if fault.path[:2] == ("blog", "author"):
        return Column.AUTHOR
    return _COLUMNS.get(str(fault.path[0]), Column.GITHUB)
