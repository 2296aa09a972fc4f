"""The faults of the lab's WSMan endpoint: what a client gets, and that other machines never notice."""

from __future__ import annotations

import gc
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import ParseError

import pytest
import requests
from pypsrp.exceptions import AuthenticationError, WinRMTransportError, WSManFaultError
from pypsrp.powershell import PowerShell, RunspacePool

from lab.windows.wsman import Event, Listener, Output, PipelineRequest, ServerThread, Tls, loopback
from lab.windows.wsman.certificates import Certificates, Pair, make
from lab.windows.wsman.faults import CATALOGUE, Fault, FaultBook, hang_after
from lab.windows.wsman.loopback import HTTP, HTTPS, ask, connect, echo, outputs

# The client leaves a socket to the garbage collector when a peer resets it during the TLS handshake; the endpoint
# itself has none of that class.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")
BAD, GOOD = loopback.address(84, 1), loopback.address(84, 2)


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), [BAD, GOOD])


@pytest.fixture(autouse=True)
def leave_no_sockets_behind() -> Iterator[None]:
    yield
    gc.collect()


def both(pki: Certificates, **settings: Any) -> ServerThread:
    """Two machines in one server; faults are given to the one called "bad"."""
    tls = Tls(pki.server.certificate, pki.server.key, pki.ca)
    listeners = [
        Listener(where, port, security) for where in (BAD, GOOD) for port, security in ((HTTP, None), (HTTPS, tls))
    ]
    defaults: dict[str, Any] = {"listeners": listeners, "machines": {BAD: "bad", GOOD: "good"}}
    return loopback.serve(BAD, pki, **(defaults | settings))


PROMPT = [
    ("reset", requests.ConnectionError),
    ("close", requests.ConnectionError),
    ("unavailable", WinRMTransportError),
    ("forbidden", WinRMTransportError),
    ("not found", WinRMTransportError),
    ("error page", WSManFaultError),
    ("error text", WinRMTransportError),
    ("captive portal", ParseError),
    ("garbage", ParseError),
    ("access denied", WSManFaultError),
    ("shell quota", WSManFaultError),
    ("cut", requests.RequestException),
    ("kerberos only", (AuthenticationError, ValueError)),
]


@pytest.mark.parametrize("mode", ["basic-https", "ntlm-http"])
@pytest.mark.parametrize(("name", "raised"), PROMPT, ids=[name for name, _ in PROMPT])
def test_what_a_client_gets(pki: Certificates, name: str, raised: Any, mode: str) -> None:
    with both(pki, faults={"bad": [CATALOGUE[name]]}) as running:
        with pytest.raises(raised):
            ask(connect(BAD, pki, mode))
        assert ask(connect(GOOD, pki, mode)) == ["x"]
        running.server.faults.clear("bad")
        assert ask(connect(BAD, pki, mode)) == ["x"]


@pytest.mark.parametrize(("name", "code"), [("access denied", 5), ("shell quota", 2150859173)])
@pytest.mark.parametrize("at", ["Create", "Command", "Receive", "Delete"])
def test_wsman_faults_at_any_action(pki: Certificates, name: str, code: int, at: str) -> None:
    with both(pki, faults={"bad": [replace(CATALOGUE[name], at=at)]}):
        with pytest.raises(WSManFaultError) as fault:
            ask(connect(BAD, pki))
        assert fault.value.code == code


@pytest.mark.parametrize("kind", ["reset", "close", "cut"])
@pytest.mark.parametrize("mode", ["basic-https", "ntlm-http"])
def test_a_connection_lost_in_the_pipeline(pki: Certificates, kind: Any, mode: str) -> None:
    with both(pki, faults={"bad": [Fault(kind, at="Receive", nth=(3,))]}) as running, connect(BAD, pki, mode) as wsman:
        pool = RunspacePool(wsman)
        pool.open()
        with pytest.raises(requests.RequestException):
            PowerShell(pool).add_script("x").invoke()
        assert list(running.server.shells) == [str(pool.id).upper()]  # as on Windows: a shell outlives its connection


def test_an_answer_to_another_message(pki: Certificates) -> None:
    with both(pki, faults={"bad": [CATALOGUE["wrong relates-to"]]}), pytest.raises(Exception, match="related id"):
        ask(connect(BAD, pki, "ntlm-http"))


