"""Signs in to a domain controller, only in ways that nobody can overhear.

``sealed`` is Kerberos on 389 with encryption by the ticket; ``ldaps`` is TLS on 636 and ``starttls`` TLS on 389, both
with a verified certificate and either a password or Kerberos bound to the channel. ``auto`` means sealed with Kerberos
and LDAPS with a password; it never tries a second way by itself. (Samba by default takes Kerberos sealed only, Windows
takes all of them.)
"""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from scanner.collect.transport.bounds import MAX_LDAP_TOTAL
from scanner.collect.transport.deadline import Budget
from scanner.collect.transport.dialer import Dialer
from scanner.collect.transport.ldap import sasl, session
from scanner.collect.transport.ldap.answers import DirectoryError, broken, not_connected
from scanner.collect.transport.ldap.connection import Connection, connection
from scanner.collect.transport.tls import Trust, UnusableFile, tls_context
from scanner.estate.access import DirectoryAccess
from scanner.estate.secret import SecretError
from scanner.estate.turns import REFUSED_HERE, LogonStopped, NoTurn, Turn
from scanner.words.model import GapReason
from scanner.words.system import WINDOWS
from scanner.words.trouble import Kind

START_TLS = "1.3.6.1.4.1.1466.20037"
SEALED, LDAPS, STARTTLS = "sealed", "ldaps", "starttls"
WORDS = {SEALED: "sealed", LDAPS: "over TLS", STARTTLS: "over TLS"}
PORTS = {False: (389, 636), True: (3268, 3269)}
"""Of a controller as such, and as a global catalogue; the second is for TLS from the first octet on."""


@dataclass(frozen=True, slots=True)
class Controller:
    """A domain controller and where it is."""

    name: str
    """DNS name: the certificate's and the Kerberos service's"""
    domain: str
    addresses: tuple[str, ...]


def open_connection(
    controller: Controller,
    access: DirectoryAccess,
    *,
    connect_timeout: float,
    deadline: float,
    ready: Callable[[Connection], None] = lambda _connection: None,
    catalogue: bool = False,
) -> Connection:
    """Connect and sign in.

    Args:
        controller: whom to ask.
        access: as whom, and how.
        ready: called with the connection before anything of a credential is sent; raises to prevent it.
        connect_timeout: seconds for its addresses together to take the connection.
        deadline: monotonic seconds after which it fails.
        catalogue: it is asked as a global catalogue.

    Raises:
        DirectoryError: it failed.
    """
    way = _way(access)
    budget = Budget(deadline, MAX_LDAP_TOTAL, MAX_LDAP_TOTAL)  # where a message ends, ``ber`` knows
    dialer = Dialer(controller.addresses, PORTS[catalogue][way == LDAPS], connect_timeout, budget)
    try:
        sock = dialer.dial()
    except OSError:
        raise not_connected(controller.name, dialer.port, dialer.failures) from None
    opened = connection(controller.name, sock, budget)
    opened.how = f"{access.method}, {WORDS[way]} on {dialer.port}"
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


def _secure(opened: Connection, access: DirectoryAccess, way: str) -> None:
    if way != SEALED:
        context = context_of(access)
        if way == STARTTLS:
            opened.extended(START_TLS)
        _start_tls(opened, context)


def _sign_in(opened: Connection, controller: Controller, access: DirectoryAccess, way: str) -> None:
    if access.method == "simple":
        _bind(opened, access)
        return
    binding = None if way == SEALED else _binding(opened.stream.sock)
    sign_in = session.sign_in if WINDOWS else sasl.sign_in
    layer = sign_in(controller.name, controller.domain.upper(), opened.exchange, seal=way == SEALED, binding=binding)
    if way == SEALED:
        opened.stream.seal(layer.wrap, layer.unwrap, layer.size)
    opened.who = layer.who


def _bind(opened: Connection, access: DirectoryAccess) -> None:
    if not access.user or access.password is None:
        raise DirectoryError(GapReason.NOT_COLLECTED, "a simple sign-in needs user and password", final=True)
    account = access.logons.account(access.user, opened.controller)
    try:
        password = access.password.value(access.user)
        with access.logons.turn(account, password, opened.controller, opened.budget.deadline) as turn:
            _bind_once(opened, access.user, password, turn)
    except SecretError as error:
        raise DirectoryError(GapReason.NOT_COLLECTED, str(error), final=True, kind=Kind.NO_SECRET) from None
    except LogonStopped as stopped:
        refused = str(stopped)
        raise DirectoryError(GapReason.ACCESS_DENIED, refused, final=True, kind=Kind.SIGN_IN_REFUSED) from None
    except NoTurn as late:
        raise DirectoryError(GapReason.TIMEOUT, str(late)) from None
    opened.who = access.user


def _bind_once(opened: Connection, user: str, password: str, turn: Turn) -> None:
    try:
        opened.bind(user, password)
    except DirectoryError as error:
        if opened.stream.failure is not None:
            turn.unanswered(controller=True)
        if not error.final:
            raise
        told = turn.refused(error.detail)
        detail = error.detail if told == REFUSED_HERE else told
        raise DirectoryError(error.reason, detail, final=True, kind=error.kind, user=user) from error
    turn.accepted()


def _start_tls(opened: Connection, context: ssl.SSLContext) -> None:
    try:
        opened.stream.start_tls(context, opened.controller)
    except OSError as error:
        raise broken(opened.controller, error) from None


def context_of(access: DirectoryAccess) -> ssl.SSLContext:
    """The context for this way of signing in.

    Raises:
        DirectoryError: the file of certification authorities cannot be used.
    """
    try:
        return tls_context(Trust(access.ca, access.verify))
    except UnusableFile as error:
        detail = f"the file of certification authorities {access.ca} cannot be used: {error}"
        raise DirectoryError(GapReason.NOT_COLLECTED, detail, final=True, kind=Kind.UNUSABLE_FILE) from None


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
