"""Subjects that answers name: clusters, controllers, file servers, networks. Where nobody could look, that is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from scanner.facts.directory import DomainInfo
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.vm import VmStorage
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap
from scanner.words.names import is_host_name, suffix_of
from scanner.words.scope import Case, no_subject, unseen
from scanner.words.wording import counted

F = TypeVar("F", bound=Fact)


def told(
    evidence: Evidence,
    fact: type[F],
    targets: Iterable[str],
    cases: Callable[[str, tuple[F, ...]], Iterable[Case]],
    none: str,
    blind: Callable[[str, str], Case] | None = None,
) -> Iterator[Case]:
    """The subjects that a fact's answers name, each once.

    Args:
        evidence: what was read.
        fact: the fact whose rows name them.
        targets: who was asked for it.
        cases: given a target and its rows, the subjects they name.
        none: why there is none, where everybody answered and nobody named one.
        blind: given a target that did not answer and the reason, what stands for its subjects; without it, all such
            targets together are one finding on the run.
    """
    found: dict[object, None] = {}
    gaps: list[str] = []
    for target in targets:
        rows = evidence.ask(fact, target)
        if isinstance(rows, Gap):
            gaps.append(str(rows))
            if blind is not None:
                yield blind(target, str(rows))
            continue
        for case in cases(target, rows):
            if case.subject not in found:
                found[case.subject] = None
                yield case
    if gaps and blind is None:
        more = f" (and {counted(len(gaps) - 1, 'more target')})" if len(gaps) > 1 else ""
        yield unseen(gaps[0] + more)
    elif not found and not gaps:
        yield no_subject(none)


def domains(evidence: Evidence) -> tuple[str, ...]:
    """The domains of the estate: those it names, and those that its hosts say they are in."""
    found = dict.fromkeys(evidence.estate.declared_domains)
    for host in evidence.estate.hosts:
        rows = evidence.ask(ComputerSystem, host)
        if not isinstance(rows, Gap) and len(rows) == 1 and rows[0].part_of_domain:
            name = rows[0].domain.lower()
            if is_host_name(name):
                found[name] = None
    return tuple(found)


def unread_hosts(evidence: Evidence) -> str:
    """Why the domain of some host is not known; empty if every host said it."""
    answers = (evidence.ask(ComputerSystem, host) for host in evidence.estate.hosts)
    return next((str(rows) for rows in answers if isinstance(rows, Gap)), "")


def domain_of(evidence: Evidence, host: str) -> str:
    """The domain that a host says it is in, else the one its name says; empty if it is in none."""
    rows = evidence.ask(ComputerSystem, host)
    if isinstance(rows, Gap) or len(rows) != 1:
        return suffix_of(host)
    return rows[0].domain.lower() if rows[0].part_of_domain else ""


def forest_of(rows: tuple[DomainInfo, ...]) -> tuple[str, ...]:
    """The root of the forest that a domain says it is in."""
    return tuple(dict.fromkeys(row.forest_root.lower() for row in rows if row.forest_root))


def cluster_of(rows: tuple[ClusterInfo, ...]) -> tuple[str, ...]:
    """The cluster that a machine says it is a node of."""
    return tuple(dict.fromkeys((row.fqdn or row.name).lower() for row in rows if row.fqdn or row.name))


def file_servers(rows: tuple[VmStorage, ...]) -> tuple[str, ...]:
    """The servers that hold files of a host's machines."""
    return tuple(dict.fromkeys(row.file_server for row in rows if row.file_server))
