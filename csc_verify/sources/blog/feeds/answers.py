"""What the child answered, checked: it read what strangers wrote."""

from __future__ import annotations

import json

from csc_verify.sources.blog.feeds.records import Record, Records, Value
from csc_verify.sources.blog.feeds.values import Format


def records_from(answer: bytes, url: str) -> Records | None:
    """The records in a child's answer; None if it could make nothing of the document.

    Args:
        answer: As the child wrote it.
        url: Where relative addresses start.

    Raises:
        ValueError: It is no such answer.
    """
    match json.loads(answer):
        case None:
            return None
        case {"format": str(format_), "channel": channel, "entries": [*entries]}:
            read = [_record(entry, url) for entry in entries]
            return Records(Format(format_), url, _record(channel, url), read)
        case _:
            raise ValueError("the answer is not of the form that was agreed")


def _record(elements: object, url: str) -> Record:
    match elements:
        case dict():
            return {str(name): _values(values, url) for name, values in elements.items()}
        case _:
            raise ValueError("an entry is not of the form that was agreed")


def _values(values: object, url: str) -> list[Value]:
    match values:
        case [*several]:
            return [_value(value, url) for value in several]
        case _:
            raise ValueError("the elements of a name are not of the form that was agreed")


def _value(value: object, url: str) -> Value:
    match value:
        case [str(text), dict(attributes), dict(children)]:
            written = {str(name): str(text) for name, text in attributes.items()}
            return Value(text, written, url, _record(children, url))
        case _:
            raise ValueError("an element is not of the form that was agreed")
