"""What the page shows, arranged: findings in groups, and the same findings seen by host, route, machine and network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from reports.html_alike import Alike, alike
from reports.html_rows import Row
from reports.kinds_of_word import severity
from reports.names import Names, all_hosts
from reports.reach import MOVES
from reports.summary import blockers, by_check, causes_first
from reports.text import subject_slug
from reports.waived import waived
from scanner.api import ALL_VMS, Check, Finding, Profile, Report, Status, Subject, joined, scopes, tell

NAMED = 3
"""So many of the subjects of which the same is said are named above it."""
LINKS = 12
"""Names that one row of a list shows; the findings themselves are all on the page."""


def anchor(finding: Finding) -> str:
    """The finding's place on the page; the same in every report."""
    return "--".join(filter(None, (subject_slug(finding.subject), finding.check, finding.profile)))


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one check that ended alike; what they share is said once."""

    status: Status
    check_id: str
    check: Check | None
    findings: list[Finding]
    open: bool
    follows: bool = False
    """all of them follow from other failures; others of the check may not"""
    waived: bool = False
    """all of them are waived"""
    shown: int | None = None
    """so many of them are listed one by one; None: all"""

    @property
    def listed(self) -> list[Finding]:
        """Those that are listed one by one."""
        return self.findings[: self.shown]

    @property
    def left(self) -> int:
        """How many are not."""
        return len(self.findings) - len(self.listed)

    def alike(self) -> list[Alike]:
        """What is listed by what they have in common."""
        return alike(self.listed)

    @property
    def id(self) -> str:
        """Its place on the page."""
        kind = "-follows" if self.follows else "-waived" if self.waived else ""
        return f"{self.status.lower()}-{self.check_id}{kind}"


@dataclass(slots=True)
class Chapter:
    """A chapter of the findings: groups to look at, or where nothing is wrong, lists by subject."""

    id: str
    title: str
    groups: list[Group] = field(default_factory=list[Group])
    lists: list[list[Alike]] = field(default_factory=list[list[Alike]])
    """the findings about one subject each, by check"""
    left: int = 0
    """so many of its findings are in no list"""

    @property
    def size(self) -> int:
        """How many findings it holds."""
        return self.left + sum(len(some.findings) for some in [*self.groups, *chain.from_iterable(self.lists)])

    @property
    def shown(self) -> int:
        """How many of them are listed one by one."""
        return self.size - self.left - sum(group.left for group in self.groups)


def parts(report: Report) -> list[Chapter]:
    """All findings, each once, worst first."""
    checks = {check.id: check for check in report.checks}
    first, later = causes_first(blockers(report))
    few = len(first) <= LINKS

    def group(found: list[Finding], *, unfolded: bool = False, follows: bool = False) -> list[Group]:
        return [
            Group(some[0].status, check, checks.get(check), some, unfolded, follows, some[0].waiver is not None)
            for check, some in by_check(found)
        ]

    def groups(status: Status) -> list[Group]:
        return group([f for f in report.findings if f.status is status and not f.waiver and not report.blocks(f)])

    accepted = [part for status in Status for part in group([f for f in waived(report) if f.status is status])]
    chapters = [
        Chapter("blockers", tell("Stops the move"), group(first, unfolded=few)),
        Chapter("follows", tell("Stops the move, and follows from the failures above"), group(later, follows=True)),
        Chapter(
            "lesser",
            tell("Failed, below the threshold ({threshold})", threshold=severity(report.threshold)),
            groups(Status.FAIL),
        ),
        Chapter("errors", tell("Checks that failed themselves"), groups(Status.ERROR)),
        Chapter("unknown", tell("Could not be judged"), groups(Status.UNKNOWN)),
        Chapter("warnings", tell("Warnings"), groups(Status.WARN)),
        Chapter("waived", tell("Waived: known, and accepted for a while"), accepted),
        Chapter("passed", tell("Passed"), lists=_by_subject(report, Status.PASS)),
        Chapter("not-applicable", tell("Does not apply"), lists=_by_subject(report, Status.NOT_APPLICABLE)),
    ]
    return [part for part in chapters if part.size]


def _by_subject(report: Report, status: Status) -> list[list[Alike]]:
    same: dict[tuple[tuple[int, str], str], list[Finding]] = {}
    for finding in report.findings:
        if finding.status is status:
            subject = finding.subject
            kind = scopes.VM if subject.vm_id else subject.kind
            same.setdefault((scopes.place(kind), row_id(subject)), []).append(finding)
    ordered = (sorted(same[key], key=lambda f: (f.check, f.subject.id)) for key in sorted(same))
    return [[Alike(found) for _, found in by_check(findings)] for findings in ordered]


def row_id(subject: Subject) -> str:
    """What lists are made by: the subject; of a machine on a route, the machine."""
    return "/".join(subject.names[:2]) if subject.kind == scopes.VM_ROUTE else subject.id


def row_name(names: Names, subject: Subject) -> str:
    """What to call it."""
    return names.without_end(subject) if subject.kind == scopes.VM_ROUTE else names.title(subject)


@dataclass(frozen=True, slots=True)
class Called:
    """What findings are about, in the words of a list: the first few names, and how many there are besides."""

    named: list[str]
    left: int


def all_called(names: Names, findings: Sequence[Finding]) -> Called:
    """What several findings are about; each subject once, with the kinds of move that it is judged for by itself."""
    kinds: dict[tuple[object, str], tuple[Subject, list[str]]] = {}
    for finding in findings:
        _, of = kinds.setdefault((finding.subject.kind, finding.subject.id), (finding.subject, []))
        of += [MOVES[Profile(finding.profile)]] if finding.profile else []
    first = list(kinds.values())[:NAMED]
    named = [
        tell("{names} ({of})", names=names.title(subject), of=joined(", ", of)) if of else names.title(subject)
        for subject, of in first
    ]
    return Called(named, len(kinds) - len(first))


def heading(finding: Finding) -> str:
    """What stands above findings of a check: what is, where that is known, and else what is demanded."""
    return finding.headline if finding.status in (Status.FAIL, Status.WARN) else finding.title


def hosts(report: Report, names: Names) -> list[Row]:
    """What bears on each host; machines are counted here and listed on their own."""
    rows = {host: Row(names.host(host), host) for host in all_hosts(report)}
    for finding in report.findings:
        for host in finding.subject.machines:
            if host in rows:
                rows[host].add(finding, link=not finding.subject.vm_id)
    return list(rows.values())


def machines(report: Report, names: Names) -> list[Row]:
    """What bears on each virtual machine; those with something to look at first."""
    rows: dict[str, Row] = {}
    for finding in report.findings:
        subject = finding.subject
        if subject.vm_id and subject.vm_id != ALL_VMS:
            key = row_id(subject)
            rows.setdefault(key, Row(row_name(names, subject), key)).add(finding)
    return sorted(rows.values(), key=lambda row: (not row.loud, row.key))


def about(names: Names, finding: Finding, of: str) -> str:
    """What a finding in a row is about beside the row itself: a destination, a kind of move, or all of it."""
    subject, kind = finding.subject, MOVES[Profile(finding.profile)] if finding.profile else ""
    if subject.id == of:
        return kind
    if subject.kind == scopes.VM_ROUTE and row_id(subject) == of:
        return joined(", ", filter(None, (tell("→ {end}", end=names.host(subject.destination)), kind)))
    return names.called(finding)
