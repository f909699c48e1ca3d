"""A small, strict part of YAML: bytes in, plain data with line numbers out.

A configuration needs mappings, lists, texts, whole numbers, true, false and null, so this reads
those and refuses the rest of YAML: anchors and aliases (they expand a small file into a huge
tree), merge keys, tags, keys that are not text, a second document. Scalars follow YAML 1.2's core
schema narrowed to what the configuration uses, so ``no`` and ``2026-09-07`` and ``12:30`` are
texts. Nothing here recurses: the depth of a file cannot exhaust the stack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

import yaml

from csc_verify.errors import ConfigError, Problem
from csc_verify.escape import plain

MAX_BYTES = 64 * 1024
"""Size a file may have; a whole configuration fits in 2 KiB."""

MAX_DEPTH = 10
"""Levels of mappings and lists a file may nest; a configuration needs 3."""

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]

_LINE_END = re.compile(r"\r\n|\n|\r")
# Controls, and signs that end or reorder lines for a parser or a screen but not for an editor.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "true": True, "false": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where.

    Attributes:
        data: The top-level mapping; empty for an empty file.
        lines_of_keys: Line of the key (or of the list's entry) at each path, counted from 1.
        lines_of_values: Line at which the value at each path begins.
        problems: Keys that are written twice; the first of them is in the data.
    """

    data: dict[str, Value]
    lines_of_keys: dict[Path, int]
    lines_of_values: dict[Path, int]
    problems: tuple[Problem, ...] = ()


def read_document(content: bytes, file: str) -> Document:
    """Read a file of YAML.

    Args:
        content: The file, UTF-8 with or without a byte order mark.
        file: Its name, for the problems.

    Raises:
        ConfigError: It cannot be read, or uses a part of YAML that is refused.
    """
    text = _decoded(content, file)
    builder = _Builder(file, [match.end() for match in _LINE_END.finditer(text)])
    loader = yaml.SafeLoader(text)
    try:
        while loader.check_event():
            event: yaml.Event = loader.get_event()  # type: ignore[no-untyped-call]  # no stub
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.stop(mark.index if mark else 0, *_in_words(error.problem or ""))
    except (yaml.YAMLError, ValueError, OverflowError):
        # ValueError and OverflowError: an escape or a directive with a number beyond all bounds.
        builder.stop(loader.index, "is not readable as YAML here", "Check the line's spelling")
    finally:
        loader.dispose()
    return builder.document()


