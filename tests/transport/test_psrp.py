"""What is below a session: name and address apart, one TLS context, nothing from the environment, always in time."""

from __future__ import annotations

import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lab.windows.wsman.certificates import KEY_PASSWORD, Certificates, make
from scanner.collect.threads import GRACE
from scanner.collect.transport.bounds import MAX_MESSAGE, MAX_SESSION
from scanner.collect.transport.deadline import Budget, DeadlineTlsSocket
from scanner.collect.transport.dialer import Dialer
from scanner.collect.transport.psrp.http import context_of
from scanner.collect.transport.psrp.session import RunspaceSession
from scanner.estate.access import Access, Limits, Names, SignIn
from scanner.estate.secret import SecretSource
from scanner.words.channel import ChannelFailure
from scanner.words.model import GapReason
from tests.bounded import within

NAME = "hv01.corp.example"
ADDRESS = f"127.85.{os.getpid() % 250}.1"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

Answer = Callable[[socket.socket], None]


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), [NAME, "localhost"])


@pytest.fixture
def password(tmp_path: Path) -> SecretSource:
    (tmp_path / "password").write_text("Passw0rd-of-a-test")
    return SecretSource(file=str(tmp_path / "password"))


class Peer:
    """A machine that takes connections, notes what it was told, and answers as it likes."""

    def __init__(self, answer: Answer, context: ssl.SSLContext | None = None, address: str = ADDRESS) -> None:
        self.heads: list[str] = []
        self.names: list[str | None] = []
        self.connections = 0
        self._answer, self._context = answer, context
        if context:
            context.sni_callback = lambda _sock, name, _context: self.names.append(name)
        self._door = socket.create_server((address, 0))
        self.port: int = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Peer:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            with client:
                try:
                    talk = self._context.wrap_socket(client, server_side=True) if self._context else client
                    with talk:
                        self.heads.append(request(talk))
                        self._answer(talk)
                except OSError:
                    continue


