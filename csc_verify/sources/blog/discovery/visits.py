"""An address with what is known of its page: what platforms are recognised by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery.places import place, same_site
from csc_verify.sources.blog.discovery.posts import is_single_post

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.markup import Markup
    from csc_verify.sources.blog.discovery.places import Place


@dataclass(frozen=True, slots=True)
class Visit:
    """An address, and its page if it was fetched.

    Attributes:
        at: The address.
        page: What the page says; None if nobody has asked yet.
        body: The page as sent; empty if nobody has asked.
    """

    at: Place
    page: Markup | None = None
    body: bytes = b""

    @property
    def is_post(self) -> bool:
        """Whether the page, or else the address, looks like a single post's."""
        return self.page.is_post(self.at.url) if self.page else is_single_post(self.at.url)

    def made_by(self, *programs: str) -> bool:
        """Whether the page names one of these programs (in lower case) as its generator."""
        return self.page is not None and self.page.is_made_by(*programs)

    def uses(self, *parts: str) -> bool:
        """Whether a script or ``<link>`` of the page has one of these parts in its address."""
        return self.page is not None and self.page.uses(*parts)

    def uses_own(self, *parts: str) -> bool:
        """The same, of those that lie on the page's own site."""
        return any(self.own_asset(part) for part in parts)

    def own_asset(self, part: str) -> str:
        """What stands before a part in the address of a script or ``<link>`` of the same site.

        ``https://blog.example/sub`` for ``/wp-content/``. Empty if there is no such address.
        """
        if self.page is None:
            return ""
        addresses = (*(link.url for link in self.page.links), *self.page.scripts)
        for address in addresses:
            before, found, _ = address.partition(part)
            if found and place(before + "/") and same_site(before + "/", self.at.url):
                return before
        return ""

    def says(self, name: str) -> str:
        """The content of a ``<meta>`` (its name in lower case); empty if there is none."""
        return self.page.metas.get(name, "") if self.page else ""

    def has_id(self, *ids: str) -> bool:
        """Whether a ``<div>`` has one of these ids."""
        return self.page is not None and not self.page.ids.isdisjoint(ids)

    def linked(self, relation: str) -> str:
        """Where the first ``<link>`` with a relation leads; empty if there is none."""
        link = self.page.related(relation) if self.page else None
        return link.url if link else ""
