"""What a student can reveal of a list: the activities whose links aren't published. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.sources.design.choosing import day_of, is_private, link_of
from csc_verify.sources.design.reading import read_activities
from csc_verify.sources.design.rules import kind_of
from csc_verify.sources.design.values import committed
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from datetime import tzinfo

    from csc_verify.model import ItemKind
    from csc_verify.sources.design.values import Activities


def private_activities(
    activities: Activities, zone: tzinfo
) -> tuple[tuple[ItemKind, tuple[str, ...]], ...] | Unusable:
    """What digests of a list commit to: each private activity's kind, and its day, title and link.

    Args:
        activities: The list.
        zone: The student's.
    """
    read = read_activities(activities.content)
    if isinstance(read, Unusable):
        return read
    found = []
    for one in read:
        if not is_private(one, activities):
            continue
        kind, at, link = kind_of(one.kind), day_of(one, zone), link_of(one, activities)
        if kind is not None and at is not None and isinstance(link, str):
            found.append((kind, committed(at, one.title, link)))
    return tuple(found)
