"""What an instant was compared with, and what several verdicts share there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

SECOND = timedelta(seconds=1)


def next_second(at: datetime) -> datetime:
    """The first whole second after an instant."""
    return at.replace(microsecond=0) + SECOND


@dataclass(slots=True)
class Trace:
    """What an instant was compared with."""

    now: datetime
    soonest: datetime | None = None
    """the first whole second after ``now`` at which a comparison comes out differently; nothing: none ever does"""
    vague: bool = False
    """it was looked at in a way that does not tell when it comes out differently"""

    def turns_in(self, wait: timedelta) -> None:
        """A comparison comes out differently so long after now, or right after that."""
        if wait >= timedelta():
            try:
                turn = self.now + wait
            except OverflowError:
                return
            whole = turn.replace(microsecond=0)
            self.note(max(whole if whole == turn else whole + SECOND, next_second(self.now)))

    def note(self, turn: datetime) -> None:
        """A second at which something may turn."""
        self.soonest = turn if self.soonest is None else min(self.soonest, turn)

    def add(self, other: Trace) -> None:
        """What another trace of the same instant saw."""
        self.vague = self.vague or other.vague
        if other.soonest is not None:
            self.note(other.soonest)


def vague(base: type, name: str) -> Callable[..., Any]:
    """The method of the library's own, on the plain value, after the trace is told."""
    own = getattr(base, name)

    def method(self: Any, *arguments: Any, **words: Any) -> Any:
        self.trace.vague = True
        return own(self.plain, *arguments, **words)

    return method


def vague_part(name: str) -> property:
    """The same of a value that is a part of it."""

    def get(self: Any) -> Any:
        self.trace.vague = True
        return getattr(self.plain, name)

    return property(get)


def compared(kind: type, base: type) -> None:
    """Let a kind of value note by its ``_meets`` whatever it is compared with, before the library's own compares."""
    for name in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"):
        setattr(kind, name, _noting(getattr(base, name)))


def _noting(own: Callable[[Any, object], Any]) -> Callable[[Any, object], Any]:
    def method(self: Any, other: object) -> Any:
        self._meets(other)
        return own(self, other)

    return method


class Later:
    """An instant after the record was made, as verdicts look at it, and what several of them share there."""

    __slots__ = ("_made", "time")

    def __init__(self, time: datetime) -> None:
        self.time = time
        self._made: dict[object, object] = {}

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """What is made at this instant under this key, once."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]
