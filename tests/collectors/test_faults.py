"""Whatever a machine does wrong: the right reason, in time, nothing lost that had arrived, and neighbours unharmed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from lab.windows.wsman import CATALOGUE, Event, Fault, Output, PipelineRequest, hang_after
from scanner.estate.access import Access, Limits, SignIn
from scanner.estate.secret import SecretSource
from scanner.facts.host import ComputerSystem, OperatingSystem, Service
from scanner.facts.hyperv import MigrationSettings
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason

FACTS = (ComputerSystem, MigrationSettings)
ALL = (OperatingSystem, Service, *FACTS)
SECONDS = 6.0
HOST, NEIGHBOUR = "hv01.corp.example", "hv11.corp.example"
UNREACHABLE, DENIED, TIMEOUT = GapReason.UNREACHABLE, GapReason.ACCESS_DENIED, GapReason.TIMEOUT
UNPARSABLE, LEFT_OUT = GapReason.UNPARSABLE, GapReason.NOT_COLLECTED

EXPECTED = {
    "silent": (TIMEOUT, "took the connection"),
    "reset": (UNREACHABLE, "closed the connection"),
    "close": (UNREACHABLE, "closed the connection"),
    "hang": (TIMEOUT, "not done within 6 s"),
    "hang in pipeline": (TIMEOUT, "not done within 6 s"),
    "endless progress": (TIMEOUT, "not done within 6 s"),
    "drip": (TIMEOUT, "not done within 6 s"),
    "cut": (UNREACHABLE, "in the middle of an answer"),
    "unavailable": (UNREACHABLE, "HTTP 503"),
    "forbidden": (DENIED, "HTTP 403"),
    "not found": (UNREACHABLE, "HTTP 404"),
    "error page": (UNPARSABLE, "no WS-Management"),
    "error text": (UNREACHABLE, "HTTP 500"),
    "captive portal": (UNPARSABLE, "no WS-Management"),
    "garbage": (UNPARSABLE, "no WS-Management"),
    "access denied": (DENIED, "WSMan fault 5"),
    "shell quota": (LEFT_OUT, "quota of sessions"),
    "wrong relates-to": (UNPARSABLE, "breaks the protocol"),
    "kerberos only": (DENIED, "other ways to sign in"),
    "basic only": (DENIED, "other ways to sign in"),
    "reboot": (UNREACHABLE, "closed the connection"),
}


def gaps(evidence: Evidence, target: str = HOST) -> set[tuple[GapReason, str]]:
    return {(gap.reason, gap.detail) for gap in evidence.gaps() if gap.target == target}


def whole(evidence: Evidence, target: str) -> bool:
    return all(not isinstance(evidence.ask(fact, target), Gap) for fact in ALL)


def test_every_fault_of_the_catalogue_is_expected() -> None:
    assert EXPECTED.keys() == CATALOGUE.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_every_fault_has_its_reason_and_harms_nobody_else(serve: Callable[..., Any], name: str) -> None:
    bench = serve(CATALOGUE[name])
    method = "negotiate" if name == "basic only" else "basic"
    access = bench.access(method=method, limits=Limits(connect_timeout=1))
    with ThreadPoolExecutor(2) as pool:
        other = pool.submit(bench.read, FACTS, access, target=NEIGHBOUR)
        evidence = bench.read(FACTS, access, seconds=SECONDS)
        assert whole(other.result(), NEIGHBOUR)
    reason, words = EXPECTED[name]
    assert len(evidence.gaps()) == len(ALL)
    ((told, detail),) = gaps(evidence)
    assert told is reason
    assert words in detail
    assert len(detail) <= 300
    assert evidence.target(HOST).answered == 0
    assert evidence.target(HOST).queries == len(ALL)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (hang_after(3), TIMEOUT),
        (Fault("progress", at="output", nth=(4,), seconds=0.2), TIMEOUT),
        (Fault("silent", at="finish"), TIMEOUT),
    ],
)
def test_what_arrived_before_a_machine_hung_is_kept(serve: Callable[..., Any], fault: Fault, reason: GapReason) -> None:
    evidence = serve(fault).read(FACTS, seconds=SECONDS)
    assert len(evidence.ask(OperatingSystem, HOST)) == 1
    assert len(evidence.ask(Service, HOST)) > 1
    left = gaps(evidence)
    assert {told for told, _ in left} <= {reason}
    assert evidence.target(HOST).answered == len(ALL) - len(evidence.gaps()) >= 3
    assert bool(left) is (fault.at == "output")


def test_a_machine_that_restarts_keeps_what_arrived(serve: Callable[..., Any]) -> None:
    """It goes down once its first answer is in the evidence."""
    down = threading.Event()
    row = '{"LocalDateTime":"/Date(1700000000000)/","BuildNumber":"17763","Version":"10.0","ProductType":3}'

    class Restarting:
        def run(self, _request: PipelineRequest) -> Iterator[Event]:
            yield Output('{"query":"OperatingSystem","rows":[' + row + '],"errors":[]}')
            down.wait(20)

    bench = serve(runner=Restarting())
    evidence = Evidence(Estate(), started=datetime.now(UTC), finished=datetime.now(UTC))
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(bench.read, FACTS, evidence=evidence)
        while not evidence.has(OperatingSystem, HOST):
            assert not reading.done()
            down.wait(0.01)
        bench.call(bench.server.reboot, HOST)
        reading.result()
        down.set()
    assert len(evidence.ask(OperatingSystem, HOST)) == 1
    assert {told for told, _ in gaps(evidence)} == {UNREACHABLE}


def test_a_wrong_password_is_tried_once(serve: Callable[..., Any], tmp_path: Any) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("Not-the-password")
    bench = serve()
    for method, transport in (("basic", "https"), ("negotiate", "https"), ("negotiate", "http")):
        bench.server.traffic.refused_logons.clear()
        access = bench.access(method=method, transport=transport, password=SecretSource(file=str(wrong)))
        evidence = bench.read(FACTS, access)
        ((reason, detail),) = gaps(evidence)
        assert reason is DENIED
        assert "the account is used no further" in detail
        assert sum(bench.server.traffic.refused_logons.values()) == 1
        assert "Not-the-password" not in repr(evidence)


@pytest.mark.parametrize(
    ("certificate", "words"),
    [("expired", "expired"), ("wrong_name", "not valid for"), ("stranger", "unable to get local issuer")],
)
def test_a_certificate_that_is_not_accepted_says_why(
    serve: Callable[..., Any], pki: Any, certificate: str, words: str
) -> None:
    pair = getattr(pki, certificate)
    bench = serve(Fault("certificate", at="connect", certificate=pair.certificate, key=pair.key))
    ((reason, detail),) = gaps(bench.read(FACTS))
    assert reason is UNREACHABLE
    assert words in detail
    assert whole(bench.read(FACTS, bench.access(verify=False)), HOST)


def test_tls_where_there_is_none(serve: Callable[..., Any]) -> None:
    bench = serve()
    ((reason, detail),) = gaps(bench.read(FACTS, bench.access(port=5985), seconds=SECONDS))
    assert (reason, "TLS" in detail) == (UNREACHABLE, True)


def test_an_unknown_session_configuration(serve: Callable[..., Any]) -> None:
    bench = serve()
    ((reason, detail),) = gaps(bench.read(FACTS, bench.access(configuration="Missing")))
    assert (reason, detail.startswith("there is no such session configuration")) == (GapReason.NOT_INSTALLED, True)


def test_a_port_nobody_listens_on(serve: Callable[..., Any]) -> None:
    bench = serve()
    ((reason, detail),) = gaps(bench.read(FACTS, bench.access(port=1)))
    assert (reason, detail) == (UNREACHABLE, "1 refused the connection: is WinRM listening there?")


@contextmanager
def full_backlog() -> Iterator[int]:
    """A port that drops what knocks: its queue is full and nobody accepts."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as door:
        knocking = [socket.socket() for _ in range(4)]
        for one in knocking:
            one.setblocking(False)
            one.connect_ex(door.getsockname())
        yield door.getsockname()[1]
        for one in knocking:
            one.close()


def test_a_port_that_drops(serve: Callable[..., Any]) -> None:
    bench = serve()
    with full_backlog() as port:
        access = Access(
            default=SignIn(method="basic", user="admin", password=bench.password, port=port),
            addresses={HOST: "127.0.0.1"},
            limits=Limits(connect_timeout=1),
        )
        ((reason, detail),) = gaps(bench.read(FACTS, access, seconds=SECONDS))
    assert reason is UNREACHABLE
    assert detail == f"no answer on {port} within 1 s (dropped, not refused: a firewall?)"


@pytest.mark.parametrize("method", ["basic", "certificate"])
def test_nothing_is_sent_in_clear_text(serve: Callable[..., Any], method: str) -> None:
    bench = serve()
    ((reason, detail),) = gaps(bench.read(FACTS, bench.access(method=method, transport="http")))
    assert reason is LEFT_OUT
    assert "would not be encrypted" in detail
    assert not bench.server.traffic.connections
