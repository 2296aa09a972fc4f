"""Subjects that answers name: clusters, controllers, file servers, networks. Where nobody could look, that is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from scanner.facts.directory import DomainInfo
from scanner.facts.host import ClusterInfo, ComputerSystem
from scanner.facts.vm import VmStorage
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, Status, key_of
from scanner.words.names import host_name, is_host_name, suffix_of
from scanner.words.scope import Case, no_subject, unseen
from scanner.words.telling import tell
from scanner.words.wording import counted, show

F = TypeVar("F", bound=Fact)


def told(
    evidence: Evidence,
    fact: type[F],
    targets: Iterable[str],
    cases: Callable[[str, tuple[F, ...]], Iterable[Case]],
    none: str,
    blind: Callable[[str, Gap], Case] | None = None,
    *,
    unread: Iterable[Gap | str] = (),
    each: bool = False,
) -> Iterator[Case]:
    """The subjects that a fact's answers name, each once.

    Args:
        evidence: what was read.
        fact: the fact whose rows name them.
        targets: who was asked for it.
        cases: given a target and its rows, the subjects they name.
        none: why there is none, where everybody answered and nobody named one.
        blind: given a target that did not answer and its gap, what stands for its subjects; else all are one finding.
        unread: why it is not known of somebody whether to ask for it.
        each: every target has such a subject, so that who names none did not tell.
    """
    found: dict[object, None] = {}
    gaps = list(unread)
    for target in targets:
        rows = evidence.ask(fact, target)
        if isinstance(rows, Gap):
            if blind is not None:
                yield blind(target, rows)
                found[target] = None
            else:
                gaps.append(rows)
            continue
        named = tuple(cases(target, rows))
        if each and not named:
            gaps.append(tell("{key_of} of {target} names none", key_of=key_of(fact), target=target))
        for case in named:
            if case.subject not in found:
                found[case.subject] = None
                yield case
    if gaps:
        yield all_unseen(gaps)
    elif not found:
        yield no_subject(none)


def all_unseen(gaps: Sequence[Gap | str]) -> Case:
    """One finding for all that was not read: the worst of it in words, the rest by number."""
    first = next((gap for gap in gaps if isinstance(gap, Gap) and gap.status is Status.ERROR), gaps[0])
    case = unseen(first)
    if len(gaps) == 1 or case.settled is None:
        return case
    more = tell("{first} (and {targets})", first=first, targets=counted(len(gaps) - 1, "more target"))
    lacks = tuple(gap for gap in gaps if isinstance(gap, Gap))
    return replace(case, settled=replace(case.settled, reason=more, lacks=lacks))


def domains(evidence: Evidence) -> tuple[str, ...]:
    """The domains of the estate: those it names, and those that its hosts say they are in."""
    told = (_domain(evidence, host) for host in evidence.estate.hosts)
    return tuple(dict.fromkeys((*evidence.estate.declared_domains, *(name for name, _ in told if name))))


def unread_hosts(evidence: Evidence) -> tuple[Gap | str, ...]:
    """Why the domain of hosts is not known; nothing if every host said it."""
    told = (_domain(evidence, host) for host in evidence.estate.hosts)
    return tuple(why for _, why in told if why is not None)


def domain_of(evidence: Evidence, host: str) -> str:
    """The domain that a host says it is in, else the one its name says; empty if it is in none."""
    name, unread = _domain(evidence, host)
    return suffix_of(host) if unread is not None else name


def _domain(evidence: Evidence, host: str) -> tuple[str, Gap | str | None]:
    """The domain that a host says it is in, empty if in none; or why that is not known."""
    rows = evidence.ask(ComputerSystem, host)
    if isinstance(rows, Gap):
        return "", rows
    if len(rows) != 1:
        return "", tell(
            "{name} of {host}: {rows} where one was expected",
            name=ComputerSystem.__name__,
            host=host,
            rows=counted(len(rows), "row"),
        )
    name = host_name(rows[0].domain)
    if not rows[0].part_of_domain or is_host_name(name):
        return name if rows[0].part_of_domain else "", None
    return "", tell(
        "ComputerSystem of {host}: the domain it is in is called {domain}, which is no DNS name",
        host=host,
        domain=show(rows[0].domain),
    )


def forest_of(rows: tuple[DomainInfo, ...]) -> tuple[str, ...]:
    """The root of the forest that a domain says it is in."""
    return tuple(dict.fromkeys(host_name(row.forest_root) for row in rows if row.forest_root))


def cluster_of(evidence: Evidence, node: str, rows: tuple[ClusterInfo, ...]) -> tuple[str, ...]:
    """The cluster that a machine says it is a node of; where that tells no full name, it is in its node's domain."""
    domain = domain_of(evidence, node)
    full = (host_name(row.fqdn or ".".join(filter(None, (row.name or "unnamed", domain)))) for row in rows)
    return tuple(dict.fromkeys(full))


def file_servers(rows: tuple[VmStorage, ...]) -> tuple[str, ...]:
    """The servers that hold files of a host's machines."""
    return tuple(dict.fromkeys(row.file_server for row in rows if row.file_server))
