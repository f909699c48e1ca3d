"""Markdown read back as GitHub would show it, so that tests can count links and cells."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Callable

_VOID = frozenset({"br", "hr", "img", "input"})


@dataclass(slots=True)
class Page:
    """What a reader of the page gets.

    Attributes:
        tags: Every tag in order.
        links: Where the links lead.
        images: Where the images come from.
        rows: The cells' texts of each table row.
        text: All text.
        unclosed: Tags left open, or closed without having been opened.
    """

    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    text: str = ""
    unclosed: list[str] = field(default_factory=list)


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append(tag)
        given = dict(attrs)
        if tag == "a":
            self.page.links.append(given.get("href") or "")
        if tag == "img":
            self.page.images.append(given.get("src") or "")
        if tag == "tr":
            self.page.rows.append([])
        if tag in {"td", "th"}:
            self.page.rows[-1].append("")
        if tag not in _VOID:
            self.page.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.page.unclosed and self.page.unclosed[-1] == tag:
            self.page.unclosed.pop()
        else:
            self.page.unclosed.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.page.text += data
        if {"td", "th"}.intersection(self.page.unclosed):
            self.page.rows[-1][-1] += data


def _markdown_it() -> Callable[[str], str]:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return lambda text: str(reader.render(text))


def _cmark_gfm() -> Callable[[str], str]:
    # GitHub's own parser, with its autolinks; raw HTML stays, so that a test sees all of it.
    cmarkgfm = importlib.import_module("cmarkgfm")
    options = importlib.import_module("cmarkgfm.cmark").Options
    flags = options.CMARK_OPT_UNSAFE | options.CMARK_OPT_FOOTNOTES
    return lambda text: str(cmarkgfm.github_flavored_markdown_to_html(text, options=flags))


PARSERS = {"markdown-it": _markdown_it, "cmark-gfm": _cmark_gfm}
"""Parsers by name, built when a test asks for them."""


def read_page(parser: Callable[[str], str], markdown: str) -> Page:
    """Render Markdown and read the result."""
    reader = _PageReader()
    reader.feed(parser(markdown))
    reader.close()
    return reader.page
