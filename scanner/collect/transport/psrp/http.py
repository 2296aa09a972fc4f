"""The HTTP below a Windows session: pypsrp's requests go over one line, with one TLS context a process.

The machine's name stays in the URL, in SNI, in the certificate check and in the Kerberos service; only the address
connected to is the one that was resolved. Nothing comes from the environment: no proxy, no netrc.
"""

from __future__ import annotations

import socket
import ssl
import xml.etree.ElementTree as ET
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import requests
import requests.adapters
from pypsrp.exceptions import WinRMTransportError
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from scanner.collect.transport.bounds import ENCRYPTED, MAX_MESSAGE, MAX_TAGS, check_markup
from scanner.collect.transport.deadline import DeadlineTlsSocket
from scanner.collect.transport.psrp.line import Line
from scanner.collect.transport.psrp.proof import names_of
from scanner.collect.transport.tls import Trust, UnusableFile, tls_context
from scanner.estate.access import SignIn
from scanner.estate.secret_text import UnusableSecretError

READ_SECONDS = 35.0
"""how long one request may be silent: longer than the long poll of 20 s it may hold"""


def context_of(sign_in: SignIn) -> ssl.SSLContext:
    """The context for this way of signing in.

    Raises:
        SecretError: a file of certificates or keys cannot be used, or its password cannot be had.
    """
    trust = Trust(sign_in.ca, sign_in.verify)
    if sign_in.method == "certificate":
        own = sign_in.certificate, sign_in.certificate_key, sign_in.key_password
        trust = Trust(sign_in.ca, sign_in.verify, *own)
    try:
        return tls_context(trust)
    except UnusableFile as error:
        raise UnusableSecretError(f"a certificate or key file cannot be used: {error}") from None


class _OnLine:
    """What both kinds of connection do beside urllib3's."""

    line: Line

    def _new_conn(self) -> socket.socket:
        return self.line.connection()

    @contextmanager
    def _nothing_owed(self) -> Generator[None]:
        """While a connection is made, nothing was sent; a failure leaves it so."""
        owed, self.line.owed = self.line.owed, False
        yield
        self.line.owed = owed


class _PlainConnection(_OnLine, HTTPConnection):
    def connect(self) -> None:
        """Connect."""
        with self._nothing_owed():
            super().connect()


class _TlsConnection(_OnLine, HTTPSConnection):
    def connect(self) -> None:
        """Connect and shake hands; from here on the budget counts for what is inside."""
        with self._nothing_owed():
            super().connect()
        if isinstance(self.sock, DeadlineTlsSocket):
            self.sock.budget = self.line.dialer.budget
            self.line.certified.append(names_of(self.sock.getpeercert()))


def _wrong(response: Any) -> str:
    """What is wrong with the head of an answer, before anything of its body is read."""
    kind = response.headers.get("Content-Type", "").strip()
    if response.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity"):
        return "the answer is compressed, which nobody asked for"
    if response.headers.get("Transfer-Encoding", "").strip().lower() not in ("", "chunked"):
        return "the answer is encoded in a way nobody asked for"
    if (response.raw.length_remaining or 0) > MAX_MESSAGE:
        return f"one message of the answer is longer than {MAX_MESSAGE >> 20} MiB"
    if kind.lower().startswith("multipart/") and not ENCRYPTED.fullmatch(kind):
        return "the answer is encrypted in a way that Windows does not know"
    return ""


def look_first(transport: Any) -> None:
    """Let pypsrp's transport hand on, and parse as a fault, only what ``check_markup`` has looked at."""
    send = transport.send

    def checked(*args: Any, **named: Any) -> bytes:
        try:
            answer: bytes = send(*args, **named)
        except WinRMTransportError as error:
            raise WinRMTransportError("http", error.code, _harmless(error.response_text)) from None
        check_markup(answer, MAX_TAGS)
        return answer

    transport.send = checked


def _harmless(text: str) -> str:
    """The text of a fault, if it may be parsed."""
    try:
        check_markup(text.encode("utf-8", "replace"), MAX_TAGS)
    except ET.ParseError:
        return ""
    return text


class Adapter(requests.adapters.HTTPAdapter):
    """Sends every request over one line."""

    def __init__(self, line: Line, context: ssl.SSLContext | None) -> None:
        self._line, self._context = line, context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *_args: Any, **_named: Any) -> None:
        """One connection to one machine."""
        settings: dict[str, Any] = {"ssl_context": self._context} if self._context else {}
        manager: Any = PoolManager(num_pools=1, maxsize=1, **settings)
        manager.pool_classes_by_scheme = {"http": self._plain_pool, "https": self._tls_pool}
        self.poolmanager = manager

    def cert_verify(self, *_args: Any, **_named: Any) -> None:
        """The shared context knows whom to trust; requests would load its own authorities into it every time."""

    def send(self, request: Any, *args: Any, **named: Any) -> Any:
        """Send within the deadline; a time-out is raised as the standard's, which pypsrp does not try again."""
        dialer = self._line.dialer
        left = dialer.budget.left()
        named["timeout"] = (min(dialer.connect_timeout, left), min(READ_SECONDS, left))
        dialer.budget.message = 0
        self._line.owed = self._line.owed or "Authorization" in request.headers
        try:
            response = super().send(request, *args, **named)
        except requests.Timeout as error:
            raise TimeoutError("connected, then silent") from error
        wrong = _wrong(response)
        if wrong:
            response.close()
            raise ConnectionAbortedError(wrong)
        self._line.owed = self._line.owed and response.status_code == 401  # a step of it, or a refusal if it is heard
        response.encoding = "utf-8"  # neither a name of the machine's choice nor a guess, which may take minutes
        return response

    def _plain_pool(self, *args: Any, **named: Any) -> HTTPConnectionPool:
        return self._on_line(HTTPConnectionPool(*args, **named), _PlainConnection)

    def _tls_pool(self, *args: Any, **named: Any) -> HTTPConnectionPool:
        return self._on_line(HTTPSConnectionPool(*args, **named), _TlsConnection)

    def _on_line(self, pool: Any, connection: Any) -> Any:
        """Let the pool make connections over our line."""

        def make(*args: Any, **named: Any) -> Any:
            made = connection(*args, **named)
            made.line = self._line
            return made

        pool.ConnectionCls = make
        return pool
