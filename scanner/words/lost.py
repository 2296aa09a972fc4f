"""What kept many verdicts from being given.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

from scanner.words.model import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """One cause that kept many verdicts from being given: told once, with what to do about it."""

    kind: str
    """of ``trouble.Kind``; empty where nothing is known that helps"""
    cause: str
    advice: str
    """what to do, said of the first target"""
    targets: tuple[str, ...]
    verdicts: int
    """how many it keeps from being given; one that misses two things counts for both"""
    checks: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    """all that is one with it"""
