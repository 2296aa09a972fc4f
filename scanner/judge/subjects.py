"""Who the subjects of a scope are, from evidence and estate; where there is none, the reason.

Each function is given the scope and the evidence. It always gives something: where there is no subject, one finding on
the run says so, NOT_APPLICABLE if evidence or estate tells that there is none, UNKNOWN if nobody could look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from scanner.facts.directory import DomainController, DomainInfo
from scanner.facts.host import ClusterInfo
from scanner.facts.network import NetworkAdapter
from scanner.facts.vm import VmStorage
from scanner.judge import found
from scanner.judge.in_common import of_hosts
from scanner.judge.machines import machines, misnamed, moves, sources
from scanner.words.evidence import Evidence
from scanner.words.names import short
from scanner.words.scope import Case, Scope, no_subject, unseen
from scanner.words.telling import tell

NO_HOST, NO_ROUTE = tell("the estate names no host"), tell("no move is planned")
NO_DOMAIN = tell("no host is in a domain")
ANY = "*"
"""Stands in a subject for all that a machine would have named."""


def _each(cases: Iterable[Case], none: str) -> Iterator[Case]:
    """The cases, or that there is none."""
    found = iter(cases)
    yield next(found, None) or no_subject(none)
    yield from found


def hosts(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every host."""
    return _each((scope.of(host) for host in evidence.estate.hosts), NO_HOST)


def starting(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every host; where no route starts there is nothing to judge."""
    starts = {route.source for route in evidence.estate.routes}
    for case in hosts(scope, evidence):
        here = case.settled is not None or case.subject.host in starts
        yield case if here else case.not_applicable(tell("no planned route starts here"))


def ending(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every host; where no route ends there is nothing to judge."""
    ends = {route.destination for route in evidence.estate.routes}
    for case in hosts(scope, evidence):
        here = case.settled is not None or case.subject.host in ends
        yield case if here else case.not_applicable(tell("no planned route ends here"))


def routes(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every planned route."""
    return _each((scope.of(route.source, route.destination) for route in evidence.estate.routes), NO_ROUTE)


def pairs(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every two hosts between which a route is planned, once."""
    pairs = dict.fromkeys(tuple(sorted((r.source, r.destination))) for r in evidence.estate.routes)
    return _each((scope.of(*pair) for pair in pairs), NO_ROUTE)


def virtual_machines(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every virtual machine on a host from which something moves."""
    each = ((host, machine) for host in sources(evidence) for machine in machines(evidence, host))
    cases = (Case(scope.of(host, vm_id, label=label).subject, settled) for host, (vm_id, label, settled) in each)
    return chain(_each(cases, NO_ROUTE), misnamed(evidence))


def machine_moves(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every virtual machine on every planned route."""
    cases = (
        Case(scope.of(source, vm_id, end, label=tell("{label} → {end}", label=label, end=short(end))).subject, settled)
        for source, end, (vm_id, label, settled) in moves(evidence)
    )
    return chain(_each(cases, NO_ROUTE), misnamed(evidence))


def domains(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The domains that the estate names and those that its hosts are in."""
    named, unread = found.domains(evidence), found.unread_hosts(evidence)
    yield from (scope.of(domain) for domain in named)
    if unread:
        yield found.all_unseen(unread)
    elif not named:
        yield no_subject(NO_DOMAIN)


def controllers(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every controller of every domain."""
    return found.told(
        evidence, DomainController, found.domains(evidence),
        lambda domain, rows: (scope.of(domain, row.name) for row in rows), NO_DOMAIN,
        unread=found.unread_hosts(evidence), each=True,
    )  # fmt: skip


def forests(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every forest, by its root domain."""
    return found.told(
        evidence, DomainInfo, found.domains(evidence),
        lambda _domain, rows: map(scope.of, found.forest_of(rows)), NO_DOMAIN,
        unread=found.unread_hosts(evidence), each=True,
    )  # fmt: skip


def clusters(scope: Scope, evidence: Evidence, host: Scope) -> Iterator[Case]:
    """The failover clusters that hosts are nodes of, each with its nodes."""

    def names(node: str, rows: tuple[ClusterInfo, ...]) -> tuple[str, ...]:
        return found.cluster_of(evidence, node, rows)

    return of_hosts(scope, host, evidence, ClusterInfo, names, tell("no host is a node of a cluster"))


def file_servers(scope: Scope, evidence: Evidence, host: Scope) -> Iterator[Case]:
    """The servers that hold files of virtual machines, each with the hosts of these."""

    def names(_host: str, rows: tuple[VmStorage, ...]) -> tuple[str, ...]:
        return found.file_servers(rows)

    return of_hosts(scope, host, evidence, VmStorage, names, tell("no machine has a disk on a file server"))


def hosts_and_file_servers(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every host with every server that holds files of its machines; a host without one says so for itself alone."""

    def cases(host: str, rows: tuple[VmStorage, ...]) -> Iterable[Case]:
        named = [scope.of(host, server) for server in found.file_servers(rows)]
        return named or [scope.of(host, ANY).not_applicable(tell("no machine has a file on a file server"))]

    return found.told(
        evidence, VmStorage, evidence.estate.hosts, cases, NO_HOST, lambda host, why: scope.of(host, ANY).unknown(why)
    )


def hosts_and_networks(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every network adapter of every host."""

    def cases(host: str, rows: tuple[NetworkAdapter, ...]) -> Iterator[Case]:
        for row in rows:
            yield scope.of(host, str(row.interface), label=tell("{name} on {host}", name=row.name, host=short(host)))

    none = tell("no host has a network adapter")
    return found.told(
        evidence, NetworkAdapter, evidence.estate.hosts, cases, none, lambda host, why: scope.of(host, ANY).unknown(why)
    )


def hosts_and_controllers(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every host with every controller of its domain."""
    where = {host: found.domain_of(evidence, host) for host in evidence.estate.hosts}
    return found.told(
        evidence, DomainController, dict.fromkeys(filter(None, where.values())),
        lambda domain, rows: (scope.of(host, row.name) for host in where if where[host] == domain for row in rows),
        NO_DOMAIN, unread=found.unread_hosts(evidence), each=True,
    )  # fmt: skip


def key_files(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every registration key file; without one, whether the servers are registered already."""
    estate = evidence.estate
    yield from (scope.of(key.path) for key in estate.key_files)
    if not estate.key_files and estate.site_recovery.registered:
        yield no_subject(tell("the estate says that the VMM servers are registered, so no key is needed"))
    elif not estate.key_files:
        cure = tell("name it as [[key_file]], or say [site_recovery] registered = true if the servers are registered")
        yield unseen(tell("the estate names no key file: {cure}", cure=cure))
