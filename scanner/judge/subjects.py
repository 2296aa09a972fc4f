"""Which subjects a check is judged on: every host, route, virtual machine ... that the estate and the evidence name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scanner.facts.vm import VirtualMachineSettings, too_many
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import ALL_VMS, Gap, Scope, Subject
from scanner.words.wording import counted

MOST_MOVES = 12_288
"""moves of a host's machines that are judged one by one, machines times destinations: each is a finding, of 8 to 20 KB
while the reports are made. 8,000 machines may run in a cluster, whatever its nodes; with half as many stopped, and
spread evenly, a host has fewer moves than 12,000. So have 1,024, the most that may run on one, to 11 others."""
LABEL = 100
"""characters of a machine's name in a subject's label, which are those that Hyper-V Manager takes"""


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
            yield from _moves(evidence)
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


def unlisted(subject: Subject, evidence: Evidence) -> str:
    """Why a host's machines, or their moves, are one subject; empty where it has none."""
    rows = evidence.ask(VirtualMachineSettings, subject.host)
    if isinstance(rows, Gap):
        return str(rows)
    count = sum(row.is_machine for row in rows)
    if excess := too_many(count):
        return f"{VirtualMachineSettings.__name__} of {subject.host}: {excess}"
    routes = sum(route.source == subject.host for route in evidence.estate.routes)
    if subject.kind is not Scope.VM_ROUTE or count * routes <= MOST_MOVES:
        return ""
    text = f"{counted(count, 'virtual machine')} of {subject.host} and {counted(routes, 'destination')} make"
    most = f"one run judges {MOST_MOVES:,} of a host: give its routes in several estate files"
    return f"{text} {counted(count * routes, 'move')}, and {most}"


def _machines(evidence: Evidence, host: str, routes: int = 0) -> Iterator[tuple[str, str]]:
    """GUID and label of every machine on the host; one row for all of them where they are not judged one by one."""
    rows = evidence.ask(VirtualMachineSettings, host)
    machines = [] if isinstance(rows, Gap) else [row for row in rows if row.is_machine]
    if not machines or too_many(len(machines)) or len(machines) * routes > MOST_MOVES:
        yield ALL_VMS, f"virtual machines of {short(host)}"
        return
    for row in machines:
        name = row.name if len(row.name) <= LABEL else row.name[: LABEL - 1] + "…"
        yield row.vm_id, f"{name} on {short(host)}"


def _moves(evidence: Evidence) -> Iterator[Subject]:
    routes = Counter(route.source for route in evidence.estate.routes)
    for route in evidence.estate.routes:
        for vm_id, label in _machines(evidence, route.source, routes[route.source]):
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
