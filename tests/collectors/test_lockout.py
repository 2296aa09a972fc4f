"""Fifty machines and one password: how often it is refused, as the machines count it; nobody's account is locked."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lab.windows.machine import Machine
from lab.windows.machine.state import parse
from lab.windows.runner import MachineRunner
from lab.windows.wsman import Listener, ServerThread, Tls, WsmanServer
from lab.windows.wsman.certificates import Certificates, make
from scanner.api import Check, Estate, Evidence, Gap, Severity, Subject, Verdict, View, Who, check, passed, scopes
from scanner.collect import rounds
from scanner.collect.windows import COLLECTOR
from scanner.estate.access import Access, DirectoryAccess, Limits, Names, SignIn
from scanner.estate.logons import Logons
from scanner.estate.secret import SecretSource
from scanner.estate.turns import REFUSED_HERE
from scanner.facts.host import ComputerSystem
from scanner.words.model import GapReason
from tests.collectors.conftest import ALL_SCHEMES, EXAMPLES, PASSWORD
from tests.transport.controllers_peer import Controller, controllers

COUNT = 50
NAMES = tuple(f"hv{number:02}.corp.example" for number in range(1, COUNT + 1))
NET = f"127.86.{os.getpid() % 250}"
ADDRESSES = {name: f"{NET}.{place}" for place, name in enumerate(NAMES, 1)}
NOBODY = f"{NET}.250"
USER = "svc@corp.example"
METHODS = ("basic", "negotiate", "credssp")
NO_KERBEROS = "[libdefaults]\ndns_lookup_kdc = false\ndns_lookup_realm = false\n"


@check(
    id="TST-01", title="Reads one fact", severity=Severity.INFO, who=Who.HOST, scope=scopes.HOST, seed="beyond seeds",
    needs=(ComputerSystem,), remedy="none",
)  # fmt: skip
def reads_one_fact(_host: Subject, _view: View) -> Verdict:
    return passed("read")


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), list(NAMES), client="admin")


@pytest.fixture(autouse=True)
def _no_kerberos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "krb5.conf").write_text(NO_KERBEROS)
    monkeypatch.setenv("KRB5_CONFIG", str(tmp_path / "krb5.conf"))


def secret(folder: Path, text: str) -> SecretSource:
    path = folder / f"secret-{len(list(folder.iterdir()))}"
    path.write_text(text, encoding="utf-8")
    return SecretSource(file=str(path))


Serve = Callable[..., WsmanServer]


def named(name: str) -> str:
    """The state of a machine that says this name."""
    text = (EXAMPLES / "hv01-2019.toml").read_text(encoding="utf-8")
    return text.replace('name = "hv01"', f'name = "{name.partition(".")[0]}"', 1)


@pytest.fixture
def serve(pki: Certificates) -> Iterator[Serve]:
    """Start the machines, but those left out, whose addresses a test takes itself."""
    running: list[ServerThread] = []
    runner = MachineRunner({name: Machine(parse(named(name)), Path()) for name in NAMES})

    def start(*left_out: str, **settings: Any) -> WsmanServer:
        tls = Tls(pki.server.certificate, pki.server.key, pki.ca)
        at = {name: address for name, address in ADDRESSES.items() if name not in left_out}
        defaults: dict[str, Any] = {
            "listeners": [Listener(address, 5986, tls) for address in at.values()],
            "machines": {address: name for name, address in at.items()},
            "users": {USER: PASSWORD},
            "auth": ALL_SCHEMES,
            "configurations": runner.configurations,
            "powershell_version": runner.powershell_version,
        }
        thread = ServerThread(WsmanServer(runner, **(defaults | settings)))
        thread.__enter__()
        running.append(thread)
        return thread.server

    yield start
    runner.stop()
    for thread in running:
        thread.__exit__()


def access(pki: Certificates, password: SecretSource, method: str = "basic", user: str = USER, **more: Any) -> Access:
    """Sign-ins of a domain account none of whose controllers can be asked."""
    directory = DirectoryAccess(
        controllers={"corp.example": ("dc1.corp.example",)},
        addresses={"dc1.corp.example": NOBODY},
        logons=Logons(("corp.example",), patience=2),
    )
    return Access(
        default=SignIn(method=method, user=user, password=password, ca=pki.ca),
        addresses=dict(ADDRESSES),
        directory=directory,
        names=Names(servers=(NOBODY,), lifetime=0.2),
        **({"limits": Limits(connect_timeout=2, host_deadline=30, concurrency=32)} | more),
    )


def collect(way: Access, names: tuple[str, ...] = NAMES) -> Evidence:
    wanted: tuple[Check, ...] = (reads_one_fact,)
    return rounds.collect(wanted, (COLLECTOR,), Estate(hosts=names, domains=("corp.example",)), way)


def read(evidence: Evidence) -> set[str]:
    return {name for name in NAMES if not isinstance(evidence.ask(ComputerSystem, name), Gap)}


def causes(evidence: Evidence) -> set[tuple[GapReason, str]]:
    return {(gap.reason, gap.detail) for gap in evidence.gaps()}


@pytest.mark.parametrize("method", METHODS)
def test_one_wrong_password_is_refused_once(serve: Serve, pki: Certificates, tmp_path: Path, method: str) -> None:
    server = serve()
    evidence = collect(access(pki, secret(tmp_path, "Not-the-password"), method))
    assert server.traffic.refused() == 1
    ((reason, detail),) = causes(evidence)
    assert reason is GapReason.ACCESS_DENIED
    assert any(f"{name} refused the sign-in of {USER}" in detail for name in NAMES)
    assert "no controller of its domain could be asked" in detail
    assert "used no further in this run" in detail
    assert {gap.target for gap in evidence.gaps()} == set(NAMES)


@pytest.mark.parametrize("method", METHODS)
def test_the_right_password_reads_all(serve: Serve, pki: Certificates, tmp_path: Path, method: str) -> None:
    server = serve()
    assert read(collect(access(pki, secret(tmp_path, PASSWORD), method))) == set(NAMES)
    assert server.traffic.refused() == 0
    if method == "basic":  # some showed first that they are there; the others were asked as ever
        assert 1 <= server.traffic.count("401") <= 10


def test_a_second_round_and_another_protocol_use_it_no_more(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    server = serve()
    way = access(pki, secret(tmp_path, "Not-the-password"))
    collect(way)
    connections = sum(server.traffic.connections.values())
    collect(replace(way, default=replace(way.default, method="negotiate", user="CORP\\SVC")))
    assert server.traffic.refused() == 1
    assert sum(server.traffic.connections.values()) == connections


def test_two_passwords_for_one_account_end_with_its_first_refusal(
    serve: Serve, pki: Certificates, tmp_path: Path
) -> None:
    server = serve()
    way = access(pki, secret(tmp_path, "Not-the-password"))
    other = replace(way.default, password=secret(tmp_path, "Nor-is-this"), user="corp\\svc")
    collect(replace(way, sign_ins=dict.fromkeys(NAMES[::2], other)))
    assert server.traffic.refused() == 1


def test_a_plain_name_is_told_how_to_be_one_of_each_machine(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    """As said, and as it then works: one machine of another password costs itself alone."""
    serve(users={".\\svc": PASSWORD})
    way = access(pki, secret(tmp_path, PASSWORD))
    plain = replace(way, default=replace(way.default, user="svc"))
    ((_, detail),) = causes(collect(plain))
    assert detail.endswith("write user = '.\\svc'")
    local = replace(way.default, user=".\\svc")
    (tmp_path / "other").mkdir()
    stale = replace(local, password=secret(tmp_path / "other", "stale"))
    evidence = collect(replace(way, default=local, sign_ins={NAMES[3]: stale}))
    assert {gap.target for gap in evidence.gaps() if gap.detail == REFUSED_HERE} == {NAMES[3]}
    assert sum(info.answered > 0 for info in evidence.targets()) == len(NAMES) - 1


def test_local_accounts_are_each_their_own(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    ten = NAMES[:10]
    users = {f"{name.split('.')[0]}\\x": f"Passw0rd-of-{name}" for name in ten}
    server = serve(users=users)
    way = access(pki, secret(tmp_path, PASSWORD))
    own = {
        name: replace(way.default, user=user.upper(), password=secret(tmp_path, word if name != ten[3] else "stale"))
        for name, (user, word) in zip(ten, users.items(), strict=True)
    }
    evidence = collect(replace(way, sign_ins=own), ten)
    assert read(evidence) == set(ten) - {ten[3]}
    assert server.traffic.refused() == 1
    assert causes(evidence) == {(GapReason.ACCESS_DENIED, "the sign-in was refused; it is not tried again")}


class Odd:
    """A machine that takes connections, notes what it is told, and answers as it is made to."""

    def __init__(self, name: str, pki: Certificates, answer: bytes, shows: bytes) -> None:
        self.heard: list[str] = []
        self.sent = threading.Event()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(pki.server.certificate, pki.server.key)
        self._door, self._answer = socket.create_server((ADDRESSES[name], 5986), backlog=64), answer
        self._shows = shows

    def serve(self) -> None:
        held: list[ssl.SSLSocket] = []
        while True:
            try:
                client, _ = self._door.accept()
                talk = self._context.wrap_socket(client, server_side=True)
                held.append(talk)
                while data := talk.recv(65536):
                    self.heard.append(data.decode("latin-1"))
                    signs_in = b"\r\nauthorization:" in data.lower()
                    if signs_in:
                        self.sent.set()
                    answer = self._answer if signs_in else self._shows
                    if not answer:
                        break
                    talk.sendall(answer)
            except ssl.SSLError:
                continue
            except OSError:
                if self._door.fileno() < 0:
                    break
        for talk in held:
            talk.close()

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


@contextmanager
def odd(
    name: str, pki: Certificates, answer: bytes = b"", shows: bytes | None = None, kind: type[Odd] = Odd
) -> Iterator[Odd]:
    """A machine that says the same to everybody, but to who has no password as told; nothing unless told otherwise."""
    machine = kind(name, pki, answer, answer if shows is None else shows)
    thread = threading.Thread(target=machine.serve)
    thread.start()
    try:
        yield machine
    finally:
        machine.close()
        thread.join()


REFUSES = b'HTTP/1.1 401 \r\nWWW-Authenticate: Basic realm="WSMAN"\r\nContent-Length: 0\r\n\r\n'


def test_who_does_not_answer_passes_the_turn_on_unsent(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    """One takes the connection and is silent, one refuses it: both come first."""
    silent, closed = NAMES[:2]
    serve(silent, closed)
    with odd(silent, pki) as machine:
        evidence = collect(access(pki, secret(tmp_path, PASSWORD), limits=Limits(connect_timeout=2, concurrency=4)))
    assert read(evidence) == set(NAMES) - {silent, closed}
    assert len(machine.heard) == 1
    assert "authorization" not in machine.heard[0].lower()
    assert {gap.target: gap.reason for gap in evidence.gaps()} == {
        silent: GapReason.TIMEOUT, closed: GapReason.UNREACHABLE,
    }  # fmt: skip


def test_a_silent_controller_costs_no_machine_its_time(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    """It is asked, and given up, before any machine is: their deadlines have not begun."""
    server, connections = serve(), []
    with socket.create_server((NOBODY, 636)) as door:

        def silent() -> None:
            client, _ = door.accept()
            client.settimeout(0.05)
            heard = b"one"
            with client:
                while heard:
                    now = sum(server.traffic.connections.values())
                    try:
                        heard = client.recv(65536)
                    except TimeoutError:  # it is still waited for, and was when that was counted
                        connections.append(now)

        thread = threading.Thread(target=silent)
        thread.start()
        evidence = collect(access(pki, secret(tmp_path, PASSWORD)))
        thread.join()
    assert read(evidence) == set(NAMES)
    assert set(connections) == {0}


def test_verify_false_where_no_certificate_counts_gives_no_password_away(
    serve: Serve, pki: Certificates, tmp_path: Path
) -> None:
    """[directory] is sealed by Kerberos and no output calls it unverified; the machines' certificates are verified."""
    serve()
    impostor = Controller("corp.example")
    way = access(pki, secret(tmp_path, PASSWORD))
    way = replace(way, directory=replace(way.directory, verify=False))
    with controllers({NOBODY: impostor}, pki.server.certificate, pki.server.key):
        evidence = collect(way)
    assert NAMES[0] in read(evidence)
    assert impostor.binds == []


def test_one_that_refuses_all_blinds_nobody_once_another_has_accepted(
    serve: Serve, pki: Certificates, tmp_path: Path
) -> None:
    hostile = NAMES[7]
    serve(hostile)
    way = access(pki, secret(tmp_path, PASSWORD))
    assert read(collect(way, NAMES[:1])) == {NAMES[0]}
    with odd(hostile, pki, REFUSES):
        evidence = collect(way)
    assert read(evidence) == set(NAMES) - {hostile}
    assert causes(evidence) == {(GapReason.ACCESS_DENIED, "the sign-in was refused; it is not tried again")}


def test_one_that_accepts_anything_locks_nobody_out(serve: Serve, pki: Certificates, tmp_path: Path) -> None:
    """It vouches for a wrong password: as many are tried beside it as it is worth."""
    server = serve()
    logons = access(pki, secret(tmp_path, "Not-the-password")).logons
    way = access(pki, secret(tmp_path, "Not-the-password"))
    way = replace(way, directory=replace(way.directory, logons=logons))
    with logons.turn(logons.account(USER, ""), "Not-the-password", "hostile", float("inf")) as turn:
        turn.accepted()
    collect(way)
    assert server.traffic.refused() == 2
