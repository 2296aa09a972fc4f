"""What decides a verdict of many findings: three numbers."""

from __future__ import annotations

from scanner.words.exits import INCOMPLETE, NOT_READY, READY
from scanner.words.model import Status

JUDGED = (Status.PASS, Status.WARN, Status.FAIL)
Weight = tuple[int, int, int]
"""How many findings block, how many are not known, how many verdicts were given."""


def code_of(blocks: int, incomplete: int, judged: int) -> int:
    """The exit code: a failure at the threshold wins over anything unknown; nothing judged is unknown."""
    if blocks:
        return NOT_READY
    return INCOMPLETE if incomplete or not judged else READY
