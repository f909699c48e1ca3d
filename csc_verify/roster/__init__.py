"""A coach's files: who the students are, and what a person confirms of them. Pure.

::

    bytes ──> files.py                     text, if it is any
          ──> csv_table.py, yaml_table.py  headings and rows, whatever tool wrote them
          ──> columns.py, aliases.py       which column is about what
          ──> cells.py, accounts.py        a cell's text to a value, or to what is wrong with it
          ──> students.py                  Roster: Entry, Entry, …
          ──> confirming.py                Confirmations: Confirmation, …

Nothing here raises for what a file holds. What is wrong is told by line, all at once, and whatever
is right is used nonetheless.
"""

from csc_verify.roster.confirming import read_confirmations
from csc_verify.roster.students import read_roster
from csc_verify.roster.values import Confirmation, Confirmations, Entry, Roster

__all__ = [
    "Confirmation",
    "Confirmations",
    "Entry",
    "Roster",
    "read_confirmations",
    "read_roster",
]
