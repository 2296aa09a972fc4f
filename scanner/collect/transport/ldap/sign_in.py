"""Opens a session with a domain controller, only in ways that nobody can overhear.

``sealed`` is Kerberos on 389 with encryption by the ticket; ``ldaps`` is TLS on 636 and ``starttls`` TLS on 389, both
with a verified certificate and either a password or Kerberos bound to the channel. ``auto`` means sealed with Kerberos
and LDAPS with a password; it never tries a second way by itself. (Samba by default takes Kerberos sealed only, Windows
takes all of them.)
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache

from scanner.collect.transport.ldap.answers import DirectoryError, broken, not_connected
from scanner.collect.transport.ldap.kerberos import sign_in
from scanner.collect.transport.ldap.session import Session, session
from scanner.collect.transport.stream import Stream
from scanner.collect.transport.tls import unusable, validating
from scanner.estate.access import DirectoryAccess
from scanner.estate.secret import SecretError
from scanner.estate.turns import REFUSED_HERE, LogonStopped, NoTurn, Turn
from scanner.words.model import GapReason

START_TLS = "1.3.6.1.4.1.1466.20037"
SEALED, LDAPS, STARTTLS = "sealed", "ldaps", "starttls"
WORDS = {SEALED: "sealed on 389", LDAPS: "over TLS on 636", STARTTLS: "over TLS on 389"}


@dataclass(frozen=True, slots=True)
class Controller:
    """A domain controller and where it is."""

    name: str
    """DNS name: the certificate's and the Kerberos service's"""
    domain: str
    addresses: tuple[str, ...]


def open_session(
    controller: Controller,
    access: DirectoryAccess,
    *,
    connect_timeout: float,
    deadline: float,
    ready: Callable[[Session], None] = lambda _session: None,
) -> Session:
    """Connect and sign in.

    Args:
        controller: whom to ask.
        access: as whom, and how.
        ready: called with the session before anything of a credential is sent; raises to prevent it.
        connect_timeout: seconds for one address to take the connection.
        deadline: monotonic seconds after which the session fails.

    Raises:
        DirectoryError: no session.
    """
    way = _way(access)
    sock = _connect(controller, 636 if way == LDAPS else 389, connect_timeout, deadline)
    opened = session(controller.name, Stream(sock, deadline))
    opened.how = f"{access.method}, {WORDS[way]}"
    with ExitStack() as undo:
        undo.callback(opened.close)
        _secure(opened, access, way)
        ready(opened)
        _sign_in(opened, controller, access, way)
        undo.pop_all()
    return opened


def _way(access: DirectoryAccess) -> str:
    way = access.way
    if way == SEALED and access.method != "kerberos":
        raise DirectoryError(GapReason.NOT_COLLECTED, "a password is sent over TLS only, not sealed", final=True)
    if way not in WORDS or access.method not in ("kerberos", "simple"):
        raise DirectoryError(GapReason.NOT_COLLECTED, f"no such way: {access.method}, {way}", final=True)
    return way


def _secure(opened: Session, access: DirectoryAccess, way: str) -> None:
    if way != SEALED:
        context = tls_context(access.ca, access.verify)
        if way == STARTTLS:
            opened.extended(START_TLS)
        _start_tls(opened, context)


def _sign_in(opened: Session, controller: Controller, access: DirectoryAccess, way: str) -> None:
    if access.method == "simple":
        _bind(opened, access)
        return
    binding = None if way == SEALED else _binding(opened.stream.sock)
    layer = sign_in(controller.name, controller.domain.upper(), opened.exchange, seal=way == SEALED, binding=binding)
    if way == SEALED:
        opened.stream.seal(layer.wrap, layer.unwrap, layer.size)
    opened.who = layer.who


def _bind(opened: Session, access: DirectoryAccess) -> None:
    if not access.user or access.password is None:
        raise DirectoryError(GapReason.NOT_COLLECTED, "a simple sign-in needs user and password", final=True)
    account = access.logons.account(access.user, opened.controller)
    try:
        password = access.password.value(access.user)
        with access.logons.turn(account, password, opened.controller, opened.stream.deadline) as turn:
            _bind_once(opened, access.user, password, turn)
    except SecretError as error:
        raise DirectoryError(GapReason.NOT_COLLECTED, str(error), final=True) from None
    except LogonStopped as stopped:
        raise DirectoryError(GapReason.ACCESS_DENIED, str(stopped), final=True) from None
    except NoTurn as late:
        raise DirectoryError(GapReason.TIMEOUT, str(late)) from None
    opened.who = access.user


def _bind_once(opened: Session, user: str, password: str, turn: Turn) -> None:
    try:
        opened.bind(user, password)
    except DirectoryError as error:
        if opened.stream.failure is not None:
            turn.unanswered(controller=True)
        if not error.final:
            raise
        told = turn.refused(error.detail)
        detail = error.detail if told == REFUSED_HERE else told
        raise DirectoryError(error.reason, detail, final=True) from error
    turn.accepted()


def _connect(controller: Controller, port: int, connect_timeout: float, deadline: float) -> socket.socket:
    tried: list[tuple[str, OSError]] = []
    for address in controller.addresses:
        left = min(connect_timeout, deadline - time.monotonic())
        if left <= 0:
            tried.append((address, TimeoutError()))
            break
        try:
            return socket.create_connection((address, port), timeout=left)
        except OSError as error:
            tried.append((address, error))
    raise not_connected(controller.name, port, tried)


def _start_tls(opened: Session, context: ssl.SSLContext) -> None:
    left = opened.stream.deadline - time.monotonic()
    try:
        opened.stream.sock.settimeout(max(left, 0.001))
        opened.stream.sock = context.wrap_socket(opened.stream.sock, server_hostname=opened.controller)
    except (OSError, ValueError) as error:  # ValueError: a name that TLS cannot carry
        cause = error if isinstance(error, OSError) else OSError(0, str(error))
        opened.stream.failure = cause
        raise broken(opened.controller, cause) from None


@lru_cache(maxsize=8)
def tls_context(ca: str, verify: bool) -> ssl.SSLContext:
    """One context for the process and each way to trust.

    Raises:
        DirectoryError: the file of certification authorities cannot be used.
    """
    try:
        context = validating(ca)
    except (OSError, ValueError) as error:
        detail = f"the file of certification authorities {ca} cannot be used: {unusable(error)}"
        raise DirectoryError(GapReason.NOT_COLLECTED, detail, final=True) from None
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _binding(sock: socket.socket) -> bytes | None:
    """The channel's binding, ``tls-server-end-point`` (RFC 5929 part 4): hash of the certificate by its own hash."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    certificate = sock.getpeercert(binary_form=True) if isinstance(sock, ssl.SSLSocket) else None
    if not certificate:
        return None
    try:
        algorithm = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    except (ValueError, UnsupportedAlgorithm):
        return None
    name = algorithm.name if algorithm and algorithm.name not in ("md5", "sha1") else "sha256"
    return b"tls-server-end-point:" + hashlib.new(name, certificate).digest()
