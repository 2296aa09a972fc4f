"""The other end of an LDAP connection, over a real socket: answers what a test tells it, in real BER."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from scanner.collect.transport.bounds import MAX_LDAP_TOTAL
from scanner.collect.transport.deadline import Budget, DeadlineSocket
from scanner.collect.transport.ldap.connection import Connection, connection

SEARCH, UNBIND = 0x63, 0x42
ENTRY, DONE, REFERENCE, EXTENDED = 0x64, 0x65, 0x73, 0x78


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([0x84]) + size.to_bytes(4, "big")
    return bytes([tag]) + length + body


def text(value: str | bytes) -> bytes:
    return tlv(0x04, value if isinstance(value, bytes) else value.encode())


def entry(dn: str, values: Mapping[str, Sequence[str | bytes]]) -> bytes:
    attributes = [tlv(0x30, text(name), tlv(0x31, *map(text, found))) for name, found in values.items()]
    return tlv(ENTRY, text(dn), tlv(0x30, *attributes))


def done(code: int = 0, message: str = "", tag: int = DONE) -> bytes:
    return tlv(tag, tlv(0x0A, bytes([code])), text(""), text(message))


@dataclass(slots=True)
class Peer:
    """What it was asked."""

    asked: list[bytes] = field(default_factory=list)


Answer = Callable[[bytes], Sequence[bytes] | bytes]
"""Given a request, the messages to answer with, or octets to send as they are."""


def ends() -> tuple[DeadlineSocket, socket.socket]:
    """Both ends of a connection; ours keeps a budget once it has one."""
    near, far = socket.socketpair()
    return DeadlineSocket(near.family, near.type, fileno=near.detach()), far


@contextmanager
def connected(answer: Answer, seconds: float = 20) -> Iterator[tuple[Connection, Peer]]:
    """A connection to a peer that answers so, and what the peer heard."""
    near, far = ends()
    peer = Peer()
    serving = threading.Thread(target=_serve, args=(far, answer, peer))
    serving.start()
    budget = Budget(time.monotonic() + seconds, MAX_LDAP_TOTAL, MAX_LDAP_TOTAL)
    opened = connection("dc1.corp.example", near, budget)
    try:
        yield opened, peer
    finally:
        opened.close()
        near.close()
        far.close()
        serving.join()


def head_of(request: bytes) -> tuple[bytes, int]:
    """A request's own number, as it came, and the tag of its operation."""
    start = 2 + (request[1] & 0x7F if request[1] & 0x80 else 0)
    end = start + 2 + request[start + 1]
    return request[start:end], request[end]


def _serve(far: socket.socket, answer: Answer, peer: Peer) -> None:
    while True:
        try:
            request = far.recv(65536)
        except OSError:
            return
        if not request:
            return
        number, operation = head_of(request)
        if operation == UNBIND:
            return
        peer.asked.append(request)
        told = answer(request)
        data = told if isinstance(told, bytes) else b"".join(tlv(0x30, number, message) for message in told)
        try:
            far.sendall(data)
        except OSError:
            return
