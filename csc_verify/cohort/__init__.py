"""Many students at once: a roster in, a row for each student out, as they finish.

::

    Roster ──▶ members ──▶ live ─────────────▶ StudentRow ──▶ confirming ──▶ Overview
                  (files)    or published ──▶ (a sample live)
"""

from __future__ import annotations
