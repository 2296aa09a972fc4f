"""Makes the machines' half of the practice records anew, without root: their states, read over loopback endpoints.

The directory's half, the key files and the probes of the second round need the whole lab (``python -m lab record``);
here they are kept as they stand in the record, and so are its times: the machines' clocks stand where the record says
that they stood. So a record that is made anew of the same states is the same file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from lab import practice
from lab.windows.machine import Machine
from lab.windows.machine import read as read_state
from lab.windows.machine.state import State
from lab.windows.runner import MachineRunner
from lab.windows.wsman import Listener, ServerThread, Tls, WsmanServer
from lab.windows.wsman.certificates import make
from scanner import plugins
from scanner.collect import rounds, windows
from scanner.estate.access import Access, SignIn
from scanner.estate.read import read
from scanner.estate.secret import SecretSource
from scanner.facts.base import WindowsFact
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.kerberos import HostClock
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe
from scanner.hooks import Collector, Task
from scanner.judge import judging, tally
from scanner.judge.identity import NEEDS
from scanner.record import record
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.intake import Intake
from scanner.words.model import Fact, Gap, GapReason, Severity, Status, key_of

RECORDS = {
    "broken": (practice.ROOT / "scanner" / "data" / "practice.hvp", 1),
    "good": (practice.ROOT / "tests" / "data" / "good.hvp", 0),
}
"""Where the record of an estate is kept, and the exit code of judging it."""
RUNNER = "practice"
"""The records' runner, which says what they are."""
ADDRESSES = f"127.{os.getpid() % 200 + 20}.{os.getpid() // 200 % 250}."
"""Loopback addresses of this process alone."""
ON_THE_WIRE: tuple[type[WindowsFact], ...] = (EndpointProbe, Neighbour)
"""Facts that need the networks of the whole lab."""
USER, PASSWORD = "reader", "practice-of-the-records"
Change = Callable[[State], State]
"""Makes another machine of one."""
UP_FOR = timedelta(days=9, hours=5)
"""How long a machine of whose start the record knows nothing has been up."""


def anew(name: str, change: Change = lambda state: state, configuration: str = "") -> bytes:
    """The record of an estate with its machines, changed so, read anew; nothing is sent but to loopback endpoints.

    With the name of a session configuration that the machines have, they are asked there, by commands. Of an estate
    that has no record nothing but its machines is known.
    """
    offer = plugins.load(third_party=False)
    old = record.load(RECORDS[name][0].read_bytes(), offer.facts) if name in RECORDS else _blank(name)
    with tempfile.TemporaryDirectory(prefix="records-") as folder, _served(name, old, Path(folder), change) as way:
        estate, access = way
        if configuration:
            ways = {name: replace(sign_in, configuration=configuration) for name, sign_in in access.sign_ins.items()}
            access = replace(access, sign_ins=ways)
        before = _Before(old, frozenset(access.addresses))
        new = rounds.collect(offer.checks, before.collectors, estate, access)
    return record.dump(before.joined(new, {key_of(fact): fact for fact in (*NEEDS, *offer.facts)}))


def _blank(name: str) -> Evidence:
    """A record in which nothing is read; always the same."""
    with tempfile.TemporaryDirectory(prefix="records-") as folder:
        (Path(folder) / "ca.pem").touch()
        estate = read(Path(shutil.copy(practice.ESTATES / name / "estate.toml", folder))).estate
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Evidence(estate, at, at, "", RUNNER)


def doubts(name: str, data: bytes) -> list[str]:
    """The findings for which the record does not judge as its estate must; none where it does."""
    offer = plugins.load(third_party=False)
    findings = judging.judge(offer.checks, record.load(data, offer.facts))
    if tally.decide(tally.tallied(findings, Severity.LOW)) == RECORDS[name][1]:
        return []
    shown = [f for f in findings if f.status in (Status.FAIL, Status.ERROR, Status.UNKNOWN)]
    return [f"{name}: {f.check} {f.subject.id}: {f.status} {f.note or f.seen}" for f in shown]


def keep(name: str, data: bytes) -> Path:
    """Put an estate's record where it is kept."""
    path = RECORDS[name][0]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