def request(sock: socket.socket) -> str:
    """All of a request: a peer that closes with something unread resets the connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += sock.recv(65536) or b"\r\n\r\n"
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += sock.recv(65536)
    return head.decode("latin-1") + "\r\n"


def not_found(sock: socket.socket) -> None:
    sock.sendall(NOT_FOUND)


def drip(sock: socket.socket) -> None:
    """A header that never ends, one character every now and then."""
    sock.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        sock.sendall(b"x")
        time.sleep(0.05)


def server_context(pki: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pki.server.certificate, pki.server.key)
    return context


def failing(target: str, access: Access, seconds: float = 10) -> ChannelFailure:
    """Open a session that cannot be opened, and give the reason; the deadline is kept."""
    deadline = time.monotonic() + seconds

    def work() -> ChannelFailure:
        with (
            pytest.raises(ChannelFailure) as failure,
            closing(RunspaceSession(target, access, deadline)) as session,
        ):
            session.open()
        return failure.value

    return within(seconds + GRACE, work)


def budget(seconds: float) -> Budget:
    return Budget(time.monotonic() + seconds, MAX_SESSION, MAX_MESSAGE)


def access(sign_in: SignIn, **more: Any) -> Access:
    return Access(default=sign_in, **({"addresses": {NAME: ADDRESS}, "limits": Limits(connect_timeout=5)} | more))


def basic(peer: Peer, pki: Certificates, password: SecretSource, **more: Any) -> SignIn:
    return SignIn(method="basic", user="admin", password=password, ca=pki.ca, port=peer.port, **more)


def test_the_name_stays_and_the_address_is_the_one_given(pki: Certificates, password: SecretSource) -> None:
    with Peer(not_found, server_context(pki)) as peer:
        failure = failing(NAME, access(basic(peer, pki, password)))
    assert failure.detail == "there is no WinRM behind this port (HTTP 404)"
    assert peer.names == [NAME]
    (head,) = peer.heads
    assert head.startswith("POST /wsman HTTP/1.1\r\n")
    assert f"\r\nHost: {NAME}:{peer.port}\r\n" in head
    assert peer.connections == 1


def test_the_certificate_must_be_of_the_name(pki: Certificates, password: SecretSource) -> None:
    with Peer(not_found, server_context(pki)) as peer:
        way = access(basic(peer, pki, password), addresses={"hv02.corp.example": ADDRESS})
        failure = failing("hv02.corp.example", way)
    assert "not valid for 'hv02.corp.example'" in failure.detail
    assert peer.heads == []


def test_a_name_without_a_given_address_is_resolved(pki: Certificates, password: SecretSource) -> None:
    with Peer(not_found, server_context(pki), "127.0.0.1") as peer:
        failure = failing("localhost", access(basic(peer, pki, password)))
    assert "HTTP 404" in failure.detail
    assert peer.names == ["localhost"]


def test_a_name_nobody_knows(pki: Certificates, password: SecretSource) -> None:
    with Peer(not_found) as peer:
        way = access(basic(peer, pki, password), addresses={}, names=Names(servers=("127.0.0.1",), lifetime=1))
        failure = failing("hv99.corp.example", way)
    assert failure.reason is GapReason.UNREACHABLE
    assert peer.connections == 0


def test_nothing_comes_from_the_environment(
    pki: Certificates, password: SecretSource, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text(f"machine {NAME} login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with Peer(not_found, server_context(pki)) as peer:
        failure = failing(NAME, access(basic(peer, pki, password)))
        assert "HTTP 404" in failure.detail
        pair = pki.client
        way = SignIn(
            method="certificate", certificate=pair.certificate, certificate_key=pair.key, ca=pki.ca, port=peer.port
        )
        assert "HTTP 404" in failing(NAME, access(way)).detail
    assert "secprofile/https/mutual" in peer.heads[1]


def test_a_redirect_is_not_followed(pki: Certificates, password: SecretSource) -> None:
    with Peer(not_found) as elsewhere:
        where = f"http://{ADDRESS}:{elsewhere.port}/".encode()
        moved = b"HTTP/1.1 307 Moved\r\nLocation: " + where + b"\r\nContent-Length: 0\r\n\r\n"
        with Peer(lambda sock: sock.sendall(moved), server_context(pki)) as peer:
            failure = failing(NAME, access(basic(peer, pki, password)))
        assert failure.reason is GapReason.UNPARSABLE
        assert (peer.connections, elsewhere.connections) == (1, 0)


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_peer_that_drips_does_not_outlast_the_deadline(
    pki: Certificates, password: SecretSource, encrypted: bool
) -> None:
    with Peer(drip, server_context(pki) if encrypted else None) as peer:
        way = basic(peer, pki, password)
        if not encrypted:
            way = SignIn(method="negotiate", transport="http", user="admin", password=password, port=peer.port)
        failure = failing(NAME, access(way), seconds=1)
    assert (failure.reason, failure.detail) == (GapReason.TIMEOUT, "not done within 1 s")


def test_a_peer_cannot_fill_the_memory() -> None:
    """Neither by one message nor by all of a session."""
    of_one = budget(9)
    for _ in range(MAX_SESSION // MAX_MESSAGE):
        of_one.message = 0
        assert of_one.take(MAX_MESSAGE) == MAX_MESSAGE
    of_one.message = 0
    with pytest.raises(ConnectionAbortedError, match="the answer is longer"):
        of_one.take(1)
    of_one.received = 0
    with pytest.raises(ConnectionAbortedError, match="one message"):
        of_one.take(MAX_MESSAGE)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        *((f"Content-Encoding: {how}", "compressed, which nobody asked for") for how in ("gzip", "x-gzip", "deflate")),
        *((f"Content-Encoding: {how}", "compressed, which nobody asked for") for how in ("br", "zstd", "gzip, gzip")),
        ("Content-Encoding: identity\r\nContent-Encoding: gzip", "compressed, which nobody asked for"),
        ("Transfer-Encoding: gzip, chunked", "encoded in a way nobody asked for"),
        ("Content-Length: 99999999999", "one message of the answer is longer than 2 MiB"),
        ('Content-Type: multipart/encrypted;protocol="a";boundary="(x+x+)+y"', "in a way that Windows does not know"),
        ('Content-Type: multipart/encrypted;boundary="Encrypted Boundary"; a="(x+)+"', "that Windows does not know"),
    ],
)
def test_what_was_not_asked_for_is_refused_before_it_is_read(
    pki: Certificates, password: SecretSource, header: str, words: str
) -> None:
    """The head is all that comes: whoever waits for a body waits until the deadline."""

    def head(sock: socket.socket) -> None:
        sock.sendall(f"HTTP/1.1 200 OK\r\n{header}\r\n\r\n".encode())
        sock.recv(1)  # until the scanner hangs up

    with Peer(head, server_context(pki)) as peer:
        failure = failing(NAME, access(basic(peer, pki, password)))
        assert {"\r\nAccept-Encoding: identity\r\n" in one for one in peer.heads} == {True}
    assert failure.reason is GapReason.UNPARSABLE
    assert words in failure.detail


def test_the_first_address_that_takes_a_connection_serves() -> None:
    with Peer(not_found) as peer:
        dialer = Dialer(("127.85.0.250", ADDRESS), peer.port, 5, budget(9))
        dialer.dial().close()
        assert dialer.address == ADDRESS
        assert [address for address, _ in dialer.failures] == ["127.85.0.250"]


def test_of_several_reasons_the_most_telling(tmp_path: Path) -> None:
    with socket.create_server((ADDRESS, 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        Dialer(("::1", ADDRESS), port, 5, budget(9)).dial()
    with pytest.raises(TimeoutError):
        Dialer((ADDRESS,), port, 5, budget(-1)).dial()


def test_one_context_a_process(pki: Certificates) -> None:
    way = SignIn(ca=pki.ca, certificate=pki.client.certificate, certificate_key=pki.client.key)
    context = context_of(way)
    assert context is context_of(SignIn(ca=pki.ca, method="basic"))
    assert context.sslsocket_class is DeadlineTlsSocket
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    lax = context_of(SignIn(ca=pki.ca, verify=False))
    assert (lax.verify_mode, lax.check_hostname) == (ssl.CERT_NONE, False)
    assert context.verify_mode == ssl.CERT_REQUIRED
    own = SignIn(method="certificate", ca=pki.ca, certificate=pki.client.certificate, certificate_key=pki.client.key)
    assert context_of(own) not in (context, lax)


def test_a_key_under_a_password(pki: Certificates, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY_PASSWORD)
    (tmp_path / "wrong").write_text("wrong")
    for file, works in (("wrong", False), ("key", True)):
        way = SignIn(
            method="certificate",
            ca=pki.ca,
            certificate=pki.client.certificate,
            certificate_key=pki.client.encrypted_key,
            key_password=SecretSource(file=str(tmp_path / file)),
        )
        if works:
            assert context_of(way)
            continue
        failure = failing(NAME, Access(default=way, addresses={NAME: ADDRESS}))
        assert failure.reason is GapReason.NOT_COLLECTED
        assert "certificate or key file" in failure.detail


@pytest.mark.parametrize(
    "wrong", [{"ca": "/nonexistent/ca.pem"}, {"password": SecretSource(env="HV_PREFLIGHT_NOT_SET")}]
)
def test_what_is_missing_here_is_told_before_anything_is_sent(
    pki: Certificates, password: SecretSource, wrong: dict[str, Any]
) -> None:
    with Peer(not_found, server_context(pki)) as peer:
        settings = {"method": "basic", "user": "admin", "password": password, "ca": pki.ca, "port": peer.port}
        failure = failing(NAME, access(SignIn(**(settings | wrong))))
    assert failure.reason is GapReason.NOT_COLLECTED
    assert peer.connections == 0
