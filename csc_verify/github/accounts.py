"""Accounts as questions name them, whichever way GitHub is asked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from csc_verify.week import Week


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose week is asked for.

    Attributes:
        login: The account's login, in any case.
        week: The week.
        known: The account's number, if it was seen under this login before.
    """

    login: str
    week: Week
    known: int | None = None


def profile_of(server_url: str, login: str) -> str:
    """The address of an account's profile."""
    return f"{server_url}/{quote(login, safe='')}"
