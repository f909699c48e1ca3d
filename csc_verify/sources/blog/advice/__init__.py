"""Advice about a week's posts: notes for the coach, never a part of the verdict. Pure.

::

    Writing, Writer ──> ownership   the original elsewhere, another author, a copy, a reply
                    ──> wording     very short, said before, quoted without a source
                    ──> subject     off the topics, or off the track's own words

A program can count and compare; what a post is worth it can't tell. So each note says in brackets
how sure it is: what a page *says*, what was *counted*, what is *likely*, what is a *guess*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.sources.blog.advice.ownership import is_named, is_own, on_ownership
from csc_verify.sources.blog.advice.subject import on_subject
from csc_verify.sources.blog.advice.values import Writer, Writing
from csc_verify.sources.blog.advice.wording import (
    MOST_COMPARED,
    on_length,
    on_quotations,
    on_repetition,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST_COMPARED", "Writer", "Writing", "is_named", "is_own", "notes_on"]


def notes_on(post: Writing, older: Sequence[Writing], writer: Writer) -> tuple[str, ...]:
    """What may be said about a post, a few words each; empty if nothing strikes the eye.

    Args:
        post: The post.
        older: Posts of the same blog from before it, newest first.
        writer: Whose it should be.
    """
    return (
        *on_ownership(post, writer),
        *on_length(post),
        *on_quotations(post),
        *on_repetition(post, older),
        *on_subject(post, writer),
    )
