"""Practice machines behind real endpoints on loopback, and a way to read them as the engine does."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lab.windows.machine import Machine
from lab.windows.runner import MachineRunner
from lab.windows.wsman import Fault, Listener, Runner, ServerThread, Tls, WsmanServer
from lab.windows.wsman.certificates import Certificates, make
from scanner.api import Severity, Subject, Verdict, View, Who, check, passed, scopes
from scanner.collect.threads import GRACE
from scanner.collect.windows import COLLECTOR
from scanner.estate.access import Access, Limits, SignIn
from scanner.estate.secret import SecretSource
from scanner.facts.base import WindowsFact
from scanner.facts.directory import DomainInfo
from scanner.facts.host import ComputerSystem
from scanner.hooks import Task
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from tests.bounded import within

HOST, NEIGHBOUR = "hv01.corp.example", "hv11.corp.example"
ADDRESSES = {name: f"127.84.{os.getpid() % 250}.{place}" for place, name in enumerate((HOST, NEIGHBOUR), 1)}
PASSWORD = "Passw0rd-of-the-lab!"
EXAMPLES = Path(__file__).parents[2] / "lab" / "windows" / "machine" / "examples"
ALL_SCHEMES = ("negotiate", "kerberos", "ntlm", "credssp", "basic", "certificate")


@check(
    id="TST-02", title="Reads a machine and its domain", severity=Severity.INFO, who=Who.HOST,
    scope=scopes.HOST, seed="beyond seeds",
    needs=(ComputerSystem, DomainInfo), remedy="none",
)  # fmt: skip
def reads_machine_and_domain(_host: Subject, _view: View) -> Verdict:
    return passed("read")


class Bench:
    """Two machines that run, how to sign in to them, and what was read."""

    def __init__(self, pki: Certificates, thread: ServerThread, password: Path) -> None:
        self.pki, self.server, self.call = pki, thread.server, thread.call
        self.password = SecretSource(file=str(password))

    def access(self, *, limits: Limits | None = None, answers: Path | None = None, **sign_in: Any) -> Access:
        """Access to both machines; basic over TLS unless said otherwise."""
        defaults: dict[str, Any] = {"method": "basic", "user": "admin", "password": self.password, "ca": self.pki.ca}
        way = SignIn(**(defaults | sign_in))
        limits = limits or Limits(connect_timeout=5)
        return Access(default=way, addresses=dict(ADDRESSES), limits=limits, answers=answers)

    def read(
        self,
        facts: tuple[type[WindowsFact], ...],
        access: Access | None = None,
        *,
        target: str = HOST,
        seconds: float = 30,
        evidence: Evidence | None = None,
        arguments: Mapping[type[WindowsFact], tuple[str, ...]] | None = None,
    ) -> Evidence:
        """Read facts of one machine; it must be done by the deadline the task was given."""
        evidence = evidence or Evidence(Estate(), started=datetime.now(UTC), finished=datetime.now(UTC))
        task = Task(
            target=target,
            kind="host",
            facts=facts,
            arguments=dict(arguments or {}),
            evidence=evidence,
            deadline=time.monotonic() + seconds,
        )
        within(seconds + GRACE, lambda: COLLECTOR.collect(task, access or self.access()))
        return evidence


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Certificates of the machines, by name only: their addresses are not in them."""
    return make(tmp_path_factory.mktemp("pki"), [HOST, NEIGHBOUR], client="admin")


@pytest.fixture
def machines() -> dict[str, Machine]:
    """A healthy host of 2019, and a neighbour like it."""
    return {name: Machine.load(EXAMPLES / "hv01-2019.toml") for name in (HOST, NEIGHBOUR)}


@pytest.fixture
def serve(pki: Certificates, machines: dict[str, Machine], tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    """Start the endpoints; settings of the server by name."""
    running: list[ServerThread] = []
    runners: list[MachineRunner] = []
    password = tmp_path / "password"
    password.write_text(PASSWORD)

    def start(*faults: Fault, runner: Runner | None = None, **settings: Any) -> Bench:
        known = MachineRunner(machines)
        runners.append(known)
        tls = Tls(pki.server.certificate, pki.server.key, pki.ca)
        defaults: dict[str, Any] = {
            "listeners": [
                listener
                for address in ADDRESSES.values()
                for listener in (Listener(address, 5985), Listener(address, 5986, tls))
            ],
            "machines": {address: name for name, address in ADDRESSES.items()},
            "users": {"admin": PASSWORD},
            "auth": ALL_SCHEMES,
            "configurations": known.configurations,
            "powershell_version": known.powershell_version,
            "faults": {HOST: faults},
        }
        thread = ServerThread(WsmanServer(runner or known, **(defaults | settings)))
        thread.__enter__()
        running.append(thread)
        return Bench(pki, thread, password)

    yield start
    for known in runners:
        known.stop()
    for thread in running:
        thread.__exit__()