@contextmanager
def _served(name: str, old: Evidence, folder: Path, change: Change) -> Generator[tuple[Estate, Access]]:
    """The estate, and how its machines are reached while they are served."""
    served = dict(machines(name, old, change))
    pki = make(folder, tuple(served))
    declared = read(Path(shutil.copy(practice.ESTATES / name / "estate.toml", folder)))
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    (folder / "password").chmod(0o600)
    password = SecretSource(file=str(folder / "password"))
    addresses = {machine: f"{ADDRESSES}{number}" for number, machine in enumerate(served, 1)}
    runner, tls = MachineRunner(served), Tls(pki.server.certificate, pki.server.key, pki.ca)
    server = WsmanServer(
        runner,
        listeners=[Listener(address, 0, tls) for address in addresses.values()],
        machines={address: machine for machine, address in addresses.items()},
        users={USER: PASSWORD},
        auth=["basic"],
        configurations=runner.configurations,
        powershell_version=runner.powershell_version,
    )
    with ServerThread(server) as thread:
        way = SignIn(method="basic", user=USER, password=password, ca=pki.ca)
        ports = dict(thread.addresses)
        ways = {machine: replace(way, port=ports[address]) for machine, address in addresses.items()}
        yield declared.estate, Access(sign_ins=ways, addresses=addresses, folder=folder)
        runner.stop()


def machines(name: str, old: Evidence, change: Change = lambda state: state) -> Iterator[tuple[str, Machine]]:
    """The machines of an estate by name, their clocks where the record says that they stood."""
    for file in practice.MachineFile.all_of(name):
        machine = Machine(change(read_state(file.path)), file.path.parent)
        told = old.ask(OperatingSystem, file.dns_name)
        row = None if isinstance(told, Gap) else told[0]
        clock = row.local_date_time if row else old.started
        booted = row.last_boot if row else None
        machine.state = msgspec.structs.replace(
            machine.state,
            clock=clock - timedelta(seconds=machine.state.clock_offset),
            booted=booted or clock - UP_FOR,
        )
        yield file.dns_name, machine


@dataclass(frozen=True)
class _Before:
    """The record as it was, and which machines are read anew."""

    record: Evidence
    machines: frozenset[str]

    @property
    def collectors(self) -> tuple[Collector, ...]:
        """One that reads the machines, and one that knows what else the record holds."""
        kinds = windows.COLLECTOR.kinds
        reads = replace(windows.COLLECTOR, provides=_is_read, collect=self._read, prepare=None)
        return reads, Collector(
            name="kept", kinds=kinds | {"domain", "key-file"}, provides=lambda _fact: True, collect=self._keep
        )

    def _read(self, task: Task, access: Access) -> None:
        if task.target in self.machines:
            windows.collect(task, access)
            return
        why = self.record.ask(ComputerSystem, task.target)  # a host without a machine: for one reason, nothing is had
        if isinstance(why, Gap):
            for fact in task.facts:
                task.evidence.miss(fact, task.target, why.reason, why.detail)

    def _keep(self, task: Task, _access: Access) -> None:
        for fact in task.facts:
            _copy(self.record, task.evidence, fact, task.target, at=datetime.now(UTC))  # an old one would not count

    def joined(self, new: Evidence, facts: dict[str, type[Fact]]) -> Evidence:
        """What was read, at the times at which it was read before, and what only the record has."""
        old = self.record
        made = Evidence(new.estate, old.started, old.finished, new.version, RUNNER)
        for name, target in _known(new):
            if facts[name] is HostClock and not old.has(HostClock, target):
                continue  # machines stand at the record's time, and were read today
            _copy(old if facts[name] is HostClock else new, made, facts[name], target, times=old)
        asked = {*made.estate.machines}
        for name, target in _known(old):
            if target not in asked and name in facts and not made.has(facts[name], target):
                _copy(old, made, facts[name], target)
        told = {info.name: info for info in old.targets()}
        for info in new.targets():
            kept = sum(made.has(fact, info.name) for fact in ON_THE_WIRE)
            words = {"queries": info.queries + kept, "answered": info.answered + kept}
            told[info.name] = replace(told.get(info.name, info), **words)
        for info in told.values():
            made.note(info)
        made.close()
        return made


def _known(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    gaps = ((gap.fact, gap.target) for gap in evidence.gaps())
    return (*(answer.key for answer in evidence.answers()), *gaps)


def _is_read(fact: type[Fact]) -> bool:
    return (issubclass(fact, WindowsFact) and fact not in ON_THE_WIRE) or fact is HostClock


def _copy(
    source: Evidence,
    to: Intake,
    fact: type[Fact],
    target: str,
    times: Evidence | None = None,
    at: datetime | None = None,
) -> None:
    """Put what one record knows of a fact into another."""
    rows, answer = source.ask(fact, target), source.answer(fact, target)
    if isinstance(rows, Gap) or answer is None:
        why = rows if isinstance(rows, Gap) else Gap(key_of(fact), target, GapReason.NOT_COLLECTED)
        to.miss(fact, target, why.reason, why.detail)
        return
    at = at or answer.at
    if times is not None:
        known = times.answer(fact, target) or times.answer(ComputerSystem, target)
        at = known.at if known else times.started
    to.put(fact, target, rows, query=answer.query, at=at)
