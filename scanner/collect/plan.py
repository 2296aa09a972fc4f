"""What to ask of whom: only the facts that enabled checks need, of the targets their subjects name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanner.collect.whom import hosts_of
from scanner.words.check import Ask, Check
from scanner.words.estate import Estate
from scanner.words.model import MACHINES, Fact, TargetKind


@dataclass(frozen=True, slots=True)
class Want:
    """Facts wanted of one target."""

    target: str
    kind: TargetKind
    facts: tuple[type[Fact], ...]


Wanted = dict[tuple[str, TargetKind], dict[type[Fact], list[str]]]
"""The checks that want a fact, by target and fact."""


def first_round(checks: Iterable[Check], estate: Estate) -> tuple[Want, ...]:
    """Every target's facts; facts of the second round, and those nobody is asked for, are left out."""
    return tuple(Want(target, kind, tuple(facts)) for (target, kind), facts in wanted(checks, estate).items())


def wanted(checks: Iterable[Check], estate: Estate) -> Wanted:
    """What of the first round is wanted of each target, and by which checks."""
    found: Wanted = {}
    for check in reading(checks, estate):
        for fact in dict.fromkeys(needs_of(check)):
            for key in targets_of(kinds_of(fact, check), estate, hosts_of(fact, check, estate)):
                found.setdefault(key, {}).setdefault(fact, []).append(check.id)
    return found


def reading(checks: Iterable[Check], estate: Estate) -> Iterator[Check]:
    """Those checks for which something is read: the estate may name none of the subjects of a scope."""
    yield from (check for check in checks if not check.scope.declared or getattr(estate, check.scope.declared))


def needs_of(check: Check) -> Iterator[type[Fact]]:
    """The facts a check needs in the first round, and those by which its subjects are known."""
    for fact in (*check.scope.needs, *check.needs):
        if fact.kinds and not fact.second_round:
            yield fact


def checks_by_fact(checks: Iterable[Check]) -> dict[type[Fact], list[str]]:
    """Which checks need a fact: the last column of ``queries``."""
    found: dict[type[Fact], list[str]] = {}
    for check in checks:
        for fact in dict.fromkeys((*needs_of(check), *check.needs)):
            found.setdefault(fact, []).append(check.id)
    return found


def kinds_of(fact: type[Fact], check: Check) -> frozenset[TargetKind]:
    """Whom a check's fact is asked of: of machines those that its scope names, if the fact may be asked of them.

    The machine that moves are started from is of no scope: the few facts that name it are always asked of it.
    """
    if not fact.kinds <= MACHINES:
        return fact.kinds
    machines = fact.kinds & check.scope.machines
    return machines | (fact.kinds & {TargetKind.MANAGEMENT}) if machines else fact.kinds


def targets_of(kinds: frozenset[TargetKind], estate: Estate, hosts: frozenset[str]) -> Iterator[tuple[str, TargetKind]]:
    """The targets of these kinds that the estate names. ``widening`` tells of domains that it does not name.

    Of its hosts those that are given: what they say in a part that they have in no move, nobody reads.

    A machine that is several of them is one target, read once, as ``kind_of`` says.
    """
    for kind, names in estate.targets.items():
        for name in names if kind in kinds else ():
            if kind is not TargetKind.HOST or name in hosts:
                yield name, kind_of(name, estate) if kind in MACHINES else kind


def kind_of(machine: str, estate: Estate) -> TargetKind:
    """What a machine is read as: a host, else a VMM or a file server, else the one that moves are started from."""
    kinds = (TargetKind.HOST, TargetKind.VMM_SERVER, TargetKind.FILE_SERVER)
    return next((kind for kind in kinds if machine in estate.targets[kind]), TargetKind.MANAGEMENT)


def second_round(
    asks: Iterable[Ask], estate: Estate, domains: Iterable[str] = ()
) -> dict[str, dict[type[Fact], tuple[str, ...]]]:
    """Arguments by target and fact, each once, in the order asked.

    Machines of the estate are asked, and ``domains``, those that the first round read: an answer leads to nobody else.
    """
    grouped: dict[str, dict[type[Fact], dict[str, None]]] = {}
    known = frozenset((*estate.machines, *domains))
    for ask in asks:
        if ask.target in known:
            grouped.setdefault(ask.target, {}).setdefault(ask.fact, {})[ask.argument] = None
    return {t: {f: tuple(a) for f, a in facts.items()} for t, facts in grouped.items()}
