"""A Kerberos server's word on a password, over a real socket: which errors refuse it, and that asking ends."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import spnego

from scanner.estate.turns import Answer, Word
from tests.processes import surroundings
from tests.transport.kerberos_peer import PROOF, REALM, error, proof_wanted, serving

pytest.importorskip("krb5", reason="Kerberos is an extra", exc_type=ImportError)
import krb5

from scanner.collect.transport.kerberos.password import prove
from scanner.collect.transport.psrp import sign_in

assert sign_in  # which makes pyspnego's exchanges ours


ELSEWHERE = "EVIL.EXAMPLE"
HERE = f"127.89.{os.getpid() % 250}.1"
GO_ON = {25, 29, 52}
"""errors after which the exchange goes on: more is asked for, or another server, or another transport"""
REFUSED, WRONG_REALM = 24, 68


class Kdc:
    """Answers the first question, and the proof of a password, over TCP and UDP."""

    def __init__(self, first: bytes, proven: bytes | None = None) -> None:
        self.asked, self.proofs = 0, 0
        self.first, self.proven = first, first if proven is None else proven
        self.hold = 0.0
        """seconds for which the answer to a proof is held back, or until a second proof comes"""
        self.speaks, self.twice = threading.Event(), threading.Event()
        self.speaks.set()

    def answer(self, question: bytes) -> bytes:
        self.asked += 1
        self.speaks.wait(20)
        if PROOF not in question:
            return self.first
        self.proofs += 1
        if self.proofs > 1:
            self.twice.set()
        self.twice.wait(self.hold)
        return self.proven


@contextmanager
def kdc(first: bytes, proven: bytes | None = None) -> Iterator[tuple[Kdc, int]]:
    made = Kdc(first, proven)
    with serving(made.answer, HERE) as port:
        try:
            yield made, port
        finally:
            made.speaks.set()
            made.twice.set()


@pytest.fixture
def realm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes the machine's own krb5.conf: servers of the realm, by kind, and of the other one."""

    def write(elsewhere: int = 0, settings: str = "", **servers: int) -> None:
        ours = "".join(f"  {kind} = {HERE}:{port}\n" for kind, port in servers.items())
        other = f"{ELSEWHERE} = {{\n  kdc = {HERE}:{elsewhere}\n}}\n" if elsewhere else ""
        text = f"[libdefaults]\ndns_lookup_kdc = false\n{settings}\n[realms]\n{REALM} = {{\n{ours}}}\n{other}"
        (tmp_path / "krb5.conf").write_text(text)
        monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / "krb5.conf"))

    return write


def by_us() -> None:
    prove("svc@CORP.EXAMPLE", "secret", 30, nothing_late)


def for_a_machine() -> None:
    """As pypsrp does for negotiate, and for credssp."""
    with pytest.raises((krb5.Krb5Error, spnego.exceptions.SpnegoError)):
        spnego.client("svc@CORP.EXAMPLE", "secret", hostname="hv01", service="http", protocol="kerberos")


WAYS = pytest.mark.parametrize("exchange", [by_us, for_a_machine])


def nothing_late(answer: Answer) -> None:
    pytest.fail(f"{answer} came late")


@pytest.mark.parametrize("code", sorted({*range(1, 77)} - GO_ON))
def test_only_what_says_that_the_account_or_its_password_is_refused_refuses_it(
    realm: Callable[..., None], code: int
) -> None:
    refused = {1: "expired", 18: "locked", 23: "expired", 24: "wrong password", 31: "wrong password"}
    with kdc(error(code)) as (server, port), kdc(error(REFUSED)) as (primary, its_port):
        realm(kdc=port, primary_kdc=its_port)
        answer = prove("svc@CORP.EXAMPLE", "secret", 30, nothing_late)
    assert (answer.word is Word.REFUSED) is (code in refused)
    assert refused.get(code, "") in answer.detail
    assert server.asked >= 1
    assert primary.asked == 0  # which would be a second refused logon