def _decoded(content: bytes, file: str) -> str:
    if len(content) > MAX_BYTES:
        size = f"is {len(content)} bytes long, {MAX_BYTES} are allowed"
        raise ConfigError((Problem(file, None, size, "Keep only the configuration in it"),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of_end(content[: error.start].decode("utf-8", "replace"))
        problem = Problem(file, line, "is not UTF-8 text", "Save the file in the encoding UTF-8")
        raise ConfigError((problem,)) from None
    unseen = _UNSEEN.search(text)
    if unseen:
        what = f"holds the invisible character U+{ord(unseen.group()):04X}"
        line = _line_of_end(text[: unseen.start()])
        raise ConfigError((Problem(file, line, what, "Delete it, or type the line again"),))
    return text


def _line_of_end(text: str) -> int:
    return len(_LINE_END.findall(text)) + 1


def _in_words(problem: str) -> tuple[str, str]:
    if "'\\t'" in problem:
        return "a tab stands where YAML allows only spaces", "Indent with spaces"
    if "mapping values are not allowed" in problem:
        hint = "Put a value that holds a colon in quotes, and each key on a line of its own"
        return "a second ':' in one line, or a wrong indentation", hint
    hint = "Check indentation, quotes and brackets there and in the line above"
    return f"is not readable as YAML: {plain(problem)}", hint


def _at(event: yaml.Event) -> int:
    """Where an event begins, as an index into the text."""
    return event.start_mark.index if event.start_mark else 0


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    path: Path
    into: list[Value] | dict[str, Value]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds the tree from the parser's events, one at a time."""

    file: str
    line_starts: list[int]
    stack: list[_Open] = field(default_factory=list)
    root: Value = None
    documents: int = 0
    lines_of_keys: dict[Path, int] = field(default_factory=dict)
    lines_of_values: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        """Add one event.

        Raises:
            ConfigError: It belongs to a part of YAML that is refused.
        """
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.stop(_at(event), "a second document begins", "Remove the ---")
            case yaml.NodeEvent():
                self._refuse_extras(event)
                self._node(event)
            case yaml.CollectionEndEvent():
                self.stack.pop()
            case _:  # the ends of stream and document, and the stream's start
                pass

    def stop(self, index: int, text: str, hint: str) -> NoReturn:
        """End reading with a problem at a position of the text, after those found before.

        Raises:
            ConfigError: Always.
        """
        self.problems.append(Problem(self.file, self._line(index), text, hint))
        raise ConfigError(tuple(self.problems)) from None

    def document(self) -> Document:
        """The finished document.

        Raises:
            ConfigError: The top level is no mapping.
        """
        root = {} if self.root is None else self.root
        if not isinstance(root, dict):
            hint = "Write keys and values, such as github: alice"
            line = self.lines_of_values[()]
            problem = Problem(self.file, line, "is no mapping of keys to values", hint)
            raise ConfigError((*self.problems, problem))
        return Document(
            root, self.lines_of_keys, self.lines_of_values, problems=tuple(self.problems)
        )

    def _line(self, index: int) -> int:
        return bisect_right(self.line_starts, index) + 1

    def _refuse_extras(self, event: yaml.NodeEvent) -> None:
        at = _at(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.stop(at, "anchors (&) and aliases (*) are not allowed", "Write the value out")
        if getattr(event, "tag", None) is not None:
            self.stop(at, "tags (!) are not allowed", "Put a text that begins with ! in quotes")

    def _node(self, event: yaml.NodeEvent) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent and isinstance(parent.into, dict) and parent.key is None:
            parent.key = self._key(event, parent.path, parent.into)
        else:
            self._value(event, parent)

    def _key(self, event: yaml.NodeEvent, path: Path, siblings: dict[str, Value]) -> str:
        at = _at(event)
        if not isinstance(event, yaml.ScalarEvent):
            self.stop(
                at, "a key must be plain text", "Put a text that begins with [ or { in quotes"
            )
        key = self._checked_text(event)
        if key == "<<":
            self.stop(at, "merge keys (<<) are not allowed", "Write the keys out")
        line = self._line(at)
        first = self.lines_of_keys.setdefault((*path, key), line)
        if key in siblings:
            text = f"'{plain(key, 60)}' is written twice, first in line {first}"
            self.problems.append(Problem(self.file, line, text, "Keep one of the two"))
        return key

    def _value(self, event: yaml.NodeEvent, parent: _Open | None) -> None:
        value: Value
        match event:
            case yaml.ScalarEvent():
                value = self._scalar(event)
            case yaml.MappingStartEvent():
                value = {}
            case _:
                value = []
        path = self._place(value, parent, self._line(_at(event)))
        if isinstance(value, dict | list):
            self.stack.append(_Open(path, value))
            if len(self.stack) > MAX_DEPTH:
                at = _at(event)
                self.stop(at, f"nests more than {MAX_DEPTH} levels deep", "Check the brackets")

    def _place(self, value: Value, parent: _Open | None, line: int) -> Path:
        if parent is None:
            path: Path = ()
            self.root = value
        elif isinstance(parent.into, list):
            path = (*parent.path, len(parent.into))
            parent.into.append(value)
            self.lines_of_keys.setdefault(path, line)
        else:
            key = parent.key or ""
            parent.key = None
            path = (*parent.path, key)
            parent.into.setdefault(key, value)
        self.lines_of_values.setdefault(path, line)
        return path

    def _scalar(self, event: yaml.ScalarEvent) -> str | int | bool | None:
        text = self._checked_text(event)
        if not event.implicit[0]:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        return int(text) if _INTEGER.fullmatch(text) else text

    def _checked_text(self, event: yaml.ScalarEvent) -> str:
        text: str = event.value
        if _SURROGATE.search(text):
            at = _at(event)
            self.stop(at, "an escape stands for half a character", "Write the character itself")
        return text
