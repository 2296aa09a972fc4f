"""Whose turn it is to sign in: few at once, and a password with one controller at a time until one has taken it.

So a wrong password is refused once however many controllers are asked side by side, and after that it is used nowhere.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.words.model import GapReason

FEW = 4
"""sign-ins of one account at once"""


@dataclass(slots=True)
class Turns:
    """The turns of one domain."""

    untried: bool
    """a password that no controller has taken yet"""
    refused: DirectoryError | None = None
    _one: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1))
    _few: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(FEW))

    @contextmanager
    def taking(self, deadline: float) -> Generator[Callable[[], None]]:
        """Give the function that waits for a turn, which ends with the block.

        Raises:
            DirectoryError: by that function: no turn came in time, or the sign-in was refused to somebody before.
        """
        with ExitStack() as held:

            def wait() -> None:
                turn = self._one if self.untried else self._few
                if not turn.acquire(timeout=max(0.0, deadline - time.monotonic())):
                    raise DirectoryError(GapReason.TIMEOUT, "another controller did not answer the sign-in in time")
                held.callback(turn.release)
                self.stop()

            try:
                yield wait
            except DirectoryError as error:
                if error.final:
                    self.refused = self.refused or error
                raise
            self.untried = False

    def stop(self) -> None:
        """Go no further when the sign-in was refused.

        Raises:
            DirectoryError: it was.
        """
        if self.refused is not None:
            raise self.refused.again()
