"""How a value is described once and told to three readers.

A form goes into ``Annotated``, and is told to pydantic (which accepts or refuses), to the JSON
Schema (which an editor shows) and to the student (in a sentence).
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from csc_verify.escape import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_ECHOED = 60
"""Characters of a wrong value that a message repeats."""

_LIKENESS = 0.78
"""How alike two words must be for a suggestion, from 0 to 1: tuesday is no misspelled sunday."""


def refusal(kind: str, text: str, hint: str = "", **more: object) -> PydanticCustomError:
    """The error that pydantic collects for a value.

    Args:
        kind: What sort of rule was broken; ``refused`` and ``order`` are those that a JSON Schema
            cannot express.
        text: The sentence's predicate; the key's name is put before it.
        hint: What to write instead.
        **more: Facts for whoever turns it into a problem, such as ``entries``.
    """
    context: dict[str, Any] = {"text": text, "hint": hint, **more}
    return PydanticCustomError(kind, "{text}", context)


def quoted(text: str) -> str:
    """A value as a message repeats it: one short visible line in quotes."""
    return f"'{plain(text, _ECHOED)}'"


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """The choice most like a text, if any is like it at all; letter case is not looked at."""
    folded = {choice.casefold(): choice for choice in choices}
    close = difflib.get_close_matches(text[:_ECHOED].casefold(), folded, n=1, cutoff=_LIKENESS)
    return folded[close[0]] if close else None


def one_of(text: str, choices: Iterable[str]) -> str:
    """A hint: the nearest choice, or all of them."""
    known = tuple(choices)
    near = nearest(text, known)
    return f"did you mean {quoted(near)}?" if near else f"one of: {', '.join(known)}"


# A name and a password in an address: they may be somebody's.
_CREDENTIALS = re.compile(r"//[^/?#\s]*@")


@dataclass(frozen=True, slots=True)
class Form:
    """A text of a certain form; metadata for ``Annotated``.

    Attributes:
        name: What it is, with its article: ``a GitHub login``.
        pattern: Regular expression, anchored on both sides.
        longest: Characters it may have.
        advice: From a wrong text to a hint.
        read: From a text that matches the pattern to the value, or None if it is refused
            nonetheless (what a pattern cannot say).
        echoed: Whether a message may repeat the text; not where somebody could paste a secret.
    """

    name: str
    pattern: str
    longest: int
    advice: Callable[[str], str]
    read: Callable[[str], object | None] = str
    echoed: bool = True

    def accept(self, text: str) -> object:
        """The value of a text.

        Raises:
            PydanticCustomError: It is too long, or has another form.
        """
        if len(text) > self.longest:
            raise refusal("length", f"is longer than {self.longest} characters", "Shorten it")
        if not re.search(self.pattern, text):
            raise self._not_this("form", text)
        value = self.read(text)
        if value is None:
            raise self._not_this("refused", text)
        return value

    def _not_this(self, kind: str, text: str) -> PydanticCustomError:
        shown = f": {quoted(text)}" if self.echoed and not _CREDENTIALS.search(text) else ""
        return refusal(kind, f"is not {self.name}{shown}", self.advice(text))

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            self.accept, core_schema.str_schema(strict=True)
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return self.json_schema()

    def json_schema(self) -> JsonSchemaValue:
        """The form as a JSON Schema."""
        return {"type": "string", "maxLength": self.longest, "pattern": self.pattern}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of an enumeration's texts; metadata for ``Annotated``.

    Attributes:
        of: The enumeration.
        besides: Words that are right there too, though no texts; for hints.
    """

    of: type[StrEnum]
    besides: tuple[str, ...] = ()

    def accept(self, value: object) -> StrEnum:
        """The member that a text names.

        Raises:
            PydanticCustomError: There is no such member.
        """
        names = tuple(member.value for member in self.of)
        if not isinstance(value, str):
            hint = one_of("", (*names, *self.besides))
            raise refusal("choice", "must be one of a few words", hint)
        if value not in names:
            raise refusal(
                "choice", f"cannot be {quoted(value)}", one_of(value, (*names, *self.besides))
            )
        return self.of(value)

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.accept)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return self.json_schema()

    def json_schema(self) -> JsonSchemaValue:
        """The choice as a JSON Schema."""
        return {"type": "string", "enum": [member.value for member in self.of]}


# What older YAML reads as yes and no; here they are text, and never a path that somebody means.
_YES_AND_NO = frozenset({"yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class OrFalse:
    """A value of another form, or false; metadata for ``Annotated``.

    Attributes:
        what: The other form in words, for the message.
        form: The other form.
    """

    what: str
    form: Form | Choice

    def accept(self, value: object) -> object:
        """The value, or False.

        Raises:
            PydanticCustomError: It is neither.
        """
        if value is False:
            return False
        if not isinstance(value, str) or value.lower() in _YES_AND_NO:
            raise refusal("or_false", f"must be {self.what} or false", "Write false to turn it off")
        return self.form.accept(value)

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.accept)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"const": False}, self.form.json_schema()]}


@dataclass(frozen=True, slots=True)
class Sized:
    """A list of so many entries; metadata for ``Annotated``.

    The length is looked at before the entries: a list far too long is one problem, not a thousand.

    Attributes:
        most: Entries it may have.
        least: Entries it must have.
    """

    most: int
    least: int = 0

    def accept(self, value: object) -> object:
        """The same value.

        Raises:
            PydanticCustomError: It is a list, and too long or too short.
        """
        if isinstance(value, list | tuple):
            if len(value) > self.most:
                text = f"has more than {self.most} entries"
                raise refusal("length", text, f"Keep {self.most} of them")
            if len(value) < self.least:
                raise refusal("length", "is an empty list", "Name at least one, or remove the key")
        return value

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.accept, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        limits = {"minItems": self.least} if self.least else {}
        return {**handler(schema), **limits, "maxItems": self.most}


@dataclass(frozen=True, slots=True)
class Distinct:
    """A list without repetitions; metadata for ``Annotated``."""

    def accept(self, values: tuple[object, ...]) -> tuple[object, ...]:
        """The same values.

        Raises:
            PydanticCustomError: One stands there twice; ``entries`` are the repetitions' indexes.
        """
        repeated = tuple(n for n, value in enumerate(values) if value in values[:n])
        if repeated:
            hint = "Keep one of the two"
            raise refusal("repeated", "repeats an earlier entry", hint, entries=repeated)
        return values

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.accept, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "uniqueItems": True}
