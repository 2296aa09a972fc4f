"""The first controller that answers to the end: one is asked, then more beside it the longer nobody answers."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field

from scanner.collect.directory.controllers import Domain, Opened
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.words.model import GapReason
from scanner.words.wording import counted

AT_ONCE = 32
"""controllers that are being connected to side by side"""
HEAD_START = 1.0
"""seconds the best controller has alone; after each such time twice as many are asked"""

Ended = tuple[str, Opened | DirectoryError]


@dataclass(slots=True)
class _Race:
    """Sessions being opened in threads of their own. One that comes when the race is over is closed."""

    domain: Domain
    ended: queue.SimpleQueue[Ended] = field(default_factory=queue.SimpleQueue[Ended])
    running: set[str] = field(default_factory=set[str])
    over: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, name: str) -> None:
        """Let one more controller take part."""
        self.running.add(name)
        threading.Thread(target=self._open, args=(name,), name=name, daemon=True).start()

    def _open(self, name: str) -> None:
        came: Opened | DirectoryError
        try:
            self._still_on()
            came = self.domain.open(name, self.domain.fair(), ready=lambda _connection: self._still_on())
        except DirectoryError as error:
            came = error
        with self.lock:
            if not self.over:
                self.ended.put((name, came))
            elif isinstance(came, Opened):
                came.connection.close()

    def _still_on(self) -> None:
        if self.over:
            raise DirectoryError(GapReason.NOT_COLLECTED, "another controller has answered")

    def next(self, seconds: float) -> Ended | None:
        """Whoever is ready next; nobody within this time."""
        try:
            name, came = self.ended.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        self.running.discard(name)
        return name, came

    def end(self) -> None:
        """No more sign-ins; close what is open."""
        with self.lock:
            self.over = True
        while not self.ended.empty():
            came = self.ended.get()[1]
            if isinstance(came, Opened):
                came.connection.close()


def first(domain: Domain, names: Iterable[str], use: Callable[[Opened], None]) -> str:
    """Use a connection with the first controller that answers to the end, and give its name.

    They are asked in their order, each with a time of its own that does not depend on how many there are. ``use`` runs
    in the caller's thread, once at a time. A refused sign-in is not tried elsewhere: it would lock the account.

    Raises:
        DirectoryError: none answered; the text names each and its cause.
    """
    race, waiting, began = _Race(domain), [n for n in names if n not in domain.failures], time.monotonic()
    waiting.reverse()
    try:
        while (waiting or race.running) and (now := time.monotonic()) < domain.deadline:
            steps = int((now - began) / HEAD_START)
            while waiting and len(race.running) < min(AT_ONCE, 2 ** min(steps, 10)):
                race.start(waiting.pop())
            came = race.next(min(began + (steps + 1) * HEAD_START, domain.deadline) - now)
            if came is not None and _used(domain, *came, use, last=not (waiting or race.running)):
                return came[0]
    finally:
        race.end()
    for name in race.running:
        domain.failures[name] = DirectoryError(GapReason.TIMEOUT, f"{name} did not answer in time")
    raise _failure(domain, len(waiting))


def _used(domain: Domain, name: str, came: Opened | DirectoryError, use: Callable[[Opened], None], last: bool) -> bool:
    """Whether the connection served to the end."""
    try:
        if isinstance(came, DirectoryError):
            raise came
        with closing(came.connection):
            came.connection.budget.deadline = domain.deadline if last else domain.fair(2)
            use(came)
    except DirectoryError as error:
        domain.failures[name] = error
        if error.final:
            raise
        return False
    return True


def _failure(domain: Domain, untried: int) -> DirectoryError:
    failures = tuple(domain.failures.values())
    if not failures:
        return DirectoryError(GapReason.TIMEOUT, f"there was no time to ask {counted(untried, 'controller')}")
    more = f"; there was no time to ask {untried} more" if untried else ""
    failure = DirectoryError(failures[0].reason, "; ".join(error.detail for error in failures)[:400] + more)
    if len({error.kind for error in failures}) == 1:
        failure.kind, failure.advice = failures[0].kind, failures[0].advice
    return failure
