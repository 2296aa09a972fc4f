"""What subjects are called for people: short host names where they are unambiguous, and no two machines alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reports.reach import MOVES
from reports.text import short_name
from scanner.api import (
    ALL_VMS,
    Finding,
    Part,
    Profile,
    Report,
    Status,
    Subject,
    TargetKind,
    counted,
    joined,
    parts_of_told,
    scopes,
    tell,
)

NAMED = 3
"""So many subjects are named one by one before they are counted."""


def all_hosts(report: Report) -> tuple[str, ...]:
    """Every host that may move something or take it, in the order of the routes."""
    on_routes = (name for route in report.routes for name in (route.source, route.destination))
    others = (f.subject.host for f in report.findings if f.subject.kind == scopes.HOST)
    return tuple(dict.fromkeys([*on_routes, *sorted(others)]))


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", maxsplit=1)[-1] or path


UNCOUNTED = (scopes.PAIR, scopes.RUN, scopes.HOST_FILE_SERVER, scopes.OPERATOR_HOST)
"""Subjects made of others that are counted."""

NOUNS: dict[str, str] = {
    TargetKind.HOST: "host",
    TargetKind.VMM_SERVER: "VMM server",
    TargetKind.FILE_SERVER: "file server",
    TargetKind.MANAGEMENT: "management machine",
    TargetKind.DOMAIN: "domain",
    TargetKind.CONTROLLER: "controller",
    TargetKind.KEY_FILE: "key file",
}
"""What people call one target, by its kind."""


class Names:
    """The names of one report."""

    def __init__(self, report: Report) -> None:
        subjects = {(s.kind, s.id): s for s in (f.subject for f in report.findings)}
        hosts = {*all_hosts(report), *(name for s in subjects.values() for name in s.machines)}
        shorts = Counter(map(short_name, hosts))
        self._hosts = {host: short_name(host) for host in hosts if shorts[short_name(host)] == 1}
        named = (pair for s in subjects.values() for pair in zip(s.kind.parts, s.names, strict=True))
        keys = {name for part, name in named if part is Part.FILE}
        files = Counter(map(file_name, keys))
        self._files = {key: file_name(key) for key in keys if files[file_name(key)] == 1}
        self._kinds: dict[str, str] = dict.fromkeys(hosts, TargetKind.HOST) | {t.name: t.kind for t in report.targets}
        self._failed = {(f.check, f.subject.id): f.subject for f in report.findings if f.status is Status.FAIL}
        self._labels = Counter((s.kind, s.label) for s in subjects.values() if s.label)

    def host(self, name: str) -> str:
        """The shortest unambiguous name of a host."""
        return self._hosts.get(name, name)

    def title(self, subject: Subject) -> str:
        """What to call a subject."""
        if subject.label:
            twins = self._labels[subject.kind, subject.label] > 1 and subject.vm_id
            return tell("{label} ({vm})", label=subject.label, vm=subject.vm_id[:8]) if twins else subject.label
        parts = zip(subject.kind.parts, subject.names, strict=True)
        named = [self._name(part, name) for part, name in parts]
        if subject.kind == scopes.HOST_CONTROLLER:
            return tell("{host} at {controller}", host=named[0], controller=named[1])
        return subject.kind.link.join(named)

    def without_end(self, subject: Subject) -> str:
        """What to call a subject whose title ends with where it moves, but for that."""
        title = self.title(subject)
        short = title.rsplit(" → ", maxsplit=1)[0]
        return next((part for part in parts_of_told(title) if part == short), short)

    def called(self, finding: Finding) -> str:
        """What to call the subject of a finding; of one for each kind of move, with its own."""
        title = self.title(finding.subject)
        if not finding.profile:
            return title
        return tell("{title} ({move})", title=title, move=MOVES[Profile(finding.profile)])

    def causes(self, finding: Finding) -> str:
        """What a failure follows from: ``LM-01 of hb02, DEL-01 of hb01 → hb02``."""
        told = (
            tell("{check} of {subject}", check=check, subject=self._cause(check, subject))
            for check, subject in finding.follows_from
        )
        return joined(", ", told)

    def _cause(self, check: str, subject: str) -> str:
        known = self._failed.get((check, subject))
        return self.title(known) if known else subject

    def _name(self, part: Part, name: str) -> str:
        if part is Part.MACHINE:
            return self.host(name)
        return self._files.get(name, name) if part is Part.FILE else name

    def phrase(self, subjects: Sequence[Subject]) -> str:
        """Several subjects of one kind in a few words: ``3 VMs → hv11``."""
        if len(subjects) == 1:
            return self.title(subjects[0])
        kind = subjects[0].kind
        sources, ends = {s.source for s in subjects}, {s.destination for s in subjects}
        if subjects[0].vm_id:
            what, several = counted(len({s.names[:2] for s in subjects}), "VM"), kind == scopes.VM or len(ends) > 1
            if any(s.vm_id == ALL_VMS for s in subjects):  # nobody counted them
                whose = tell("virtual machines of {host}", host=self.some(sources))
                return whose if several else tell("{what} → {end}", what=whose, end=self.host(subjects[0].destination))
            if several:
                return tell("{what} on {hosts}", what=what, hosts=self.some(sources))
            return tell("{what} → {end}", what=what, end=self.host(subjects[0].destination))
        if kind == scopes.ROUTE and len(subjects) > NAMED:
            what = counted(len(subjects), "route")
            if len(ends) == 1:
                return tell("{what} → {end}", what=what, end=self.host(min(ends)))
            return tell("{what} from {hosts}", what=what, hosts=self.some(sources))
        if len(subjects) <= NAMED:
            return joined(", ", map(self.title, subjects))
        return counted(len(subjects), kind.noun, kind.many)

    def targets(self, targets: Iterable[str]) -> str:
        """Several targets of whatever kind in a few words: ``12 hosts, corp.example``."""
        by_kind: dict[str, list[str]] = {}
        for name in targets:
            by_kind.setdefault(self._kinds.get(name, ""), []).append(name)
        known = [*NOUNS, *sorted(by_kind.keys() - NOUNS.keys())]
        return joined(", ", (self.some(by_kind[kind], NOUNS.get(kind, "target")) for kind in known if kind in by_kind))

    def some(self, names: Iterable[str], noun: str = "host") -> str:
        """The names of a few, the number of many."""
        named = sorted(map(self.host, names))
        return joined(", ", named) if len(named) <= NAMED else counted(len(named), noun)


def population(report: Report) -> Iterator[str]:
    """What was examined: ``3 hosts``, ``4 routes``, ``12 VMs``, ``2 domains``."""
    subjects = {(f.subject.kind, f.subject.id): f.subject for f in report.findings}.values()
    kinds = Counter(s.kind for s in subjects if not s.vm_id and s.kind not in UNCOUNTED)
    kinds[scopes.HOST] = len(all_hosts(report))
    kinds[scopes.ROUTE] = len(report.routes)
    kinds[scopes.VM] = len({s.names[:2] for s in subjects if s.vm_id and s.vm_id != ALL_VMS})
    return (counted(kinds[kind], kind.noun, kind.many) for kind in sorted(kinds, key=scopes.place) if kinds[kind])
