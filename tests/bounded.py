"""Work that must come back in its time: whoever waits for it looks at no clock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives, done in a thread of its own.

    Raises:
        TimeoutError: it did not come back in this time.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(seconds)
