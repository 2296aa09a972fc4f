"""Whose answers are these? An answer belongs to the machine that gave it, or it is a gap.

A name may lead elsewhere than meant: an address of yesterday, an alias, a balancer, a file copied to the wrong name.
So what a machine says of itself (name and domain) is compared with the name it was asked under and with that name's
computer account. One pure step for every way of asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import cast

from scanner.facts.base import WindowsFact
from scanner.facts.directory import ComputerAccount, CrossRef, DirectoryServer, DomainController
from scanner.facts.host import AnsweringMachine, ComputerSystem, DnsSuffix
from scanner.facts.kerberos import HostClock
from scanner.judge.computers import OTHER, TOO_OLD, UNPROVEN, Computers, Doubt
from scanner.judge.hide import hidden
from scanner.words.evidence import Answer, Evidence
from scanner.words.intake import Intake
from scanner.words.model import Fact, Gap, key_of
from scanner.words.telling import joined, tell
from scanner.words.view import MissingEvidence

NEEDS: tuple[type[Fact], ...] = (
    ComputerSystem, ComputerAccount, CrossRef, DirectoryServer, DomainController, AnsweringMachine, DnsSuffix,
)  # fmt: skip
"""What the step reads, and what it makes."""


def own_answers(evidence: Evidence) -> Evidence:
    """Tell who answered, and make gaps of all Windows facts of a target that another machine, or nobody known, did."""
    computers, facts = Computers.of(evidence), windows_facts()
    targets = tuple(dict.fromkeys(evidence.estate.machines))
    told = {target: who for target in targets if (who := _told(evidence, target)) is not None}
    spoke = {answer.target for answer in evidence.answers() if key_of(answer.fact) in facts}
    spoke.update(info.name for info in evidence.targets() if info.answered)
    doubts = {target: _doubt(evidence, target, computers, spoke=target in spoke) for target in targets}
    others = (a for a in evidence.answers() if not (a.fact is AnsweringMachine and a.target in told))
    return evidence.amended(
        answers=(*others, *told.values()),
        gaps=(*_disowned(evidence, {t: doubt for t, doubt in doubts.items() if doubt}, facts), *evidence.gaps()),
    )


def _disowned(evidence: Evidence, doubts: dict[str, Doubt], facts: frozenset[str]) -> Iterator[Gap]:
    """A gap for each of these facts that was asked of a target in doubt, had or not."""
    system = ComputerSystem.__name__
    missed = [(gap.fact, gap.target) for gap in evidence.gaps() if gap.fact != system]  # its reason is in the detail
    for fact, target in (*(answer.key for answer in evidence.answers()), *missed):
        if target in doubts and fact in facts:
            yield Gap(fact, target, *doubts[target])


def heard(evidence: Intake, target: str, rows: Iterable[ComputerSystem]) -> None:
    """Take one more answer to who the machine is; a different one stands beside the first, and settles nothing."""
    known = evidence.answer(ComputerSystem, target)
    if known is not None:
        new = [row for row in map(hidden, rows) if row not in known.rows]  # as those of the first round are
        if new:
            evidence.put(ComputerSystem, target, new, query=known.query, at=known.at)


def windows_facts() -> frozenset[str]:
    """The names of all facts that a Windows machine answers, those of plugins included, and of when it did."""
    found: set[str] = {key_of(HostClock)}
    classes: list[type[WindowsFact]] = [WindowsFact]
    while classes:
        more = classes.pop().__subclasses__()
        found.update(map(key_of, more))
        classes += more
    return frozenset(found)


def _machines(answer: Answer) -> tuple[AnsweringMachine, ...]:
    """Who answered, as far as it said so; several, if it said it more than once and not the same."""
    return tuple(dict.fromkeys(map(AnsweringMachine.of, cast("tuple[ComputerSystem, ...]", answer.rows))))


def _suffixes(evidence: Evidence, target: str) -> tuple[str, ...]:
    """The DNS suffix of the machine that answered, as far as it was asked and said so."""
    answer = evidence.answer(DnsSuffix, target)
    rows = cast("tuple[DnsSuffix, ...]", answer.rows if answer else ())
    with suppress(MissingEvidence):  # a record of another version may lack what tells it
        return tuple(name for row in rows if (name := row.name))
    return ()


def _told(evidence: Evidence, target: str) -> Answer | None:
    systems = evidence.answer(ComputerSystem, target)
    if systems is None or not systems.rows:
        return None
    return Answer(AnsweringMachine, target, _machines(systems), systems.at, systems.query)


def _doubt(evidence: Evidence, target: str, computers: Computers, *, spoke: bool) -> Doubt | None:
    info, systems = evidence.target(target), evidence.answer(ComputerSystem, target)
    proof = info.proof if info else ""
    if systems is None:
        gap = cast("Gap", evidence.ask(ComputerSystem, target))
        if gap.reason in (OTHER, UNPROVEN, TOO_OLD):  # settled before, or it told who it was long ago
            return gap.reason, gap.detail
        return None if proof or not spoke else (UNPROVEN, tell("its name was not read, {because}", because=gap.because))
    match _machines(systems):
        case ():
            return None if proof else (UNPROVEN, tell("it gave no name"))
        case (machine,):
            doubt = computers.doubt(target, machine, _suffixes(evidence, target))
            return None if proof and doubt is not None and doubt[0] is UNPROVEN else doubt
        case machines:
            return OTHER, tell(
                "{count} of them, {machines}",
                count=len(machines),
                machines=joined(" and ", (machine.shown for machine in machines[:3])),
            )
