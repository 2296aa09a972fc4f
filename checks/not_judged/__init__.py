"""What no check judges: one table, from which pages and reports tell how far READY reaches.

A row leaves it with the check that judges it: its id may stand in one place alone, and a test says so.
"""

from __future__ import annotations

from checks.not_judged.never import NEVER

NOT_JUDGED = NEVER
