"""What to ask of whom: only the facts that enabled checks need, of the targets their subjects name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scanner.facts.base import AskedFact, DerivedFact, WindowsFact
from scanner.facts.keyfile import RegistrationKey
from scanner.facts.vm import VirtualMachineSettings
from scanner.words.check import Ask, Check
from scanner.words.estate import Estate
from scanner.words.model import Fact, Scope

HOST, VMM_SERVER, DOMAIN, KEY_FILE = "host", "vmm-server", "domain", "key-file"
MACHINES = frozenset({HOST, VMM_SERVER})


@dataclass(frozen=True, slots=True)
class Want:
    """Facts wanted of one target."""

    target: str
    kind: str
    facts: tuple[type[Fact], ...]


def first_round(checks: Iterable[Check], estate: Estate) -> tuple[Want, ...]:
    """Every target's facts; facts of the second round, and those nobody is asked for, are left out."""
    wanted: dict[tuple[str, str], dict[type[Fact], None]] = {}
    for check in checks:
        for fact in needs_of(check):
            for key in _targets(fact, check, estate):
                wanted.setdefault(key, {})[fact] = None
    return tuple(Want(target, kind, tuple(facts)) for (target, kind), facts in wanted.items())


def needs_of(check: Check) -> Iterator[type[Fact]]:
    """The facts a check needs in the first round; its subjects may need one of their own."""
    if check.scope in (Scope.VM, Scope.VM_ROUTE):
        yield VirtualMachineSettings
    for fact in check.needs:
        if not issubclass(fact, (AskedFact, DerivedFact)):
            yield fact


def checks_by_fact(checks: Iterable[Check]) -> dict[type[Fact], list[str]]:
    """Which checks need a fact: the last column of ``queries``."""
    found: dict[type[Fact], list[str]] = {}
    for check in checks:
        for fact in dict.fromkeys((*needs_of(check), *check.needs)):
            found.setdefault(fact, []).append(check.id)
    return found


def _targets(fact: type[Fact], check: Check, estate: Estate) -> Iterator[tuple[str, str]]:
    if fact is RegistrationKey:
        yield from ((key.path, KEY_FILE) for key in estate.key_files)
    elif issubclass(fact, WindowsFact):
        if check.scope is Scope.VMM_SERVER:
            yield from ((server, kind_of(server, estate)) for server in estate.vmm_servers)
        else:
            yield from ((host, HOST) for host in estate.hosts)
    else:
        yield from ((domain, DOMAIN) for domain in domains_of(estate))


def kind_of(machine: str, estate: Estate) -> str:
    """Host or VMM server; a machine that is both is one target, read once, as a host."""
    return HOST if machine in estate.hosts else VMM_SERVER


def domains_of(estate: Estate) -> tuple[str, ...]:
    """The domains that are asked in the first round: those that the estate names. ``widening`` tells of others."""
    return estate.declared_domains


def second_round(asks: Iterable[Ask], estate: Estate) -> dict[str, dict[type[Fact], tuple[str, ...]]]:
    """Arguments by target and fact, each once, in the order asked."""
    grouped: dict[str, dict[type[Fact], dict[str, None]]] = {}
    for ask in asks:
        if ask.target in (*estate.hosts, *estate.vmm_servers):
            grouped.setdefault(ask.target, {}).setdefault(ask.fact, {})[ask.argument] = None
    return {t: {f: tuple(a) for f, a in facts.items()} for t, facts in grouped.items()}
