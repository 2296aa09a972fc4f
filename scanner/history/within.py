"""Work on a database that is given up after a while: one that hangs must hang no run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from scanner.history.opening import HistoryError
from scanner.history.place import Place

SECONDS = 120.0
"""More than one writer waits for another, and less than a timer's patience."""
T = TypeVar("T")


def within(place: Place, work: Callable[[], T], seconds: float = SECONDS) -> T:
    """What the work gives.

    Raises:
        HistoryError: it failed, or took longer: then nobody waits for it any more, and the program's end ends it.
    """
    outcome: list[T | HistoryError] = []

    def run() -> None:
        try:
            outcome.append(work())
        except HistoryError as error:
            outcome.append(error)

    thread = threading.Thread(target=run, name="history", daemon=True)
    try:
        thread.start()
    except RuntimeError:
        raise HistoryError(f"the history {place} cannot be used: no thread can be started") from None
    thread.join(seconds)
    if not outcome:
        what = f"gave no answer within {seconds:g} s" if thread.is_alive() else "failed, as told above"
        raise HistoryError(f"the history {place} {what}")
    found = outcome[0]
    if isinstance(found, HistoryError):
        raise found
    return found
