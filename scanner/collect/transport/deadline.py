"""A socket that keeps a deadline: every read and every write ends by then, and no peer can fill the memory.

A peer that drips bytes cannot hold a reader beyond the deadline, and one that never stops is told off.
"""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any

from scanner.collect.transport.bounds import MIB


@dataclass(slots=True)
class Budget:
    """How long one machine may take, and how much it may say, over all connections to it."""

    deadline: float
    """monotonic seconds"""
    most: int
    """octets in all"""
    most_in_message: int
    """octets of one message"""
    received: int = 0
    """octets in all, until now"""
    message: int = 0
    """octets of the message that is being read; whoever knows where one begins sets it to zero there"""

    def left(self) -> float:
        """Seconds until the deadline.

        Raises:
            TimeoutError: there are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline is over")
        return left

    def take(self, octets: int) -> int:
        """Count what came.

        Raises:
            ConnectionAbortedError: it is too much.
        """
        self.received += octets
        self.message += octets
        if self.received > self.most:
            raise ConnectionAbortedError(f"the answer is longer than {self.most // MIB} MiB")
        if self.message > self.most_in_message:
            raise ConnectionAbortedError(f"one message of the answer is longer than {self.most_in_message // MIB} MiB")
        return octets


class DeadlineSocket(socket.socket):
    """A socket within a budget; a shorter time-out that was set on it holds, too. Without a budget it is any socket."""

    budget: Budget | None = None
    _given: float | None = None
    """the time-out that the budget gave last, which no longer counts when the deadline is moved"""

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        """As the standard's, within the budget."""
        self._hurry()
        data = super().recv(buflen, flags)
        self._count(len(data))
        return data

    def recv_into(self, *args: Any, **named: Any) -> int:
        """As the standard's, within the budget."""
        self._hurry()
        return self._count(super().recv_into(*args, **named))

    def sendall(self, data: Any, flags: int = 0) -> None:
        """As the standard's, within the budget."""
        self._hurry()
        super().sendall(data, flags)

    def _hurry(self) -> None:
        if self.budget is None:
            return
        left, limit = self.budget.left(), self.gettimeout()
        if limit is None or limit == self._given or limit > left:
            self.settimeout(left)
            self._given = self.gettimeout()

    def _count(self, octets: int) -> int:
        return octets if self.budget is None else self.budget.take(octets)


class DeadlineTlsSocket(DeadlineSocket, ssl.SSLSocket):
    """The same over TLS: the kind of socket that our contexts make."""

    def __del__(self) -> None:
        """Close what nobody could: the standard forgets a socket whose peer resets it just before the handshake."""
        self.close()
