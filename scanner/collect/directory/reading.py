"""Reads a domain: its facts from the first controller that answers, computer accounts from every one when compared."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from scanner.collect.directory.accounts import accounts
from scanner.collect.directory.catalogue import read_catalogue
from scanner.collect.directory.controllers import Domain, Opened
from scanner.collect.directory.kerberos import clock
from scanner.collect.directory.racing import first
from scanner.collect.directory.rows import READERS, Reader
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.estate.access import Access
from scanner.facts.delegation import ServiceName
from scanner.facts.directory import ComputerAccount, DirectoryServer, DomainController
from scanner.facts.kerberos import ControllerClock
from scanner.facts.operator import OperatorAccount
from scanner.hooks import Task
from scanner.words.model import Fact, Gap, GapReason, TargetKind
from scanner.words.source import TargetInfo

AT_ONCE = 32
"""controllers of a domain asked side by side"""
MARGIN = 0.5
"""seconds before the deadline by which a controller must have answered, to leave time to say that it did not"""
UNREAD, OF_EACH = "not read", (ComputerAccount, ControllerClock)
"""how nobody was read, and what each controller is asked for"""


def collect(task: Task, access: Access) -> None:
    """Read the wanted facts of the domain ``task.target``; whatever fails becomes a gap."""
    reading = _Reading(task, Domain(task.target, access, task.deadline - MARGIN))
    reading.read()
    reading.note_unheard()


@dataclass(slots=True)
class _Reading:
    task: Task
    domain: Domain
    began: float = field(default_factory=time.monotonic)
    compared: tuple[str, ...] = ()
    """the controllers that were to be asked one by one"""
    heard: set[str] = field(default_factory=set[str])
    """the domain and the controllers of whom it is noted how they were read"""

    def read(self) -> None:
        """Read all that is wanted."""
        task = self.task
        try:
            names = self.domain.controllers()
        except DirectoryError as error:
            self.miss(task.facts, error)
            return
        if DomainController in task.facts:
            rows = [DomainController(name, task.target) for name in names]
            how = "named by the estate" if self.domain.named else "SRV _ldap._tcp.dc._msdcs"
            task.evidence.put(DomainController, task.target, rows, query=how, at=datetime.now(UTC))
        self.facts(names)
        if ServiceName in task.facts:
            read_catalogue(task, self.domain, names)
        if DomainController in task.facts:
            names = (*names, *self.unlisted(names))
            self.compared = tuple(name for name in names if not task.evidence.has(ComputerAccount, name))
            self.each(self.compared)

    def note_unheard(self) -> None:
        """Note those, too, for whom nobody answered: a report without them would look as if nobody had been asked."""
        silent = self.task.target not in self.heard
        if silent and any(isinstance(self.task.evidence.ask(fact, self.task.target), Gap) for fact in self.task.facts):
            self._note(self.task.target, TargetKind.DOMAIN, self.began)
        named = (name for name in self.domain.named if silent or name in self.domain.failures)
        for name in dict.fromkeys((*named, *self.compared)):
            if name not in self.heard:
                self._note(name, TargetKind.CONTROLLER, self.began)

    def _whom(self, fact: type[Fact]) -> tuple[str, ...]:
        """Whose accounts are wanted: those of machines, those that the estate names, or those that were asked about."""
        estate = self.task.evidence.estate
        return self.task.arguments.get(fact) or (estate.accounts if fact is OperatorAccount else estate.machines)

    def unlisted(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The controllers that the directory tells of and DNS does not: read-only ones, and those that keep out."""
        answer = self.task.evidence.ask(DirectoryServer, self.task.target)
        found = () if isinstance(answer, Gap) else tuple(row.name for row in answer if row.name not in names)
        self.domain.look_at(found, after=len(names), only_directory=True)
        return found

    def miss(self, facts: Iterable[type[Fact]], error: DirectoryError) -> None:
        """Every one of these facts that is not there is a gap."""
        for fact in facts:
            if not self.task.evidence.has(fact, self.task.target):
                self.task.evidence.miss(fact, self.task.target, *error.why)

    def facts(self, names: Iterable[str]) -> None:
        """The domain's own facts, from the first controller that answers."""
        wanted = [fact for fact in READERS if fact in self.task.facts]
        began = time.monotonic()

        def use(opened: Opened) -> None:
            for fact in wanted:
                if not self.task.evidence.has(fact, self.task.target):
                    self._read(fact, opened, self.task.target, READERS[fact])
                    if fact in OF_EACH and DomainController in self.task.facts:
                        self._copy(fact, opened.connection.controller)
            self._note(self.task.target, TargetKind.DOMAIN, began, opened)

        if not wanted:
            return
        try:
            first(self.domain, names, use)
        except DirectoryError as error:
            self.miss(wanted, error)

    def each(self, names: Iterable[str]) -> None:
        """The computer accounts as each of these controllers knows them; one that fails is a gap of its own."""
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for name in names:
            failure = self.domain.turns.refused or self.domain.failures.get(name)
            if failure is not None:
                self.task.evidence.miss(ComputerAccount, name, *failure.why)
            else:
                waiting.put(name)
        workers = [
            threading.Thread(target=self._some, args=(waiting,), name=f"{self.domain.name} {number}", daemon=True)
            for number in range(min(AT_ONCE, waiting.qsize()))
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(max(0.0, self.task.deadline - time.monotonic()))
        for name in names:
            if not self.task.evidence.has(ComputerAccount, name):
                self.task.evidence.miss(ComputerAccount, name, GapReason.TIMEOUT, f"{name} did not answer in time")

    def _some(self, waiting: queue.SimpleQueue[str]) -> None:
        """Ask one controller after the other while there are any."""
        while True:
            try:
                name = waiting.get_nowait()
            except queue.Empty:
                return
            self._one(name, self.domain.deadline if waiting.empty() else self.domain.fair())

    def _one(self, name: str, deadline: float) -> None:
        began = time.monotonic()
        try:
            with self.domain.connection(name, deadline) as opened:
                self._read(ComputerAccount, opened, name, partial(accounts, groups=False))
                if ControllerClock in self.task.facts:
                    self._read(ControllerClock, opened, name, clock)
                self._note(name, TargetKind.CONTROLLER, began, opened)
        except DirectoryError as error:
            self.task.evidence.miss(ComputerAccount, name, *error.why)

    def _read(self, fact: type[Fact], opened: Opened, target: str, reader: Reader) -> None:
        """Put one fact. A refusal of this one question is a gap; a connection that broke is the caller's matter."""
        evidence = self.task.evidence
        try:
            asked = reader(opened.connection, opened.root, self._whom(fact))
            evidence.put(fact, target, asked.rows, query=asked.query, at=datetime.now(UTC))
        except ValueError as error:
            detail = f"{opened.connection.controller}: {error}"
            evidence.miss(fact, target, GapReason.UNPARSABLE, detail[:300])
        except DirectoryError as error:
            if opened.connection.stream.failure is not None:
                raise
            evidence.miss(fact, target, *error.why)

    def _copy(self, fact: type[Fact], controller: str) -> None:
        """What the domain was told by a controller is what that controller says."""
        evidence = self.task.evidence
        answer, told = evidence.answer(fact, self.task.target), evidence.ask(fact, self.task.target)
        if answer is not None:
            evidence.put(fact, controller, answer.rows, query=answer.query, at=answer.at)
        elif isinstance(told, Gap):
            evidence.miss(fact, controller, told.reason, told.detail, told.advice)

    def _note(self, name: str, kind: TargetKind, began: float, opened: Opened | None = None) -> None:
        """Note how the domain or a controller was read; without a connection, that nobody told anything."""
        evidence, connection = self.task.evidence, opened and opened.connection
        wanted, always = (OF_EACH, OF_EACH[:1]) if kind is TargetKind.CONTROLLER else (READERS, ())
        facts = [f for f in wanted if f in self.task.facts or f in always]
        self.heard.add(name)
        evidence.note(
            TargetInfo(
                name=name, kind=kind, who=connection.who if connection else "",
                how=f"{connection.how}, {connection.controller}" if connection else UNREAD,
                seconds=round(time.monotonic() - began, 3), queries=len(facts),
                answered=sum(evidence.answer(fact, name) is not None for fact in facts),
                unverified=connection is not None and self.domain.access.directory.unverified,
            )
        )  # fmt: skip
