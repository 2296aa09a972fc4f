"""What Test-Endpoint does, in Python: opens a TCP connection to every target at once and says how each attempt ended.

Sockets are real and belong to the network namespace of this process, names go through its resolver. It behaves as the
PowerShell function does (whose help text names targets, outcomes and fields), with Winsock's numbers for errors.
"""

from __future__ import annotations

import errno
import ipaddress
import re
import selectors
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1

TARGET = re.compile(r"(?:(?P<source>[^>]+)>)?(?P<endpoint>[^/]+)(?P<wish>.*)")
FIELDS = (
    "Target", "Outcome", "Addresses", "RemoteAddress", "LocalAddress", "SocketError", "Milliseconds", "ProxyStatus",
    "TlsOutcome", "TlsProtocol", "CertificateSubject", "CertificateIssuer", "CertificateThumbprint",
    "CertificateNotAfter", "ServerDate",
)  # fmt: skip
WINSOCK = {
    errno.EACCES: 10013,
    errno.EPERM: 10013,
    errno.EINVAL: 10022,
    errno.EAFNOSUPPORT: 10047,
    errno.EADDRNOTAVAIL: 10049,
    errno.ENETDOWN: 10050,
    errno.ENETUNREACH: 10051,
    errno.ECONNRESET: 10054,
    errno.ETIMEDOUT: 10060,
    errno.ECONNREFUSED: 10061,
    errno.EHOSTDOWN: 10064,
    errno.EHOSTUNREACH: 10065,
}
OUTCOMES = {10061: "Refused", 10060: "TimedOut"} | dict.fromkeys((10050, 10051, 10064, 10065), "Unreachable")
UNKNOWN_ERROR = 10045  # operation not supported: for errors Winsock has no number for


@dataclass
class Try:
    """One address of one target."""

    address: str
    socket: socket.socket
    error: int | None = None
    milliseconds: int | None = None


@dataclass
class Attempt:
    """One target on its way."""

    source: str | None
    name: str
    port: int
    authority: str
    wish: str
    answer: dict[str, Any]
    addresses: list[str] = field(default_factory=list)
    tries: list[Try] = field(default_factory=list)
    open: Try | None = None


def probe(targets: list[str], proxy: str = "", timeout: int = 3000, total: int = 25000) -> list[dict[str, Any]]:
    """One answer a target, in order; times in milliseconds, as Test-Endpoint's parameters."""
    started = time.monotonic()
    attempts = [_attempt(target) for target in targets]
    via = split_endpoint(proxy) if proxy else None
    _resolve(attempts, via[0] if via else None, timeout)
    _connect(attempts, via[1] if via else None, timeout)
    for attempt in attempts:
        late = (time.monotonic() - started) * 1000 >= total
        _finish(attempt, via is not None, timeout / 1000, late=late)
        for one in attempt.tries:
            one.socket.close()
    return [attempt.answer for attempt in attempts]


def split_endpoint(text: str) -> tuple[str, int]:
    """host:port, the host without brackets."""
    name, _, port = text.rpartition(":")
    return name.strip("[]"), int(port)


def _attempt(target: str) -> Attempt:
    parts = TARGET.fullmatch(target)
    if parts is None:
        raise ValueError(target)
    name, port = split_endpoint(parts["endpoint"])
    answer: dict[str, Any] = {**dict.fromkeys(FIELDS), "Target": target, "Outcome": "Unresolved", "Addresses": []}
    return Attempt(parts["source"], name, port, parts["endpoint"], parts["wish"], answer)


# ---- 1. names, all at once


def _resolve(attempts: list[Attempt], via: str | None, timeout: int) -> None:
    threads: list[threading.Thread] = []
    found: list[list[str]] = [[] for _ in attempts]
    for place, attempt in enumerate(attempts):
        work = threading.Thread(target=_look_up, args=(via or attempt.name, found[place]), daemon=True)
        work.start()
        threads.append(work)
    until = time.monotonic() + timeout / 1000
    for attempt, work, addresses in zip(attempts, threads, found, strict=True):
        work.join(max(0.0, until - time.monotonic()))
        attempt.addresses = list(addresses)
        attempt.answer["Addresses"] = list(addresses)


def _look_up(name: str, found: list[str]) -> None:
    if name.rstrip(".").lower().endswith(".invalid"):  # RFC 6761: never there, and nobody is to be asked
        return
    try:
        answers = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    addresses = dict.fromkeys(str(answer[4][0]) for answer in answers)
    found.extend(a for a in addresses if not (":" in a and ipaddress.ip_address(a.partition("%")[0]).is_link_local))


# ---- 2. connections, all at once: every address of every target


