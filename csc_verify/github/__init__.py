"""GitHub's API behind one small face.

PyGithub speaks to GitHub; nothing outside this package knows it. What it does by itself and
nobody could bound or see is switched off: its retries, its sleeping, its following of redirects,
its logging to standard error. In their place::

    GitHub.query ──> client.py    a deadline, a few repeats that help, each wait logged
                     wire.py      PyGithub over a connection that reaches one host only
                     answers.py   HTTP and GraphQL errors -> the classes of csc_verify.errors
                     accounts.py  whose week is asked for
                     queries/     every document that is ever sent

Importing PyGithub takes a third of a second, so it happens with the first question.
"""

from csc_verify.github.answers import Answer, GraphQLError
from csc_verify.github.client import FOR_MANY, Deadline, GitHub, Patience, login_of_viewer

__all__ = [
    "FOR_MANY",
    "Answer",
    "Deadline",
    "GitHub",
    "GraphQLError",
    "Patience",
    "login_of_viewer",
]
