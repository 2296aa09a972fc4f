"""A password that was sent, and no word on it, or a late one: it may have been refused, and nobody else is sent it."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from lab.windows.wsman.certificates import Certificates, make
from lab.windows.wsman.faults import Fault
from scanner.api import Estate, Evidence
from scanner.collect import rounds
from scanner.collect.directory import COLLECTOR as DIRECTORY
from scanner.collect.windows import COLLECTOR as WINDOWS
from scanner.estate.access import Access, Limits
from scanner.estate.logons import Logons
from scanner.hooks import Collector
from scanner.words.model import GapReason
from tests.collectors.conftest import PASSWORD, reads_machine_and_domain
from tests.collectors.test_lockout import (
    NAMES,
    NET,
    NO_KERBEROS,
    REFUSES,
    USER,
    Odd,
    Serve,
    access,
    causes,
    collect,
    odd,
    read,
    secret,
    serve,
)  # fmt: skip
from tests.transport.controllers_peer import Controller, controllers

__all__ = ["serve"]
CORP = "corp.example"
DCS = tuple(f"dc{number}.{CORP}" for number in range(1, 6))
AT = {name: f"{NET}.{place}" for place, name in enumerate(DCS, 240)}
TEN = NAMES[:10]
SIGN_IN = {"basic": (2,), "negotiate": (4,), "credssp": tuple(range(3, 20))}
"""which of the requests that a machine gets hold the sign-in, by method; in the first it is to show that it is there"""


class Closes(Controller):
    """Takes the sign-in, and is gone."""

    def _bind(self, body: bytes) -> bytes:
        Controller._bind(self, body)
        raise ConnectionResetError


@dataclass(slots=True)
class Ponders(Controller):
    """Says at once whose controller it is, and takes its time over the sign-in."""

    def answer(self, tag: int, body: bytes) -> list[bytes]:
        self.latency = 3.5
        return Controller.answer(self, tag, body)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), [*NAMES, *DCS], client="admin")


@pytest.fixture(autouse=True)
def _no_kerberos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "krb5.conf").write_text(NO_KERBEROS)
    monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / "krb5.conf"))


def way(pki: Certificates, folder: Path, password: str, count: int, user: str = USER) -> Access:
    """Machines and directory by one password; the first so many controllers are known."""
    source = secret(folder, password)
    made = access(pki, source, user=user, limits=Limits(connect_timeout=2, host_deadline=30, concurrency=32))
    directory = replace(
        made.directory, method="simple", user=user, password=source, ca=pki.ca, controllers={CORP: DCS[:count]},
        addresses=AT,
    )  # fmt: skip
    return replace(made, directory=directory)


def impatient(how: Access) -> Access:
    """With a patience shorter than the machines are slow."""
    return replace(how, directory=replace(how.directory, logons=Logons((CORP,), patience=0.2)))


def run(how: Access, *collectors: Collector) -> Evidence:
    estate = Estate(hosts=TEN, domains=(CORP,))
    return rounds.collect((reads_machine_and_domain,), collectors or (WINDOWS, DIRECTORY), estate, how)


def binds(peers: dict[str, Controller]) -> int:
    return sum(len(peer.binds) for peer in peers.values())


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_controller_that_closes_without_a_word_is_the_last_that_is_sent_it(
    serve: Serve, pki: Certificates, tmp_path: Path, count: int
) -> None:
    server = serve()
    peers: dict[str, Controller] = {AT[name]: Closes(CORP) for name in DCS[:count]}
    with controllers(peers, pki.server.certificate, pki.server.key):
        evidence = run(way(pki, tmp_path, "Not-the-password", count))
    assert binds(peers) == 1
    assert not server.traffic.connections
    said = f"dc1.{CORP} was sent the sign-in of {USER} and did not answer; the account is used no further in this run"
    assert causes(evidence) == {(GapReason.ACCESS_DENIED, said)}


@pytest.mark.parametrize("password", [PASSWORD, "Not-the-password"])
def test_a_word_that_takes_longer_than_a_connection_may_is_heard(
    serve: Serve, pki: Certificates, tmp_path: Path, password: str
) -> None:
    server, peer = serve(), Ponders(CORP, password=PASSWORD)
    with controllers({AT[DCS[0]]: peer}, pki.server.certificate, pki.server.key):
        evidence = run(way(pki, tmp_path, password, 1), WINDOWS)
    assert len(peer.binds) == 1
    assert read(evidence) == (set(TEN) if password == PASSWORD else set())
    assert bool(server.traffic.connections) is (password == PASSWORD)


@pytest.mark.parametrize("user", [USER, "svc"])
@pytest.mark.parametrize("dead", [0, 3])
def test_the_directory_alone_asks_no_second_controller(pki: Certificates, tmp_path: Path, user: str, dead: int) -> None:
    """Whether it is asked about the password before, or is the first to be sent it: a plain name is no domain's."""
    peers: dict[str, Controller] = {AT[name]: Closes(CORP) for name in DCS[dead:]}
    with controllers(peers, pki.server.certificate, pki.server.key):
        evidence = run(way(pki, tmp_path, "Not-the-password", len(DCS), user), DIRECTORY)
    assert binds(peers) == 1
    assert any("did not answer" in detail and "no further in this run" in detail for _, detail in causes(evidence))


