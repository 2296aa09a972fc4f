"""--at: a record judged as of a later instant, to plan by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from scanner.commands.console import UsageError, say
from scanner.words.evidence import Evidence
from scanner.words.telling import tell
from scanner.words.wording import show

FURTHEST = timedelta(days=3660)
FORM = tell(
    "write a time as 2026-12-03T09:00Z, or as 2026-12-03 for the beginning of that day; without a zone it is UTC"
)

At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="Judge as of this later instant (2026-12-03T09:00Z): a look ahead."),
]


def instant(word: str | None, evidence: Evidence) -> datetime | None:
    """The instant that a person named, UTC; nothing where none was, or it is that of the record.

    Raises:
        UsageError: it is no time, or none that the record can be judged at.
    """
    if word is None:
        return None
    try:
        time = datetime.fromisoformat(word.strip())
        time = (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"--at {show(word)} is no time: {FORM}") from None
    made = evidence.finished.astimezone(UTC)
    if time < made.replace(microsecond=0):
        raise UsageError(
            f"--at {show(word)} is before the record was made, {made:%Y-%m-%d %H:%M:%S} UTC:"
            " what was read then does not tell what was so before; name a later time"
        )
    if time - made > FURTHEST:
        raise UsageError(f"--at {show(word)} is more than ten years after the record was made: name an earlier time")
    return time if time > made else None


def tell_of(time: datetime | None) -> None:
    """Say that what follows is a look ahead, where it is one."""
    if time:
        say(tell("a look ahead: judged as of {time:%Y-%m-%d %H:%M} UTC, as if nothing else changed", time=time))
