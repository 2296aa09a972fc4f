"""Whose answers are these? An answer belongs to the machine that gave it, or it is a gap.

A name may lead elsewhere than meant: an address of yesterday, an alias, a balancer, a file copied to the wrong name.
So what a machine says of itself (name and domain) is compared with the name it was asked under and with that name's
computer account. One pure step for every way of asking; it is applied before anything is asked because of an answer,
when evidence closes, and when a record is loaded. Applied twice it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from scanner.facts.base import WindowsFact
from scanner.facts.directory import ComputerAccount, CrossRef, DomainController
from scanner.facts.host import AnsweringMachine, ComputerSystem
from scanner.judge.computers import OTHER, UNPROVEN, Computers, Doubt
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, key_of

NEEDS: tuple[type[Fact], ...] = (ComputerSystem, ComputerAccount, CrossRef, DomainController, AnsweringMachine)
"""What the step reads, and what it makes."""


def settle(evidence: Evidence) -> None:
    """Make gaps of all Windows facts of every target that another machine, or nobody known, answered for."""
    computers, facts = Computers.of(evidence), windows_facts()
    for target in dict.fromkeys((*evidence.estate.hosts, *evidence.estate.vmm_servers)):
        doubt = _doubt(evidence, target, computers, facts)
        if doubt is not None:
            kept = isinstance(evidence.ask(ComputerSystem, target), Gap)  # its reason is part of the detail
            evidence.disown(target, facts - {ComputerSystem.__name__} if kept else facts, *doubt)


def heard(evidence: Evidence, target: str, rows: Iterable[ComputerSystem]) -> None:
    """Take one more answer to who the machine is; a different one stands beside the first, and settles nothing."""
    known = evidence.ask(ComputerSystem, target)
    if not isinstance(known, Gap):
        answer = evidence.answers[ComputerSystem.__name__, target]
        new = [row for row in rows if row not in known]
        if new:
            evidence.put(ComputerSystem, target, new, query=answer.query, at=answer.at)


def windows_facts() -> frozenset[str]:
    """The names of all facts that a Windows machine answers, those of plugins included."""
    found: set[str] = set()
    classes: list[type[WindowsFact]] = [WindowsFact]
    while classes:
        more = classes.pop().__subclasses__()
        found.update(map(key_of, more))
        classes += more
    return frozenset(found)


def _doubt(evidence: Evidence, target: str, computers: Computers, facts: Iterable[str]) -> Doubt | None:
    systems = evidence.ask(ComputerSystem, target)
    proof = evidence.targets[target].proof if target in evidence.targets else ""
    if isinstance(systems, Gap):
        if systems.reason in (OTHER, UNPROVEN):  # settled before
            return systems.reason, systems.detail
        stands = proof or not _spoke(evidence, target, facts)
        return None if stands else (UNPROVEN, f"its name was not read, {systems.because}")
    machines = tuple(dict.fromkeys(map(AnsweringMachine.of, systems)))
    if machines:
        basis = evidence.answers[ComputerSystem.__name__, target]
        evidence.derive(AnsweringMachine, target, machines, basis)
    match machines:
        case ():
            return None if proof else (UNPROVEN, "it gave no name")
        case (machine,):
            doubt = computers.doubt(target, machine)
            return None if proof and doubt is not None and doubt[0] is UNPROVEN else doubt
        case _:
            return OTHER, f"{len(machines)} of them, {' and '.join(machine.shown for machine in machines[:3])}"


def _spoke(evidence: Evidence, target: str, facts: Iterable[str]) -> bool:
    """Whether any machine answered at all."""
    info = evidence.targets.get(target)
    return bool(info and info.answered) or any((fact, target) in evidence.answers for fact in facts)