def _connect(attempts: list[Attempt], via: int | None, timeout: int) -> None:
    started = time.monotonic()
    until = started + timeout / 1000
    with selectors.DefaultSelector() as waiting:
        for attempt in attempts:
            for address in attempt.addresses:
                one = _begin(attempt, address, via or attempt.port)
                attempt.tries.append(one)
                if one.error is None:
                    waiting.register(one.socket, selectors.EVENT_WRITE, (attempt, one))
        while waiting.get_map() and any(_undecided(a) for a in attempts) and time.monotonic() < until:
            for key, _ in waiting.select(until - time.monotonic()):
                attempt, one = key.data
                waiting.unregister(one.socket)
                _ended(attempt, one, int((time.monotonic() - started) * 1000))


def _undecided(attempt: Attempt) -> bool:
    return attempt.open is None and any(t.error is None and t.milliseconds is None for t in attempt.tries)


def _begin(attempt: Attempt, address: str, port: int) -> Try:
    one = Try(address, socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM))
    one.socket.setblocking(False)
    try:
        if attempt.source:
            one.socket.bind((attempt.source, 0))
        one.socket.connect((address, port))
    except BlockingIOError:
        return one
    except (OSError, OverflowError) as problem:
        one.error = _winsock(getattr(problem, "errno", None) or errno.EADDRNOTAVAIL)
    return one


def _ended(attempt: Attempt, one: Try, milliseconds: int) -> None:
    one.milliseconds = milliseconds
    number = one.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if number:
        one.error = _winsock(number)
    elif attempt.open is None:
        attempt.open = one


def _winsock(number: int) -> int:
    return WINSOCK.get(number, UNKNOWN_ERROR)


# ---- 3. the answers, and the talk that was asked for


def _finish(attempt: Attempt, proxied: bool, timeout: float, *, late: bool) -> None:
    answer = attempt.answer
    if attempt.open:
        answer["Outcome"] = "Connected"
        answer["Milliseconds"] = attempt.open.milliseconds
        answer["RemoteAddress"] = attempt.open.address
        answer["LocalAddress"] = attempt.open.socket.getsockname()[0]
        attempt.open.socket.settimeout(timeout)
        if proxied:
            _ask_proxy(attempt)
        if attempt.wish and answer["Outcome"] == "Connected":
            _talk_tls(attempt, late=late)
    elif attempt.tries and all(one.error is not None for one in attempt.tries):
        first = attempt.tries[0]
        answer["SocketError"], answer["Milliseconds"] = first.error, first.milliseconds
        answer["Outcome"] = OUTCOMES.get(first.error or 0, "Failed")
    elif attempt.tries:
        answer["Outcome"] = "TimedOut"


def _ask_proxy(attempt: Attempt) -> None:
    if attempt.open is None:
        return
    link, host = attempt.open.socket, attempt.authority
    try:
        link.sendall(f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("ascii"))
        status = re.match(r"HTTP/1\.\d (\d{3})", read_head(link)[0])
    except OSError:
        status = None
    attempt.answer["ProxyStatus"] = int(status[1]) if status else None
    if attempt.answer["ProxyStatus"] != 200:
        attempt.answer["Outcome"] = "ProxyRefused"


def read_head(link: socket.socket) -> list[str]:
    """The lines of an HTTP answer up to the first empty one, 8 KB at most."""
    read = bytearray()
    while len(read) < 8192 and not read.endswith((b"\n\r\n", b"\n\n")):
        byte = link.recv(1)
        if not byte:
            break
        read += byte
    return re.split(r"\r?\n", read.decode("ascii", "replace"))


def _talk_tls(attempt: Attempt, *, late: bool) -> None:
    answer = attempt.answer
    if late or attempt.open is None:
        answer["TlsOutcome"] = "Skipped"
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    try:
        with context.wrap_socket(attempt.open.socket, server_hostname=attempt.name) as tls:
            answer["TlsOutcome"], answer["TlsProtocol"] = "Ok", "Tls12"
            _tell_certificate(answer, tls.getpeercert(binary_form=True))
            if attempt.wish.endswith("/date"):
                host = attempt.name
                tls.sendall(f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("ascii"))
                answer["ServerDate"] = _date(read_head(tls))
    except (OSError, ValueError):
        answer["TlsOutcome"] = answer["TlsOutcome"] or "Failed"


def _tell_certificate(answer: dict[str, Any], der: bytes | None) -> None:
    if not der:
        return
    certificate = x509.load_der_x509_certificate(der)
    answer["CertificateSubject"] = _name(certificate.subject)
    answer["CertificateIssuer"] = _name(certificate.issuer)
    answer["CertificateThumbprint"] = certificate.fingerprint(SHA1()).hex().upper()
    answer["CertificateNotAfter"] = f"{certificate.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}"


def _name(name: x509.Name) -> str:
    return ", ".join(part.rfc4514_string() for part in reversed(name.rdns))


def _date(lines: list[str]) -> str | None:
    said = next((line[6:] for line in lines if line.lower().startswith("date: ")), None)
    if said is None:
        return None
    return f"{parsedate_to_datetime(said).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
