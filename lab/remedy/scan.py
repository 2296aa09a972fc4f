"""Scans a world without a wire: the machines' states answer the scanner's own queries, the directory its rows.

What the world does not hold (key files, hosts that never answered, domains nobody read) stays as the record has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from lab.remedy.network import endpoint_command
from lab.remedy.world import World
from lab.windows import plan
from lab.windows.cmdlets import Session
from lab.windows.machine import Machine
from lab.windows.wsman.pipeline import Output
from scanner import plugins
from scanner.collect import rounds, windows
from scanner.collect.windows.open_questions import OpenQuestions
from scanner.collect.windows.questions import questions_of
from scanner.estate.access import Access
from scanner.facts.delegation import ServiceName
from scanner.facts.directory import ComputerAccount, Trust
from scanner.facts.kerberos import HostClock
from scanner.hooks import Collector, Task
from scanner.judge import judging
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason, TargetKind
from scanner.words.query import Query, plan_of
from scanner.words.report import Finding
from scanner.words.source import TargetInfo

OFFER = plugins.load(third_party=False)
SILENT = (GapReason.NOT_COLLECTED, "the machine answered without it")


@dataclass
class Scanner:
    """Scans worlds that began as one record; answers of a state that was read before are kept."""

    record: Evidence
    _answers: dict[tuple[bytes, str], list[str]] = field(default_factory=dict[tuple[bytes, str], list[str]])

    def judged(self, world: World) -> tuple[Finding, ...]:
        """The findings about the world as it is now."""
        return judging.judge(OFFER.checks, self.evidence(world))

    def evidence(self, world: World) -> Evidence:
        """The world as evidence, at the record's own time."""
        kinds = frozenset(TargetKind)
        collectors = (
            Collector(
                name="machines",
                kinds=windows.COLLECTOR.kinds,
                provides=windows.provides,
                collect=lambda task, _access: self._machine(world, task),
            ),
            Collector(
                name="kept",
                kinds=kinds,
                provides=lambda _fact: True,
                collect=lambda task, _access: self._kept(world, task),
            ),
        )
        access = Access()
        new = rounds.collect(OFFER.checks, collectors, self.record.estate, access)
        old = self.record
        answers = [replace(answer, at=old.started) for answer in new.answers()]
        return Evidence(
            old.estate, old.started, old.finished, new.version, old.runner,
            answers=answers, gaps=new.gaps(), targets=new.targets(), closed=True,
        )  # fmt: skip

    def _kept(self, world: World, task: Task) -> None:
        for fact in task.facts:
            known = self.record.ask(fact, task.target)
            if fact is ComputerAccount and task.target in world.directory.told:
                known = world.directory.rows(task.target)
                for controller in world.directory.controllers(task.target):
                    task.evidence.put(fact, controller, world.directory.rows(controller), at=self.record.started)
            elif fact is Trust and task.target in world.directory.trusts:
                known = world.directory.trusts[task.target]
            elif fact is ServiceName and task.target in world.directory.domains and not isinstance(known, Gap):
                known = world.directory.catalogue(task.target, known)
            if isinstance(known, Gap):
                task.evidence.miss(fact, task.target, known.reason, known.detail)
            else:
                task.evidence.put(fact, task.target, known, at=self.record.started)
        if task.kind == TargetKind.DOMAIN:  # one that was read is asked again, about what answers told
            answered = sum(task.evidence.has(fact, task.target) for fact in task.facts)
            how = TargetInfo(name=task.target, kind=TargetKind.DOMAIN, how="a model", answered=answered)
            task.evidence.note(how)

    def _machine(self, world: World, task: Task) -> None:
        host = world.hosts.get(task.target)
        if host is None:
            self._kept(world, task)
            return
        questions = questions_of(task)
        account = OpenQuestions(task.target, questions, task.evidence)
        account.proven = True
        account.began = self.record.started if HostClock in task.facts else None
        for question in questions:
            for line in self._lines(world, host.machine, question.query):
                account.take_line(line, self.record.started)
        account.settle(*SILENT)
        told = TargetInfo(
            name=task.target, kind=task.kind, who="", how="a model", seconds=0, queries=account.asked,
            answered=account.answered, proof="kerberos",
        )  # fmt: skip
        task.evidence.note(told)

    def _lines(self, world: World, machine: Machine, query: Query) -> list[str]:
        text = plan_of([query])
        if query.own:
            return _run(machine, text, {"test-endpoint": endpoint_command(world, self.record)})
        key = (msgspec.json.encode(machine.state), text)
        if key not in self._answers:
            self._answers[key] = _run(machine, text, {})
        return self._answers[key]


def _run(machine: Machine, text: str, more: dict[str, Any]) -> list[str]:
    session = Session(machine, functions={"Test-Endpoint"})
    events = plan.answers(session, {"Plan": text}, more)
    return [str(event.value) for event in events if isinstance(event, Output)]
