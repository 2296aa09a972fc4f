"""The connections of one session, one after the other, and what was heard on them."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field

from scanner.collect.transport.deadline import DeadlineSocket
from scanner.collect.transport.dialer import Dialer


@dataclass(slots=True)
class Line:
    """What leads to one machine."""

    dialer: Dialer
    plain: bool = False
    """HTTP is spoken on it, without TLS"""
    owed: bool = False
    """a sign-in was sent, and what came since, if anything, is no answer to it"""
    certified: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    """the names of each verified certificate that was shown, one a TLS handshake; no name if none was verified"""
    _first: list[DeadlineSocket] = field(default_factory=list[DeadlineSocket])

    def probe(self) -> None:
        """Connect, and keep the connection for the first request: so refused and dropped are told apart at once.

        Raises:
            OSError: as ``Dialer.dial``.
        """
        self._first.append(self.dialer.dial())

    def connection(self) -> socket.socket:
        """A connected socket, with time for the TLS handshake that may follow."""
        sock = self._first.pop() if self._first else self.dialer.dial()
        sock.settimeout(min(self.dialer.connect_timeout, self.dialer.budget.left()))
        return sock

    def unheard(self) -> bool:
        """Whether plain HTTP was spoken, and nothing has come back so far."""
        return self.plain and not self.dialer.budget.received

    def close(self) -> None:
        """Close what was never used."""
        while self._first:
            self._first.pop().close()
