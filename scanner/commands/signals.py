"""Ctrl-C, SIGTERM and SIGHUP end a run early, and never without its reports.

A signal is remembered while there is something to lose, and interrupts only what may be interrupted: the reading of an
estate or a record, which may come out of a pipe; the reading of targets; and what comes after the files are written.
The third signal of one kind ends the program at once: for a person who means it, and for a plugin or a file server
that hangs. (A terminal that goes away sends SIGHUP twice, a CI runner SIGINT and then SIGTERM.)
"""

from __future__ import annotations

import atexit
import os
import signal
from collections import Counter
from collections.abc import Callable
from types import FrameType

from scanner.words.exits import INTERRUPTED

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""SIGHUP is unknown to Windows, SIGBREAK to all others."""
AT_ONCE = 3


class Latch:
    """What came, and what it may do now.

    As a context it is a stretch that the first signal interrupts; what comes after that is remembered.
    """

    def __init__(self) -> None:
        self._heard: Counter[int] = Counter()
        self._raise = True
        """the next signal interrupts what runs"""
        self._left = False
        """the program is on its way out"""

    @property
    def signalled(self) -> bool:
        """Whether a signal came that ends the run."""
        return bool(self._heard)

    def hear(self, number: int, _frame: FrameType | None = None) -> None:
        """Take a signal.

        Raises:
            KeyboardInterrupt: it may interrupt what runs.
        """
        self._heard[number] += 1
        if self._left:
            os._exit(INTERRUPTED)
        if self._heard[number] >= AT_ONCE:
            self._left = True
            raise KeyboardInterrupt
        if self._raise:
            self._raise = False
            raise KeyboardInterrupt

    def hold(self) -> None:
        """From here on a signal is remembered only."""
        self._raise = False

    def release(self) -> None:
        """From here on nothing can be lost any more: a signal ends the program."""
        self._raise = True

    def __enter__(self) -> None:
        """Begin the stretch.

        Raises:
            KeyboardInterrupt: a signal came before.
        """
        self._raise = True
        if self.signalled:
            self._raise = False
            raise KeyboardInterrupt

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """End it; an interruption ahead of its signal, by a terminal that went away, is remembered like one."""
        if kind is KeyboardInterrupt and not self._heard:
            self._heard[0] = 1
        self._raise = False


latch = Latch()
"""The one of this program."""
_taken: list[int] = []


def take() -> None:
    """Hear the signals that end a program; not those whose ignoring was inherited, as ``nohup`` wants it."""
    atexit.register(_answer, signal.SIG_IGN)  # as the last thing: Python would give them their old force before its end
    for name in NAMES:
        number = getattr(signal, name, None)
        if number is not None and (name == "SIGTERM" or signal.getsignal(number) is not signal.SIG_IGN):
            signal.signal(number, latch.hear)
            _taken.append(number)


def leave(code: int) -> None:
    """From here on a signal changes nothing of how the program ends."""
    _answer(lambda _number, _frame: os._exit(code))


def _answer(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in _taken:
        signal.signal(number, handler)
