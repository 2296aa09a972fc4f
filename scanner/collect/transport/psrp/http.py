"""The HTTP below a Windows session: pypsrp's requests go along one road, with one TLS context a process.

The machine's name stays in the URL, in SNI, in the certificate check and in the Kerberos service; only the address
connected to is the one that was resolved. Nothing comes from the environment: no proxy, no netrc.
"""

from __future__ import annotations

import socket
import ssl
import threading
import xml.etree.ElementTree as ET
from typing import Any

import requests
import requests.adapters
from pypsrp.exceptions import WinRMTransportError
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from scanner.collect.transport.bounds import ENCRYPTED, MAX_MESSAGE, MAX_TAGS, check_markup
from scanner.collect.transport.own import ours
from scanner.collect.transport.proof import names_of
from scanner.collect.transport.road import Road, TlsSocket
from scanner.collect.transport.tls import unusable, validating
from scanner.estate.access import SignIn
from scanner.estate.secret import SecretError

READ_SECONDS = 35.0
"""how long one request may be silent: longer than the long poll of 20 s it may hold"""
_contexts: dict[tuple[str, bool, str, str], ssl.SSLContext] = {}
_contexts_lock = threading.Lock()


def tls_context(sign_in: SignIn) -> ssl.SSLContext:
    """The context for this way of signing in, made once a process: loading the authorities costs more than a host.

    Raises:
        SecretError: a file of certificates or keys cannot be used, or its password cannot be had.
    """
    own = sign_in if sign_in.method == "certificate" else SignIn()
    key = (sign_in.ca, sign_in.verify, own.certificate, own.certificate_key)
    with _contexts_lock:
        try:
            if key not in _contexts:
                _contexts[key] = _make_context(sign_in)
            return _contexts[key]
        except OSError as error:  # ssl.SSLError is one
            raise SecretError(f"a certificate or key file cannot be used: {ours(error) or unusable(error)}") from None


def _make_context(sign_in: SignIn) -> ssl.SSLContext:
    context = validating(sign_in.ca)
    context.sslsocket_class = TlsSocket
    if not sign_in.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if sign_in.method == "certificate":
        password = sign_in.key_password.value(sign_in.certificate_key) if sign_in.key_password else ""
        context.load_cert_chain(sign_in.certificate, sign_in.certificate_key or None, password)
    return context


class _PlainConnection(HTTPConnection):
    road: Road

    def _new_conn(self) -> socket.socket:
        return self.road.connection()

    def connect(self) -> None:
        """Connect; until that is done nothing was sent."""
        owed, self.road.owed = self.road.owed, False
        super().connect()
        self.road.owed = owed


class _TlsConnection(HTTPSConnection):
    road: Road

    def _new_conn(self) -> socket.socket:
        return self.road.connection()

    def connect(self) -> None:
        """Shake hands; until that is done nothing was sent, and from here on the deadline counts, too."""
        owed, self.road.owed = self.road.owed, False
        super().connect()
        self.road.owed = owed
        if isinstance(self.sock, TlsSocket):
            self.sock.road = self.road
            self.road.certified.append(names_of(self.sock.getpeercert()))


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
    """Sends every request along one road."""

    def __init__(self, road: Road, context: ssl.SSLContext | None) -> None:
        self._road, self._context = road, context
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
        left = self._road.left()
        named["timeout"] = (min(self._road.connect_timeout, left), min(READ_SECONDS, left))
        self._road.message = 0
        self._road.owed = self._road.owed or "Authorization" in request.headers
        try:
            response = super().send(request, *args, **named)
        except requests.Timeout as error:
            raise TimeoutError("connected, then silent") from error
        wrong = _wrong(response)
        if wrong:
            response.close()
            raise ConnectionAbortedError(wrong)
        self._road.owed = self._road.owed and response.status_code == 401  # a step of it, or a refusal if it is heard
        response.encoding = "utf-8"  # neither a name of the machine's choice nor a guess, which may take minutes
        return response

    def _plain_pool(self, *args: Any, **named: Any) -> HTTPConnectionPool:
        return self._along(HTTPConnectionPool(*args, **named), _PlainConnection)

    def _tls_pool(self, *args: Any, **named: Any) -> HTTPConnectionPool:
        return self._along(HTTPSConnectionPool(*args, **named), _TlsConnection)

    def _along(self, pool: Any, connection: Any) -> Any:
        """Let the pool make connections that take our road."""

        def make(*args: Any, **named: Any) -> Any:
            made = connection(*args, **named)
            made.road = self._road
            return made

        pool.ConnectionCls = make
        return pool
