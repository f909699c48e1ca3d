"""What pydantic collected, told to the student: what is wrong where, and the nearest right key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from csc_verify.config.forms import nearest, quoted
from csc_verify.config.schema import (
    Blog,
    Config,
    Contacts,
    Contributions,
    Design,
    Publish,
    TimeOff,
)
from csc_verify.escape import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from csc_verify.config.yaml_tree import Path

MAX_FAULTS = 500
"""Errors that are looked into; a file with more of them is something else than a configuration."""

SECTIONS: dict[Path, type[BaseModel]] = {
    (): Config,
    ("pauses",): TimeOff,
    ("contributions",): Contributions,
    ("blog",): Blog,
    ("contacts",): Contacts,
    ("design",): Design,
    ("publish",): Publish,
}
"""The model at each place that has keys of its own; indexes of lists are left out."""


class At(Enum):
    """What a fault points at."""

    KEY = "the key"
    VALUE = "the value"


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of a validation, without a place in a file.

    Attributes:
        path: Keys and indexes down to the faulty value.
        at: Whether the key is at fault (unknown), or its value.
        name: The value's name in quotes; empty where the predicate names it.
        predicate: What is wrong with it, without a full stop.
        hint: What to write instead; may be empty.
    """

    path: Path
    at: At
    name: str
    predicate: str
    hint: str

    @property
    def text(self) -> str:
        """What is wrong, as a sentence without a full stop."""
        return f"{self.name} {self.predicate}".lstrip()


def faults(error: ValidationError) -> list[Fault]:
    """The errors of a validation of :class:`Config`, in pydantic's order, all that are told."""
    details = error.errors(include_url=False)[:MAX_FAULTS]
    return [fault for detail in details for fault in _faults_of(detail)]


def _faults_of(detail: ErrorDetails) -> Iterator[Fault]:
    path = detail["loc"]
    context = detail.get("ctx", {})
    if path[-1:] == ("[key]",):
        key = path[:-1]
        yield Fault(key, At.KEY, _name(key), context["text"], context["hint"])
    elif detail["type"] == "extra_forbidden":
        yield _unknown_key(path)
    elif "text" in context:
        for entry in _entries(path, context.get("entries")):
            yield Fault(entry, At.VALUE, _name(entry), context["text"], context["hint"])
    else:
        yield Fault(path, At.VALUE, _name(path), *_in_words(detail))


def _entries(path: Path, indexes: tuple[int, ...] | None) -> Iterator[Path]:
    if indexes is None:
        yield path
    else:
        yield from ((*path, index) for index in indexes)


def _name(path: Path) -> str:
    """A place as a message calls it: ``'blog.urls[2]'``."""
    dotted = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return quoted(dotted.removeprefix("."))


def _keys_at(place: Path) -> tuple[str, ...]:
    keys_only = tuple(part for part in place if isinstance(part, str))
    fields = SECTIONS[keys_only].model_fields.items()
    return tuple(field.alias or name for name, field in fields)


def _unknown_key(path: Path) -> Fault:
    place, key = path[:-1], str(path[-1])
    where = f" in {_name(place)}" if place else ""
    return Fault(path, At.KEY, "", f"unknown key {quoted(key)}{where}", _key_advice(key, place))


def _key_advice(key: str, place: Path) -> str:
    here = _keys_at(place)
    homes = [_home(other) for other in SECTIONS if key in _keys_at(other)]
    if homes:
        return f"it belongs {' or '.join(homes)}"
    near = nearest(key, here)
    return f"did you mean {quoted(near)}?" if near else f"the keys here are {', '.join(here)}"


def _home(place: Path) -> str:
    return f"under {_name(place)}" if place else "at the top level"


def _in_words(detail: ErrorDetails) -> tuple[str, str]:
    value, context = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            words = "is missing", "Add it"
        case "string_type":
            words = f"must be text, not {_kind(value)}", _text_advice(value)
        case "int_type":
            words = f"must be a whole number, not {_kind(value)}", "Write digits without quotes"
        case "greater_than_equal":
            words = f"must be at least {context['ge']}", f"Write {context['ge']} or more"
        case "less_than_equal":
            words = f"must be at most {context['le']}", f"Write {context['le']} or less"
        case "tuple_type":
            words = f"must be a list, not {_kind(value)}", _list_advice(value)
        case "model_type" | "dict_type":
            words = f"must be a mapping, not {_kind(value)}", _mapping_advice(detail["loc"])
        case "too_long":
            most = context["max_length"]
            words = f"has more than {most} entries", f"Keep {most} of them"
        case _:  # pydantic's own words, for what no file of text can hold
            words = f"cannot be used: {plain(detail['msg'])}", ""
    return words


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list() | tuple():
            return "a list"
        case _:
            return "a mapping"


def _text_advice(value: object) -> str:
    match value:
        case None:
            return "Write a value, or remove the line"
        case bool():
            return f'Put it in quotes: "{str(value).lower()}"'
        case int():
            return f'Put it in quotes: "{value}"'
        case _:
            return "Write one value"


def _list_advice(value: object) -> str:
    match value:
        case None:
            return "Write [] or remove the key"
        case str() | int():
            return f"Put it in brackets: [{plain(str(value))}]"
        case _:
            return "Write [one, two], or one entry a line, each after a dash"


def _mapping_advice(path: Path) -> str:
    keys_only = tuple(part for part in path if isinstance(part, str))
    if keys_only not in SECTIONS:
        return "Write pairs such as {title: Role}"
    return f"Its keys go below it, indented: {', '.join(_keys_at(path))}"
