"""How a run came to its evidence: when each target was read, and what was asked of how many.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """When one target was read."""

    target: str
    first: datetime
    """when the first of its answers was there"""
    last: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and of how many it was asked."""

    fact: str
    query: str
    """as text; empty of what was worked out from other answers"""
    answered: int
    """targets that answered it"""
    at: str = ""
    """one of them, where it is the only one"""


@dataclass(frozen=True, slots=True)
class Method:
    """What an auditor asks of a run beside its findings."""

    readings: tuple[Reading, ...] = ()
    """by target; one that answered nothing is not among them"""
    asked: tuple[Asked, ...] = ()
    """by fact and text"""
    answers: int = 0
    """to all of these questions together"""
    form: int = 0
    """of the record that this version writes and reads; 0: nobody said"""
    python: str = ""
    """the version of Python that judged"""
