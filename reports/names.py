"""What subjects are called for people: short host names where they are unambiguous, and no two machines alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reports.text import short_name
from scanner.api import ALL_VMS, Report, Scope, Subject, counted

MACHINES = (Scope.VM, Scope.VM_ROUTE)
NOUNS = {
    Scope.HOST: "host", Scope.ROUTE: "route", Scope.PAIR: "pair", Scope.VM: "VM", Scope.DOMAIN: "domain",
    Scope.CLUSTER: "cluster", Scope.VMM_SERVER: "VMM server", Scope.CLOUD: "cloud", Scope.KEY_FILE: "key file",
    Scope.SHARE: "share", Scope.OPERATOR: "operator",
}  # fmt: skip
NAMED = 3
"""So many subjects are named one by one before they are counted."""


def hosts_of(subject: Subject) -> tuple[str, ...]:
    """The hosts that a subject is about."""
    match subject.kind:
        case Scope.HOST | Scope.SOURCE | Scope.DESTINATION | Scope.VM | Scope.VMM_SERVER:
            return (subject.host,)
        case Scope.ROUTE | Scope.PAIR | Scope.VM_ROUTE:
            return (subject.source, subject.destination)
        case _:
            return ()


def all_hosts(report: Report) -> tuple[str, ...]:
    """Every host that may move something or take it, in the order of the routes."""
    on_routes = (name for route in report.routes for name in (route.source, route.destination))
    others = (f.subject.host for f in report.findings if f.subject.kind is Scope.HOST)
    return tuple(dict.fromkeys([*on_routes, *sorted(others)]))


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", maxsplit=1)[-1] or path


class Names:
    """The names of one report."""

    def __init__(self, report: Report) -> None:
        subjects = {(s.kind, s.id): s for s in (f.subject for f in report.findings)}
        hosts = {*all_hosts(report), *(name for s in subjects.values() for name in hosts_of(s))}
        shorts = Counter(map(short_name, hosts))
        self._hosts = {host: short_name(host) for host in hosts if shorts[short_name(host)] == 1}
        keys = {s.names[0] for s in subjects.values() if s.kind is Scope.KEY_FILE}
        files = Counter(map(file_name, keys))
        self._files = {key: file_name(key) for key in keys if files[file_name(key)] == 1}
        self._labels = Counter((s.kind, s.label) for s in subjects.values() if s.label)

    def host(self, name: str) -> str:
        """The shortest unambiguous name of a host."""
        return self._hosts.get(name, name)

    def title(self, subject: Subject) -> str:
        """What to call a subject."""
        if subject.label:
            twins = self._labels[subject.kind, subject.label] > 1 and subject.kind in MACHINES
            return f"{subject.label} ({subject.vm_id[:8]})" if twins else subject.label
        match subject.kind:
            case Scope.HOST | Scope.VMM_SERVER:
                return self.host(subject.host)
            case Scope.ROUTE:
                return " → ".join(map(self.host, subject.names))
            case Scope.PAIR:
                return " ↔ ".join(map(self.host, subject.names))
            case Scope.KEY_FILE:
                return self._files.get(subject.names[0], subject.title)
            case _:
                return subject.title

    def phrase(self, subjects: Sequence[Subject]) -> str:
        """Several subjects of one kind in a few words: ``3 VMs → hv11``."""
        if len(subjects) == 1:
            return self.title(subjects[0])
        kind = subjects[0].kind
        sources, ends = {s.source for s in subjects}, {s.destination for s in subjects}
        if kind in MACHINES:
            what = counted(len({s.names[:2] for s in subjects}), "VM")
            if kind is Scope.VM or len(ends) > 1:
                return f"{what} on {self._some(sources)}"
            return f"{what} → {self.host(subjects[0].destination)}"
        if kind is Scope.ROUTE and len(subjects) > NAMED:
            what = counted(len(subjects), "route")
            return f"{what} → {self.host(min(ends))}" if len(ends) == 1 else f"{what} from {self._some(sources)}"
        if len(subjects) <= NAMED:
            return ", ".join(map(self.title, subjects))
        return counted(len(subjects), NOUNS.get(kind, "subject"))

    def _some(self, hosts: Iterable[str]) -> str:
        named = sorted(map(self.host, hosts))
        return ", ".join(named) if len(named) <= NAMED else counted(len(named), "host")


def population(report: Report) -> Iterator[str]:
    """What was examined: ``3 hosts``, ``4 routes``, ``12 VMs``, ``2 domains``."""
    subjects = {(f.subject.kind, f.subject.id): f.subject for f in report.findings}.values()
    kinds = Counter(s.kind for s in subjects if s.kind not in (*MACHINES, Scope.PAIR, Scope.RUN))
    kinds[Scope.HOST] = len(all_hosts(report))
    kinds[Scope.ROUTE] = len(report.routes)
    kinds[Scope.VM] = len({s.names[:2] for s in subjects if s.kind in MACHINES and s.vm_id != ALL_VMS})
    return (counted(kinds[kind], noun) for kind, noun in NOUNS.items() if kinds[kind])
