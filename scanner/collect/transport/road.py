"""The road to one machine: resolved addresses, one connection at a time, and a deadline that every read keeps.

A peer that drips bytes cannot hold a reader beyond the deadline, and one that never stops cannot fill the memory.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scanner.collect.transport.bounds import MAX_MESSAGE, MAX_SESSION
from scanner.collect.transport.own import ours


@dataclass(slots=True)
class Road:
    """How to reach one machine, and until when."""

    addresses: tuple[str, ...]
    port: int
    connect_timeout: float
    """seconds for all addresses together"""
    deadline: float
    """monotonic seconds"""
    address: str = ""
    """the one that took the last connection"""
    received: int = 0
    """octets in all"""
    message: int = 0
    """octets of the HTTP message that is being read"""
    owed: bool = False
    """a sign-in was sent, and what came since, if anything, is no answer to it"""
    certified: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    """the names of each verified certificate that was shown, one a TLS handshake; no name if none was verified"""
    _first: list[socket.socket] = field(default_factory=list[socket.socket])

    def left(self) -> float:
        """Seconds until the deadline.

        Raises:
            TimeoutError: there are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline is over")
        return left

    def probe(self) -> None:
        """Connect, and keep the connection for the first request: so refused and dropped are told apart at once.

        Raises:
            OSError: no address takes connections; of several reasons the most telling.
        """
        self._first.append(self._dial())

    def connection(self) -> socket.socket:
        """A connected socket that keeps the deadline."""
        sock = self._first.pop() if self._first else self._dial()
        sock.settimeout(min(self.connect_timeout, self.left()))  # for the TLS handshake
        return sock

    def close(self) -> None:
        """Close what was never used."""
        while self._first:
            self._first.pop().close()

    def taken(self, octets: int) -> int:
        """Count what came.

        Raises:
            ConnectionAbortedError: it is too much.
        """
        self.received += octets
        self.message += octets
        if self.received > MAX_SESSION:
            raise ConnectionAbortedError(f"the answer is longer than {MAX_SESSION >> 20} MiB")
        if self.message > MAX_MESSAGE:
            raise ConnectionAbortedError(f"one message of the answer is longer than {MAX_MESSAGE >> 20} MiB")
        return octets

    def _dial(self) -> socket.socket:
        until = time.monotonic() + min(self.connect_timeout, self.left())
        failures: list[OSError] = []
        for place, address in enumerate(self.addresses):
            share = (until - time.monotonic()) / (len(self.addresses) - place)
            try:
                return self._connect(address, max(share, 0.001))
            except OSError as error:
                failures.append(error)
        raise max(failures, key=_telling)

    def _connect(self, address: str, seconds: float) -> socket.socket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = PlainSocket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(seconds)
            sock.connect((address, self.port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            sock.close()
            raise
        sock.road = self
        self.address = address
        return sock


def _telling(error: OSError) -> int:
    if ours(error):  # the other address might have done
        return 3
    return 2 if isinstance(error, ConnectionRefusedError) else 1 if isinstance(error, TimeoutError) else 0


class PlainSocket(socket.socket):
    """A socket whose every read ends at the deadline of its road."""

    road: Road | None = None

    def recv_into(self, *args: Any, **named: Any) -> int:
        """As the standard's, within the deadline."""
        return _taken(self, super().recv_into, args, named)


class TlsSocket(ssl.SSLSocket):
    """The same over TLS."""

    road: Road | None = None

    def __del__(self) -> None:
        """Close what nobody could: the standard forgets a socket whose peer resets it just before the handshake."""
        self.close()

    def recv_into(self, *args: Any, **named: Any) -> int:
        """As the standard's, within the deadline."""
        return _taken(self, super().recv_into, args, named)


def _taken(
    sock: PlainSocket | TlsSocket, receive: Callable[..., int], args: tuple[Any, ...], named: Mapping[str, Any]
) -> int:
    road = sock.road
    if road is None:
        return receive(*args, **named)
    left, limit = road.left(), sock.gettimeout()
    if limit is None or limit > left:
        sock.settimeout(left)
    return road.taken(receive(*args, **named))