@pytest.mark.parametrize("method", SIGN_IN)
@pytest.mark.parametrize("count", [3, 10])
def test_slow_machines_refuse_it_once(serve: Serve, pki: Certificates, tmp_path: Path, method: str, count: int) -> None:
    """They show themselves at once, and refuse after the patience with one whose password is known to be right."""
    server, how = serve(), impatient(access(pki, secret(tmp_path, "Not-the-password"), method))
    for name in NAMES[:count]:
        server.faults.set(name, Fault("delay", at="request", nth=SIGN_IN[method], seconds=0.7))
    evidence = collect(how, NAMES[:count])
    assert server.traffic.refused() == 1
    assert len(causes(evidence)) == 1


def test_slow_machines_beside_one_that_accepts_anything_refuse_it_four_times_at_most(
    serve: Serve, pki: Certificates, tmp_path: Path
) -> None:
    server, how = serve(), impatient(access(pki, secret(tmp_path, "Not-the-password")))
    account = how.logons.account(USER, "")
    with how.logons.turn(account, "Not-the-password", "hostile", time.monotonic() + 5) as turn:
        turn.accepted()
    for name in TEN:
        server.faults.set(name, Fault("delay", at="request", seconds=0.7))
    collect(how, TEN)
    assert 1 <= server.traffic.refused() <= 4


def test_slow_machines_that_accept_it_are_read(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    """One is tried, and then both others beside each other; none answers within the patience."""
    server, how, three = serve(), impatient(access(pki, secret(tmp_path, PASSWORD))), NAMES[:3]
    for name in three:
        server.faults.set(name, Fault("delay", at="request", nth=SIGN_IN["basic"], seconds=0.7))
    assert read(collect(how, three)) == set(three)


def test_the_second_machine_that_hangs_is_the_last_that_is_sent_it(pki: Certificates, tmp_path: Path) -> None:
    how = access(
        pki, secret(tmp_path, "Not-the-password"), limits=Limits(connect_timeout=2, host_deadline=6, concurrency=4)
    )
    with ExitStack() as all_of_them:
        hanging = [all_of_them.enter_context(odd(name, pki, shows=REFUSES)) for name in NAMES[:6]]
        evidence = collect(how, NAMES[:6])
    assert sum("authorization" in said.lower() for machine in hanging for said in machine.heard) == 2
    assert {gap.target for gap in evidence.gaps()} == set(NAMES[:6])


class Leaves(Odd):
    """Shows that it is there, ends that connection, and takes no other."""

    def serve(self) -> None:
        with suppress(OSError), self._context.wrap_socket(self._door.accept()[0], server_side=True) as talk:
            self.heard.append(talk.recv(65536).decode("latin-1"))
            self._door.close()
            talk.sendall(REFUSES.replace(b"Content-Length", b"Connection: close\r\nContent-Length"))

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


def test_who_can_be_reached_no_more_before_it_is_sent_anything_passes_the_turn_on(
    serve: Serve, pki: Certificates, tmp_path: Path
) -> None:
    gone, how = TEN[0], access(pki, secret(tmp_path, PASSWORD))
    serve(gone)
    with odd(gone, pki, kind=Leaves) as machine:
        collect(how, (gone,))
        assert len(machine.heard) == 1
        assert read(collect(how, TEN)) == set(TEN) - {gone}


@pytest.mark.parametrize("method", ["negotiate", "credssp"])
def test_who_closes_after_some_steps_of_a_sign_in_may_have_refused_it(
    serve: Serve, pki: Certificates, tmp_path: Path, method: str
) -> None:
    server = serve()
    for name in TEN:
        server.faults.set(name, Fault("close", at="request", nth=(4,)))
    evidence = collect(access(pki, secret(tmp_path, "Not-the-password"), method), TEN)
    assert sum(server.traffic.requests(name) >= 3 for name in TEN) == 2
    assert any("did not answer, and no controller" in detail for _, detail in causes(evidence))


def test_one_that_hangs_costs_itself_though_it_was_the_first_that_was_sent_it(
    serve: Serve, pki: Certificates, tmp_path: Path
) -> None:
    hangs, others = TEN[0], TEN[1:4]
    serve(hangs)
    how = access(pki, secret(tmp_path, PASSWORD), limits=Limits(connect_timeout=2, host_deadline=24, concurrency=32))
    with odd(hangs, pki, shows=REFUSES) as machine, ThreadPoolExecutor(1) as pool:
        first = pool.submit(collect, how, (hangs,))
        assert machine.sent.wait(20)
        assert read(collect(how, others)) == set(others)
        assert {gap.reason for gap in first.result().gaps()} == {GapReason.TIMEOUT}


def test_once_another_has_accepted_one_that_hangs_costs_itself(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    hangs = TEN[3]
    serve(hangs)
    how = access(pki, secret(tmp_path, PASSWORD), limits=Limits(connect_timeout=2, host_deadline=5, concurrency=32))
    assert read(collect(how, NAMES[:1])) == {NAMES[0]}
    with odd(hangs, pki, shows=REFUSES):
        evidence = collect(how, TEN)
    assert read(evidence) == set(TEN) - {hangs}
    assert {gap.reason for gap in evidence.gaps()} == {GapReason.TIMEOUT}
