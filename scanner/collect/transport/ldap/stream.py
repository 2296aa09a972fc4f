"""The octets of an LDAP connection, sealed where the sign-in agreed to it.

Sealing (RFC 4752 part 3.1: four octets of length, then the wrapped buffer) happens here and not in the LDAP library,
which loses a buffer when two arrive in one read.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable, Generator
from dataclasses import dataclass

from scanner.collect.transport.deadline import DeadlineSocket
from scanner.collect.transport.tls import start_tls

MAX_BUFFER = 16 * 2**20
"""octets one sealed buffer may have: what three octets of length, as both sides announce it, can say"""
CHUNK = 65536
"""octets of one read"""

Seal = Callable[[bytes], bytes]


@dataclass(slots=True)
class Stream:
    """The part of a socket that an LDAP client uses.

    Every failure is an ``OSError`` (``TimeoutError`` when the deadline is over) and is kept in ``failure``, because
    the library above tells it only as text.
    """

    sock: DeadlineSocket
    failure: OSError | None = None
    _wrap: Seal | None = None
    _unwrap: Seal | None = None
    _size: int = 0
    _ready: bytes = b""
    _at: int = 0
    """up to where it was handed on"""

    def start_tls(self, context: ssl.SSLContext, name: str) -> None:
        """From now on speak TLS with the peer, which is to prove that it has this name.

        Raises:
            OSError: it did not.
        """
        with self._kept():
            self.sock = start_tls(self.sock, context, name)

    def seal(self, wrap: Seal, unwrap: Seal, size: int) -> None:
        """From now on wrap what is sent, at most ``size`` octets at once, and unwrap what comes.

        Args:
            wrap: encrypts; raises OSError when it cannot.
            unwrap: decrypts; raises OSError when what came is not what the peer sealed.
            size: octets of plain text that one buffer may hold.
        """
        self._wrap, self._unwrap, self._size = wrap, unwrap, max(1, size)

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        with self._kept():
            if self._wrap is None:
                self.sock.sendall(data)
                return
            for start in range(0, len(data), self._size):
                buffer = self._wrap(data[start : start + self._size])
                self.sock.sendall(len(buffer).to_bytes(4, "big") + buffer)

    def recv(self, size: int) -> bytes:
        """Some octets, at least one.

        Raises:
            ConnectionResetError: the peer closed the connection: an LDAP client always waits for an answer here.
        """
        with self._kept():
            if self._unwrap is None:
                return self._receive(size)
            while self._at >= len(self._ready):
                length = int.from_bytes(self._exactly(4), "big")
                if length > MAX_BUFFER:
                    raise ConnectionAbortedError("a sealed buffer is longer than agreed")
                self._ready, self._at = self._unwrap(self._exactly(length)), 0
            data = self._ready[self._at : self._at + size]
            self._at += len(data)
            return data

    def shutdown(self, how: int) -> None:
        """End one or both directions."""
        self.sock.shutdown(how)

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()

    def _exactly(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            parts.append(self._receive(size))
            size -= len(parts[-1])
        return b"".join(parts)

    def _receive(self, size: int) -> bytes:
        data = self.sock.recv(min(size, CHUNK))
        if not data:
            raise ConnectionResetError("the connection was closed")
        return data

    @contextlib.contextmanager
    def _kept(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            self.failure = error
            raise
