"""An instant that notes what it is compared with, so that the next instant at which a verdict may turn is known.

A verdict looks at the time by comparing it: with a date, or how long ago something was with a number of hours. Between
the instants that it was compared with, every comparison comes out the same, so the verdict does, too: nothing needs to
be guessed, however many times a verdict turns to and fro. What is done with the time otherwise (its day, its seconds)
says nothing of when it comes out differently; then the trace is ``vague``, and who looks ahead has to try instants.

Texts may be made of it freely. A date to which a span is added is not seen: the library adds it without asking.
Standard library only.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Any

from scanner.words.span import Span
from scanner.words.trace import Trace, compared, vague, vague_part


class Moment(datetime):
    """The instant that is looked at, or one that moves along with it."""

    trace: Trace

    @classmethod
    def of(cls, at: datetime, trace: Trace) -> Moment:
        """The instant, to be traced."""
        made = cls(
            at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, tzinfo=at.tzinfo, fold=at.fold
        )
        made.trace = trace
        return made

    @property
    def plain(self) -> datetime:
        """The same, not traced."""
        return datetime.combine(datetime.date(self), datetime.timetz(self))

    def _meets(self, other: object) -> None:
        if isinstance(other, datetime) and not isinstance(other, Moment) and other.tzinfo and self.tzinfo:
            self.trace.turns_in(other - self.plain)

    def __hash__(self) -> int:
        self.trace.vague = True  # whatever is kept under it was made of another one, which noted what it was made of
        return super().__hash__()

    def __add__(self, other: timedelta) -> Any:
        return Moment.of(self.plain + other, self.trace)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, Moment):
            return self.plain - other.plain
        if isinstance(other, datetime):
            return Span.of(self.plain - other, 1, self.trace)
        return Moment.of(self.plain - other, self.trace)

    def __rsub__(self, other: datetime) -> Any:
        return Span.of(other - self.plain, -1, self.trace)

    def astimezone(self, tz: tzinfo | None = None) -> Moment:
        """The same instant elsewhere."""
        return Moment.of(self.plain.astimezone(tz), self.trace)

    def strftime(self, format: str) -> str:  # noqa: A002 - the name of the library's own
        """A text of it."""
        return self.plain.strftime(format)

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        """A text of it."""
        return self.plain.isoformat(sep, timespec)


VAGUE = (
    "date", "time", "timetz", "timestamp", "timetuple", "utctimetuple", "weekday", "isoweekday", "isocalendar",
    "toordinal", "replace",
)  # fmt: skip
compared(Moment, datetime)
for _name in VAGUE:
    setattr(Moment, _name, vague(datetime, _name))
for _name in ("year", "month", "day", "hour", "minute", "second", "microsecond"):
    setattr(Moment, _name, vague_part(_name))