def test_other_schemes_offered(pki: Certificates) -> None:
    with both(pki, faults={"bad": [CATALOGUE["basic only"]]}) as running:
        with pytest.raises((AuthenticationError, ValueError)):
            ask(connect(BAD, pki, "ntlm-http"))
        assert running.server.traffic.count("401", "bad") == 1
        assert not running.server.traffic.refused_logons


LASTING = {
    "silent": CATALOGUE["silent"],
    "silent at a request": Fault("silent", at="request"),
    "hang": CATALOGUE["hang"],
    "drip": CATALOGUE["drip"],
    "delay": Fault("delay", at="request", seconds=3600),
    "hang in pipeline": CATALOGUE["hang in pipeline"],
    "hang at the end": Fault("silent", at="finish"),
    "endless progress": CATALOGUE["endless progress"],
    "delete hangs": Fault("silent", at="Delete"),
}


@pytest.mark.parametrize("mode", ["basic-https", "ntlm-http"])
@pytest.mark.parametrize("name", LASTING)
def test_a_fault_that_lasts_delays_no_other_machine(pki: Certificates, name: str, mode: str) -> None:
    with ThreadPoolExecutor(1) as thread:
        with both(pki, faults={"bad": [LASTING[name]]}):
            patient = {"read_timeout": 60, "connection_timeout": 60, "operation_timeout": 1, "reconnection_retries": 0}
            stuck: Future[list[Any]] = thread.submit(lambda: ask(connect(BAD, pki, mode, **patient)))
            assert [ask(connect(GOOD, pki, mode)) for _ in range(3)] == [["x"]] * 3
            assert not stuck.done()
        # Only the end of the server ends it.
        assert isinstance(
            stuck.exception(timeout=60), (requests.RequestException, WSManFaultError, WinRMTransportError)
        )


def test_what_came_before_the_hang_has_arrived(pki: Certificates) -> None:
    server = both(pki, answer=outputs("a", "b", "c"), faults={"bad": [hang_after(2)]})
    with server, connect(BAD, pki, operation_timeout=1) as wsman, RunspacePool(wsman) as pool:
        powershell = PowerShell(pool).add_script("x")
        powershell.begin_invoke()
        while len(powershell.output) < 2:
            powershell.poll_invoke()
        powershell.poll_invoke()
        assert powershell.output == ["a", "b"]
        powershell.stop()


def test_progress_without_end(pki: Certificates) -> None:
    server = both(pki, faults={"bad": [CATALOGUE["endless progress"]]})
    with server, connect(BAD, pki) as wsman, RunspacePool(wsman) as pool:
        powershell = PowerShell(pool).add_script("x")
        powershell.begin_invoke()
        while len(powershell.streams.progress) < 4:
            powershell.poll_invoke()
        assert powershell.output == []
        powershell.stop()


@pytest.mark.parametrize(
    ("pair", "says"),
    [("expired", "has expired"), ("wrong_name", "mismatch"), ("stranger", "unable to get local issuer")],
)
def test_bad_certificates(pki: Certificates, pair: str, says: str) -> None:
    bad: Pair = getattr(pki, pair)
    fault = Fault("certificate", at="connect", certificate=bad.certificate, key=bad.key)
    with both(pki, faults={"bad": [fault]}) as running:
        with pytest.raises(requests.exceptions.SSLError, match=says):
            ask(connect(BAD, pki))
        assert ask(connect(GOOD, pki)) == ["x"]
        running.server.faults.clear()
        assert ask(connect(BAD, pki)) == ["x"]


@pytest.mark.parametrize(("mode", "port"), [("basic-https", HTTP), ("basic-http", HTTPS)])
def test_the_wrong_port(pki: Certificates, mode: str, port: int) -> None:
    with both(pki), pytest.raises((requests.exceptions.SSLError, requests.ConnectionError)):
        ask(connect(BAD, pki, mode, port=port))


@pytest.mark.parametrize("mode", ["basic-https", "ntlm-http"])
def test_a_reboot_in_the_middle(pki: Certificates, mode: str) -> None:
    with both(pki, faults={"bad": [CATALOGUE["reboot"]]}) as running:
        with pytest.raises((requests.RequestException, WSManFaultError, WinRMTransportError)):
            ask(connect(BAD, pki, mode))
        assert not running.server.shells
        assert ask(connect(BAD, pki, mode)) == ["x"]


