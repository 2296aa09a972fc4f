"""How long it is from or to the instant that is looked at, which notes what it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from scanner.words.trace import Trace, compared, vague, vague_part


class Span(timedelta):
    """How long it is from or to the instant that is looked at: it grows with time (1), or shrinks (-1)."""

    trace: Trace
    way: int

    @classmethod
    def of(cls, length: timedelta, way: int, trace: Trace) -> Span:
        """The length, to be traced."""
        made = cls(length.days, length.seconds, length.microseconds)
        made.trace, made.way = trace, way
        return made

    @property
    def plain(self) -> timedelta:
        """The same, not traced."""
        days, seconds, micro = (get(self) for get in _PARTS)
        return timedelta(days, seconds, micro)

    def _meets(self, other: object) -> None:
        if isinstance(other, Span):
            self.trace.vague = True
        elif isinstance(other, timedelta):
            self.trace.turns_in((other - self.plain) * self.way)

    def __hash__(self) -> int:
        self.trace.vague = True
        return super().__hash__()

    def __bool__(self) -> bool:
        self._meets(timedelta())
        return self.plain != timedelta()

    def __neg__(self) -> Span:
        return Span.of(-self.plain, -self.way, self.trace)

    def __str__(self) -> str:
        return str(self.plain)


_PARTS: tuple[Callable[[timedelta], int], ...] = tuple(
    getattr(timedelta, name).__get__ for name in ("days", "seconds", "microseconds")
)

VAGUE = (
    "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__floordiv__", "__rfloordiv__", "__truediv__",
    "__rtruediv__", "__mod__", "__rmod__", "__divmod__", "__rdivmod__", "__abs__", "total_seconds",
)  # fmt: skip
compared(Span, timedelta)
for _name in VAGUE:
    setattr(Span, _name, vague(timedelta, _name))
for _name in ("days", "seconds", "microseconds"):
    setattr(Span, _name, vague_part(_name))
