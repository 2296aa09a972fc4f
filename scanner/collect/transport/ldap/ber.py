"""LDAP messages as octets: one at a time, within bounds, before the library above decodes anything of them."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.collect.transport.bounds import MAX_LDAP_MESSAGE, MAX_LDAP_MESSAGES
from scanner.collect.transport.ldap.stream import Stream


@dataclass(slots=True)
class Messages:
    """The socket of an LDAP client: what is read ends where a message ends, and is no more than a request may bring."""

    stream: Stream
    _head: bytes = b""
    _left: int = 0
    """octets of the message that are still to be read"""
    _count: int = 0
    """messages since the last request"""

    def sendall(self, data: bytes) -> None:
        """Send a request."""
        self._count = 0
        self.stream.sendall(data)

    def recv(self, size: int) -> bytes:
        """Some octets of one message, at least one.

        Raises:
            OSError: as ``Stream.recv``; ConnectionAbortedError beyond a bound.
        """
        if not self._left:
            self._begin()
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
        else:
            data = self.stream.recv(min(size, self._left))
        self._left -= len(data)
        return data

    def shutdown(self, how: int) -> None:
        """End one or both directions."""
        self.stream.shutdown(how)

    def close(self) -> None:
        """Close the socket."""
        self.stream.close()

    def _begin(self) -> None:
        """Read tag and length (X.690 part 8.1.3; LDAP takes definite lengths only, RFC 4511 part 5.1)."""
        head = self._exactly(2)
        more = head[1] & 0x7F if head[1] & 0x80 else 0
        if head[1] == 0x80 or more > 4:
            self._refuse("a message has no length")
        head += self._exactly(more)
        length = int.from_bytes(head[2:], "big") if more else head[1]
        if length > MAX_LDAP_MESSAGE:
            self._refuse(f"one message is longer than {MAX_LDAP_MESSAGE >> 20} MiB")
        self._count += 1
        if self._count > MAX_LDAP_MESSAGES:
            self._refuse(f"one request was answered with more than {MAX_LDAP_MESSAGES} messages")
        self._head, self._left = head, len(head) + length

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += self.stream.recv(size - len(data))
        return data

    def _refuse(self, why: str) -> None:
        """Tell the stream, too: the library above tells a failure only as text."""
        self.stream.failure = ConnectionAbortedError(why)
        raise self.stream.failure


def integer(message: bytes, start: int, stop: int, _context: object = None) -> int:
    """The value of an INTEGER or ENUMERATED; the library's own takes minutes for one of a megabyte."""
    return int.from_bytes(message[start:stop], "big", signed=True)
