"""Connects to one machine: its resolved addresses in turn, one connection at a time, within its budget."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field

from scanner.collect.transport.deadline import Budget, DeadlineSocket
from scanner.collect.transport.own import ours

NO_TIME = "no time was left to connect"
"""Says of an address that nobody tried it."""


@dataclass(slots=True)
class Dialer:
    """Where one machine is, and what it may cost."""

    addresses: tuple[str, ...]
    port: int
    connect_timeout: float
    """seconds for all addresses together"""
    budget: Budget
    address: str = ""
    """the one that took the last connection"""
    failures: list[tuple[str, OSError]] = field(default_factory=list[tuple[str, OSError]])
    """the addresses that did not take it, and why"""

    def dial(self) -> DeadlineSocket:
        """A connection to the first address that takes one.

        Raises:
            OSError: none does, or there is none; of several reasons the most telling. ``failures`` has all of them.
        """
        self.failures = []
        until = min(time.monotonic() + self.connect_timeout, self.budget.deadline)
        for place, address in enumerate(self.addresses):
            share = (until - time.monotonic()) / (len(self.addresses) - place)
            try:
                if share <= 0:
                    raise TimeoutError(NO_TIME)
                return self._connect(address, share)
            except OSError as error:
                self.failures.append((address, error))
        raise max((error for _, error in self.failures), key=_telling, default=OSError("there is no address"))

    def _connect(self, address: str, seconds: float) -> DeadlineSocket:
        family, kind, *_, place = socket.getaddrinfo(
            address, self.port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )[0]
        sock = DeadlineSocket(family, kind)
        try:
            sock.settimeout(seconds)
            sock.connect(place)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(None)  # from here on the budget tells
        except OSError:
            sock.close()
            raise
        sock.budget = self.budget
        self.address = address
        return sock


def _telling(error: OSError) -> int:
    if ours(error):  # the other address might have done
        return 3
    return 2 if isinstance(error, ConnectionRefusedError) else 1 if isinstance(error, TimeoutError) else 0
