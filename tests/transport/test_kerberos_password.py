"""A Kerberos server's word on a password, over a real socket: which errors refuse it, and that asking ends."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scanner.estate.turns import Answer, Word
from tests.transport.ldap_peer import tlv

pytest.importorskip("krb5", reason="Kerberos is an extra", exc_type=ImportError)
from scanner.transport import kerberos_password

REALM = b"CORP.EXAMPLE"
GO_ON = {25, 29, 52}
"""errors after which the exchange goes on: more is asked for, or another server, or another transport"""


def number(tag: int, value: int) -> bytes:
    return tlv(0xA0 + tag, tlv(0x02, bytes([value])))


def general(text: bytes) -> bytes:
    return tlv(0x1B, text)


def error(code: int) -> bytes:
    """KRB-ERROR (RFC 4120 part 5.9.1)."""
    now = time.strftime("%Y%m%d%H%M%SZ", time.gmtime()).encode()
    service = tlv(0x30, number(0, 2), tlv(0xA1, tlv(0x30, general(b"krbtgt"), general(REALM))))
    parts = number(0, 5), number(1, 30), tlv(0xA4, tlv(0x18, now)), number(5, 0), number(6, code)
    return tlv(0x7E, tlv(0x30, *parts, tlv(0xA9, general(REALM)), tlv(0xAA, service)))


class Kdc:
    """Says the same to everybody, or nothing."""

    def __init__(self, answer: bytes) -> None:
        self.asked = 0
        self._answer = answer
        self._sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sock.bind(("127.0.0.1", 0))
        self.port: int = self._sock.getsockname()[1]
        self.speaks = threading.Event()
        self.speaks.set()

    def serve(self) -> None:
        while True:
            data, peer = self._sock.recvfrom(65536)
            if not data:
                break
            self.asked += 1
            self.speaks.wait(20)
            if self._answer:
                self._sock.sendto(self._answer, peer)
        self._sock.close()

    def end(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"", ("127.0.0.1", self.port))


@contextmanager
def kdc(answer: bytes) -> Iterator[Kdc]:
    made = Kdc(answer)
    thread = threading.Thread(target=made.serve)
    thread.start()
    try:
        yield made
    finally:
        made.end()
        thread.join()


@pytest.fixture
def realm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def write(**servers: int) -> None:
        lines = "".join(f"  {key} = 127.0.0.1:{port}\n" for key, port in servers.items())
        text = f"[libdefaults]\ndns_lookup_kdc = false\n[realms]\nCORP.EXAMPLE = {{\n{lines}}}\n"
        (tmp_path / "krb5.conf").write_text(text)
        monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / "krb5.conf"))

    return write


def nothing_late(answer: Answer) -> None:
    pytest.fail(f"{answer} came late")


@pytest.mark.parametrize("code", sorted({*range(1, 77)} - GO_ON))
def test_only_what_says_that_the_account_or_its_password_is_refused_refuses_it(
    realm: Callable[..., None], code: int
) -> None:
    refused = {1: "expired", 18: "locked", 23: "expired", 24: "wrong password", 31: "wrong password"}
    with kdc(error(code)) as server, kdc(error(24)) as primary:
        realm(kdc=server.port, primary_kdc=primary.port)
        answer = kerberos_password.ask("svc@CORP.EXAMPLE", "secret", 30, nothing_late)
    assert (answer.word is Word.REFUSED) is (code in refused)
    assert refused.get(code, "") in answer.detail
    assert server.asked >= 1
    assert primary.asked == 0  # which would be a second refused logon


def test_a_silent_server_does_not_outlast_the_bound(realm: Callable[..., None]) -> None:
    late: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    with kdc(b"") as server:
        realm(kdc=server.port)
        began = time.monotonic()
        assert kerberos_password.ask("svc@CORP.EXAMPLE", "secret", 0.5, late.put).word is Word.NONE
        assert time.monotonic() - began < 15
        assert late.empty()


def test_no_server_at_all(realm: Callable[..., None]) -> None:
    realm()
    assert kerberos_password.ask("svc@CORP.EXAMPLE", "secret", 30, nothing_late).word is Word.NONE


def test_a_word_that_comes_late_is_handed_on(realm: Callable[..., None]) -> None:
    late: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    with kdc(error(24)) as server:
        realm(kdc=server.port)
        server.speaks.clear()
        assert kerberos_password.ask("svc@CORP.EXAMPLE", "secret", 0.1, late.put).word is Word.NONE
        server.speaks.set()
        assert late.get(timeout=30).word is Word.REFUSED