@pytest.mark.timeout(15, func_only=True)
def test_a_silent_server_does_not_outlast_the_bound(realm: Callable[..., None]) -> None:
    late: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    with kdc(b"") as (_, port):
        realm(kdc=port)
        assert prove("svc@CORP.EXAMPLE", "secret", 0.5, late.put).word is Word.NONE
        assert late.empty()


def test_no_server_at_all(realm: Callable[..., None]) -> None:
    realm()
    assert prove("svc@CORP.EXAMPLE", "secret", 30, nothing_late).word is Word.NONE


def test_a_word_that_comes_late_is_handed_on(realm: Callable[..., None]) -> None:
    late: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    with kdc(error(REFUSED)) as (server, port):
        realm(kdc=port)
        server.speaks.clear()
        assert prove("svc@CORP.EXAMPLE", "secret", 0.1, late.put).word is Word.NONE
        server.speaks.set()
        assert late.get(timeout=30).word is Word.REFUSED


@WAYS
@pytest.mark.parametrize("settings", ["", "canonicalize = true"])
@pytest.mark.parametrize("at_once", [True, False])
def test_no_answer_leads_a_proof_to_another_realm(
    realm: Callable[..., None], exchange: Callable[[], None], settings: str, at_once: bool
) -> None:
    """It is not signed, and whoever is on the way, or is quicker, can give it."""
    astray = error(WRONG_REALM, client=ELSEWHERE)
    with (
        kdc(astray if at_once else proof_wanted(), astray) as (server, port),
        kdc(proof_wanted(ELSEWHERE), error(REFUSED, ELSEWHERE)) as (evil, its_port),
    ):
        realm(kdc=port, elsewhere=its_port, settings=settings)
        exchange()
        assert (server.asked, evil.asked) == ((1, 0) if at_once else (2, 0))
        assert prove("svc@CORP.EXAMPLE", "secret", 30, nothing_late).word is Word.NONE


@WAYS
def test_a_slow_server_is_sent_one_proof(realm: Callable[..., None], exchange: Callable[[], None]) -> None:
    """It counts each; by UDP the library sends it again after one second, here or to the next server."""
    with (
        kdc(proof_wanted(), error(REFUSED)) as (server, port),
        kdc(proof_wanted(), error(REFUSED)) as (primary, its_port),
    ):
        server.hold = 4
        realm(kdc=port, primary_kdc=its_port)
        exchange()
        assert (server.proofs, primary.proofs) == (1, 0)


def test_the_machines_own_settings_are_read_after_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5_CONFIG", "")
    for _ in range(2):
        assert prove("svc@NOWHERE.INVALID", "secret", 30, nothing_late).word is Word.NONE
        ours, *others = os.environ["KRB5_CONFIG"].split(":")
        assert Path(ours).read_text().startswith("#")
        assert others
        assert all(other.endswith("krb5.conf") for other in others)


CIRCLES = """
import gc
import spnego._gss
from scanner.collect.transport.kerberos import tickets
from scanner.collect.transport.psrp import sign_in

tickets.take_over()
kept = []
for exchange in (tickets.ticket_for, spnego._gss._kinit):
    for _ in range(50):
        try:
            exchange(b"admin@NOWHERE.INVALID", b"secret")
        except Exception as error:
            circle = [error]
            circle.append(circle)
            kept.append(circle)
del circle
print(len(kept))
kept.clear()
gc.collect()
"""


def test_a_failure_in_a_circle_does_not_end_the_process(tmp_path: Path) -> None:
    """Its traceback must hold nothing of the library: the garbage collector frees that in an order that crashes."""
    (tmp_path / "krb5.conf").write_text("[libdefaults]\n dns_lookup_kdc = false\n", encoding="utf-8")
    env = surroundings({"KRB5_CONFIG": str(tmp_path / "krb5.conf")})
    done = subprocess.run(
        [sys.executable, "-c", CIRCLES], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "100\n"), done.stderr
