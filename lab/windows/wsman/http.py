"""HTTP/1.1 with keep-alive, as http.sys speaks it: reading requests, writing answers, well or badly."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

MAX_HEAD = 1 << 20


class Reader(asyncio.StreamReader):
    """Notices that the client has gone while its request is still served, and TLS where none is spoken."""

    def __init__(self, *, encrypted: bool) -> None:
        super().__init__(limit=MAX_HEAD)
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.tls_hello = False
        self._first = not encrypted

    def feed_data(self, data: bytes) -> None:
        """Take bytes from the transport."""
        if self._first and data[:1] == b"\x16":
            self.tls_hello = True
            data = b"\r\n\r\n"
        self._first = False
        super().feed_data(data)

    def feed_eof(self) -> None:
        """Take the end."""
        if not self.gone.done():
            self.gone.set_result(None)
        super().feed_eof()

    def set_exception(self, exc: BaseException) -> None:
        """Take a broken connection."""
        if not self.gone.done():
            self.gone.set_result(None)
        super().set_exception(exc)


@dataclass(frozen=True)
class HttpRequest:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes


@dataclass
class HttpAnswer:
    """An answer, and how badly it is to be sent."""

    status: int
    action: str
    """What to count it as."""
    body: bytes = b""
    content_type: str = ""
    challenges: Sequence[str] = ()
    cut: bool = False
    """End the connection in the middle of the body."""
    drip: float | None = None
    """Send byte by byte, with that many seconds between."""
    close: bool = False

    def head(self) -> bytes:
        """Return status line and headers."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}", "Server: Microsoft-HTTPAPI/2.0"]
        lines += [f"WWW-Authenticate: {challenge}" for challenge in self.challenges]
        lines += [f"Content-Type: {self.content_type}"] if self.content_type else []
        lines += ["Connection: close"] if self.close else []
        lines += [f"Content-Length: {len(self.body)}", "", ""]
        return "\r\n".join(lines).encode("latin-1")


async def read(reader: Reader, writer: asyncio.StreamWriter) -> HttpRequest | None:
    """Return the next request; None when the client is done or speaks something else."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return None
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "0")
    if not length.isdecimal():
        return None
    if headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = await reader.readexactly(int(length))
    return HttpRequest(words[0], words[1], headers, body)


async def write(writer: asyncio.StreamWriter, answer: HttpAnswer) -> bool:
    """Send `answer`; returns whether the connection may be used again."""
    data = answer.head() + answer.body
    if answer.cut:
        writer.write(data[: len(data) - len(answer.body) // 2 - 1])
        await writer.drain()
        writer.close()
        return False
    if answer.drip is not None:
        for at in range(len(data)):
            writer.write(data[at : at + 1])
            await writer.drain()
            await asyncio.sleep(answer.drip)
        return not answer.close
    writer.write(data)
    await writer.drain()
    return not answer.close


def reset(sock: socket.socket) -> None:
    """Make the close of `sock` an RST."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
