"""Which subjects a check is judged on: every host, route, virtual machine ... that the estate and the evidence name."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.estate.model import Estate, Route
from scanner.evidence import Evidence
from scanner.facts.vm import VirtualMachineSettings
from scanner.model import ALL_VMS, Check, Gap, Scope, Subject


def short(name: str) -> str:
    """The host part of a DNS name; an address stays whole."""
    return name if name.replace(".", "").isdigit() or ":" in name else name.split(".", maxsplit=1)[0]


def subjects_of(check: Check, evidence: Evidence) -> Iterator[Subject]:
    """Every subject of the check, in the estate's order."""
    estate = evidence.estate
    match check.scope:
        case Scope.HOST | Scope.SOURCE | Scope.DESTINATION:
            for host in estate.hosts:
                yield Subject(Scope.HOST, (host,))
        case Scope.ROUTE:
            for route in estate.routes:
                yield Subject(Scope.ROUTE, (route.source, route.destination))
        case Scope.PAIR:
            yield from _pairs(estate)
        case Scope.VM:
            for host in dict.fromkeys(route.source for route in estate.routes):
                for vm_id, label in _machines(evidence, host):
                    yield Subject(Scope.VM, (host, vm_id), label)
        case Scope.VM_ROUTE:
            for route in estate.routes:
                yield from _moves(evidence, route)
        case Scope.DOMAIN:
            for domain in estate.domains:
                yield Subject(Scope.DOMAIN, (domain,))
        case Scope.VMM_SERVER:
            for server in estate.vmm_servers:
                yield Subject(Scope.VMM_SERVER, (server,))
        case Scope.KEY_FILE:
            for key in estate.key_files:
                yield Subject(Scope.KEY_FILE, (key.path,))
        case Scope.RUN:
            yield Subject(Scope.RUN, ("run",), "this run")
        case Scope.CLUSTER | Scope.CLOUD | Scope.SHARE | Scope.OPERATOR:
            return


def excuse(check: Check, subject: Subject, estate: Estate) -> str:
    """Why the check does not apply to this host of the estate; empty when it does."""
    if check.scope is Scope.SOURCE and not any(r.source == subject.host for r in estate.routes):
        return "no planned route starts here"
    if check.scope is Scope.DESTINATION and not any(r.destination == subject.host for r in estate.routes):
        return "no planned route ends here"
    if subject.kind in (Scope.VM, Scope.VM_ROUTE) and subject.vm_id == ALL_VMS:
        return "there is no virtual machine on the source"
    return ""


def _pairs(estate: Estate) -> Iterator[Subject]:
    for one, other in dict.fromkeys(tuple(sorted((r.source, r.destination))) for r in estate.routes):
        yield Subject(Scope.PAIR, (one, other))


def _machines(evidence: Evidence, host: str) -> Iterator[tuple[str, str]]:
    """GUID and label of every machine on the host; one row for all of them where they could not be listed."""
    rows = evidence.ask(VirtualMachineSettings, host)
    machines = [] if isinstance(rows, Gap) else [row for row in rows if row.is_machine]
    if not machines:
        yield ALL_VMS, f"virtual machines of {short(host)}"
    for row in machines:
        yield row.vm_id, f"{row.name} on {short(host)}"


def _moves(evidence: Evidence, route: Route) -> Iterator[Subject]:
    for vm_id, label in _machines(evidence, route.source):
        names = (route.source, vm_id, route.destination)
        yield Subject(Scope.VM_ROUTE, names, f"{label} → {short(route.destination)}")


Bearing = tuple[str, ...]
"""What a finding's subject has in common with the routes it can stop."""


def bearing_of(subject: Subject) -> Bearing:
    """The key under which a subject's findings are found for a route; empty: they bear on every route."""
    match subject.kind:
        case Scope.ROUTE | Scope.VM_ROUTE:
            return ("route", subject.source, subject.destination)
        case Scope.PAIR:
            return ("pair", *subject.names)
        case Scope.VM:
            return ("vm", subject.host)
        case Scope.HOST:
            return ("host", subject.host)
        case _:
            return ()


def bearings_on(source: str, destination: str) -> tuple[Bearing, ...]:
    """The keys of every subject that bears on the move from source to destination."""
    pair = tuple(sorted((source, destination)))
    route = ("route", source, destination)
    return (route, ("pair", *pair), ("vm", source), ("host", source), ("host", destination), ())


def bears_on(subject: Subject, source: str, destination: str) -> bool:
    """Whether a finding about this subject can stop the move from source to destination."""
    return bearing_of(subject) in bearings_on(source, destination)
