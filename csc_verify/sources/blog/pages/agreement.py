"""Whether what a page says of its date agrees, as far as a week is concerned. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.dates import placed

if TYPE_CHECKING:
    from csc_verify.sources.blog.pages.values import PageFacts, Witness
    from csc_verify.week import Week

_OF_THE_POST: Final = ("JSON-LD", "meta article", "itemprop", "class published", "the address")


def disagreeing(facts: PageFacts, week: Week) -> bool:
    """Whether the best witness places the post on another side of a week's edge than a good one.

    Good ones are those that say of *this* post when it was published, in words that programs agreed
    upon, and the address. A further day in the text may be anything's.

    Args:
        facts: The page.
        week: The week that is asked about.
    """
    best, *others = facts.witnesses or (None,)
    if best is None:
        return False
    where = placed(best.date, week)
    return any(placed(other.date, week) is not where for other in others if _is_good(other))


def _is_good(witness: Witness) -> bool:
    return witness.element.startswith(_OF_THE_POST)