def test_a_reboot_while_others_work(pki: Certificates) -> None:
    both_run, rebooted = threading.Barrier(3, timeout=10), threading.Event()

    def wait(request: PipelineRequest) -> Iterator[Event]:
        both_run.wait()
        assert rebooted.wait(10)
        yield Output(request.host)

    with both(pki, answer=wait) as running, ThreadPoolExecutor(2) as threads:
        bad = threads.submit(lambda: ask(connect(BAD, pki)))
        good = threads.submit(lambda: ask(connect(GOOD, pki)))
        both_run.wait()
        running.call(running.server.reboot, "bad")
        rebooted.set()
        assert bad.exception(timeout=30) is not None
        assert good.result(timeout=30) == ["good"]
        assert running.server.traffic.connections["good"] == 1


@pytest.mark.parametrize("mode", ["basic-https", "negotiate-https"])
def test_a_connection_forgotten_between_requests_is_made_anew(pki: Certificates, mode: str) -> None:
    with both(pki) as running, connect(BAD, pki, mode) as wsman, RunspacePool(wsman) as pool:
        assert PowerShell(pool).add_script("one").invoke() == ["one"]
        running.call(running.server.drop_connections, "bad")
        assert PowerShell(pool).add_script("two").invoke() == ["two"]
        assert running.server.traffic.connections["bad"] == 2


def test_a_lost_answer_is_sent_again(pki: Certificates) -> None:
    """A client that gives up a long poll and asks again on a new connection misses nothing."""
    asked_again = threading.Event()

    def answer(_request: PipelineRequest) -> Iterator[Event]:
        yield Output("early")
        assert asked_again.wait(10)
        yield Output("late")

    with both(pki, answer=answer) as running:

        class Noticing(Counter[str]):
            def __setitem__(self, host: str, count: int) -> None:
                super().__setitem__(host, count)
                if count == 2:
                    asked_again.set()

        running.server.traffic.connections = Noticing()
        settings = {"operation_timeout": 30, "read_timeout": 1, "reconnection_backoff": 0.1}
        assert ask(connect(BAD, pki, **settings)) == ["early", "late"]


def test_a_fault_at_one_occurrence(pki: Certificates) -> None:
    with both(pki, faults={"bad": [Fault("http", at="Create", nth=(1,), status=503)]}):
        with pytest.raises(WinRMTransportError):
            ask(connect(BAD, pki))
        assert ask(connect(BAD, pki)) == ["x"]


def test_many_machines_some_broken(pki: Certificates) -> None:
    where = [loopback.address(85, number) for number in range(1, 61)]
    broken = {where[3]: CATALOGUE["reset"], where[7]: CATALOGUE["error text"], where[11]: CATALOGUE["access denied"]}
    settings: dict[str, Any] = {
        "listeners": [Listener(address, HTTP) for address in where],
        "faults": {address: [fault] for address, fault in broken.items()},
    }

    def one(address: str) -> object:
        try:
            return ask(connect(address, pki, "ntlm-http"))
        except (requests.RequestException, WinRMTransportError, WSManFaultError) as error:
            return error

    with loopback.serve(BAD, pki, echo, **settings), ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(one, where))
    assert [number for number, answer in enumerate(answers) if answer != ["x"]] == [3, 7, 11]


def test_many_machines_in_one_server(pki: Certificates) -> None:
    addresses = [loopback.address(83, number) for number in range(1, 41)]
    names = {address: f"hv{number:02}" for number, address in enumerate(addresses)}
    settings: dict[str, Any] = {"listeners": [Listener(address, HTTP) for address in addresses], "machines": names}
    answer = lambda request: iter([Output(request.host)])  # noqa: E731
    with loopback.serve(BAD, pki, answer, **settings), ThreadPoolExecutor(16) as threads:
        answers = threads.map(lambda address: ask(loopback.connect(address, pki, "ntlm-http")), addresses)
        assert list(answers) == [[name] for name in names.values()]


def test_faults_stand_only_where_they_can() -> None:
    for kind, at in (("certificate", "Create"), ("wsman", "connect"), ("drip", "request"), ("silent", "Enumerate")):
        with pytest.raises(ValueError, match="cannot stand"):
            Fault(kind, at=at)


def test_the_book_counts_from_when_a_fault_was_set() -> None:
    book = FaultBook({"a": [Fault("http", nth=(2,)), Fault("wsman", nth=(2, 3), code=5)]})
    kinds = [fault and fault.kind for fault in (book.match("a", "Create") for _ in range(4))]
    assert kinds == [None, "http", "wsman", None]
    assert book.match("b", "Create") is None
    book.set("a", Fault("cut", nth=(1,)))
    assert [book.match("a", "Create") is not None for _ in range(2)] == [True, False]
