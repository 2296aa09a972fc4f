"""Waits for what a thread hands over, and stays interruptible meanwhile.

On Windows a wait for a lock ends by no Ctrl-C: Python looks at signals when it is over. So a long wait is many short.
"""

from __future__ import annotations

import queue
import time
from typing import TypeVar

SLICE = 0.5
"""seconds a person waits at most for Ctrl-C to be heard"""
T = TypeVar("T")


def next_of(given: queue.SimpleQueue[T], seconds: float) -> T:
    """The next thing.

    Raises:
        queue.Empty: nothing came in this time.
    """
    end = time.monotonic() + seconds
    while True:
        left = end - time.monotonic()
        try:
            return given.get(timeout=max(0.0, min(left, SLICE)))
        except queue.Empty:
            if left <= SLICE:
                raise
