"""What to do first: an action mends what several moves wait for."""

from __future__ import annotations

from dataclasses import dataclass

Cause = tuple[str, str]
"""(check, subject id)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many moves an action bears on: each kind of move on each planned route is one."""

    waiting: int
    """moves that are not ready, or not known to be, without it"""
    alone: int
    """of these, moves that wait for nothing else"""
    frees: int
    """moves that are free once those above are done, too: nothing else stops them, and all of them was judged"""
    together: int
    """moves that are free once it and those above are done"""
    of: int
    """moves that wait for something"""
    unsure: int = 0
    """moves that nothing known stops once those above are done, too, and of which something could not be judged"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who has to act, and how many moves wait for it; one stands for all that has to be read."""

    who: str
    """one of ``Who``; empty: somebody has to let something be read"""
    waiting: int
    """moves that wait for something that is this one's work"""
    alone: int
    """of these, moves that wait for nothing else"""
    unsure: int
    """of those that wait for nothing else, moves of which something could not be judged"""
    of: int
    """moves that wait for something: that are stopped, or where something is to be read, that nothing known stops"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """The failures that one person mends by the same work, or what has to be read before anybody can say."""

    check: str
    """whose failures they are, of several that the same commands mend one; empty where something is to be read"""
    who: str
    """whose work it is, one of ``Who``; empty where something is to be read"""
    words: str
    """what to do, in general; or why it was not read"""
    about: tuple[str, ...]
    """the machines or other subjects that are acted on, or that are to be read"""
    findings: tuple[Cause, ...]
    """what it mends, or what can be judged then; what follows from these goes with them"""
    reach: Reach
    more: bool = False
    """of what is to be read: there are more of these findings than are listed; each says itself what it lacks"""

    @property
    def reads(self) -> bool:
        """Whether something is to be read, and nothing to be mended so far."""
        return not self.check
