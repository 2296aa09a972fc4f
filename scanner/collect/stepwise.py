"""Collects as ever, and looks first at each step that leads to a target: whoever is not reached so far is not asked.

It stands before the collectors, so that the steps run where the reading runs: side by side with those of the others,
within the same deadline, and once a target.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from scanner.estate.access import WINRM, Access
from scanner.hooks import Collector, Task
from scanner.words.channel import ChannelFailure
from scanner.words.kinds_of_trouble import TABLE
from scanner.words.model import MACHINES, GapReason, TargetKind
from scanner.words.step import State, Step
from scanner.words.trouble import Advice, advise
from scanner.words.wording import counted

Why = tuple[GapReason, str, Advice]
CONTROLLERS, CERTIFICATE = "controllers", "certificate"


@dataclass(frozen=True, slots=True)
class Stepwise:
    """What was met on the way to each target."""

    faults: Mapping[str, str] = field(default_factory=dict[str, str])
    """by target: what this machine lacks to sign in to it; it is looked at, and not signed in to"""
    steps: dict[str, list[Step]] = field(default_factory=dict[str, list[Step]])
    stopped: dict[str, Why | None] = field(default_factory=dict[str, "Why | None"])
    """by target that was looked at: why it was not asked, if it was not"""

    def before(self, collectors: Iterable[Collector]) -> tuple[Collector, ...]:
        """The collectors, to be given to a run in place of themselves."""
        return tuple(
            replace(
                one,
                collect=partial(self._collect, one),
                prepare=partial(self._prepare, one) if one.prepare else None,
            )
            for one in collectors
        )

    def _prepare(self, collector: Collector, targets: tuple[str, ...], access: Access) -> None:
        able = tuple(target for target in targets if target not in self.faults)
        if collector.prepare is not None and able:
            collector.prepare(able, access)

    def _collect(self, collector: Collector, task: Task, access: Access) -> None:
        if task.target not in self.stopped:
            self.stopped[task.target] = self._looked(task, access)
        stop = self.stopped[task.target]
        if stop is None:
            collector.collect(task, access)
            return
        for fact in task.facts:
            if not task.evidence.has(fact, task.target):
                task.evidence.miss(fact, task.target, *stop)

    def _looked(self, task: Task, access: Access) -> Why | None:
        """Take the steps; gives why the target is not asked."""
        self.steps[task.target] = steps = list[Step]()
        why = None
        if task.kind in MACHINES and access.sign_in(task.target).transport in WINRM:
            why = _machine(task, access, steps)
        elif task.kind is TargetKind.DOMAIN:
            why = _domain(task, access, steps)
        fault = self.faults.get(task.target)
        return (GapReason.NOT_COLLECTED, fault, Advice()) if why is None and fault else why


def _machine(task: Task, access: Access, steps: list[Step]) -> Why | None:
    from scanner.collect.transport.reaching import reach  # the libraries below take a second to load

    port = access.sign_in(task.target).tcp_port
    for name, went in reach(task.target, access, task.deadline):
        if isinstance(went, ChannelFailure):
            advice = advise(went.kind, port=port, user=access.sign_in(task.target).user)
            steps.append(Step(name, State.WRONG, _words(name, went), advice))
            return went.reason, went.detail, advice
        steps.append(Step(name, State.OK, went))
    return None


def _words(name: str, failure: ChannelFailure) -> str:
    """Why a step failed; what its advice says already is left out."""
    when = next((row.when for row in TABLE if row.kind == failure.kind), "") if name == CERTIFICATE else ""
    return f"{name}: {when or failure.detail}"


def _domain(task: Task, access: Access, steps: list[Step]) -> Why | None:
    from scanner.collect.directory.controllers import Domain
    from scanner.collect.transport.ldap.answers import DirectoryError

    domain = Domain(task.target, access, task.deadline)
    try:
        found = domain.controllers()
    except DirectoryError as error:
        steps.append(Step(CONTROLLERS, State.WRONG, error.detail, error.advice))
        return error.why
    whence = "named" if domain.named else "by DNS"
    steps.append(Step(CONTROLLERS, State.OK, f"{counted(len(found), 'controller')} {whence}"))
    return None
