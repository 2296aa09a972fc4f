"""What a large report is divided into: a page for each group of hosts, or for each host, and one for all the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reports.names import Names, all_hosts
from reports.text import one_line
from scanner.api import Finding, Method, Report, RouteState, Status, part_file, tell

MOST = 20_000
"""From so many findings on, a page of several hosts becomes a page for each."""
REST = tell("What is of no single host")
TAKERS = tell("Hosts that only receive")
TITLE = 60
"""Characters shown of a group's name."""


@dataclass(slots=True)
class Part:
    """One page: its hosts, what is about them, and the moves that start there."""

    title: str
    file: str
    hosts: dict[str, None] = field(default_factory=dict[str, None])
    findings: list[Finding] = field(default_factory=list[Finding])
    routes: list[RouteState] = field(default_factory=list[RouteState])

    def numbers(self, report: Report) -> tuple[int, int, int, int, int]:
        """Its moves, those of them that are ready, its blockers, what of it could not be judged, all findings."""
        ready = sum(route.verdict == "ready" for route in self.routes)
        blocks, lacks = sum(map(report.blocks, self.findings)), sum(map(report.lacks, self.findings))
        return len(self.routes), ready, blocks, lacks, len(self.findings)

    def of(self, report: Report) -> Report:
        """The report with no more than is told here."""
        checks = {finding.check for finding in self.findings}
        counts = Counter(finding.status.value for finding in self.findings)
        return replace(
            report,
            findings=tuple(self.findings),
            routes=tuple(self.routes),
            groups=(),
            method=Method(),
            counts={status.value: counts[status.value] for status in Status},
            checks=tuple(check for check in report.checks if check.id in checks),
        )


class Division:
    """All pages, and on which of them a finding stands: each finding and each move stands on one."""

    def __init__(self, report: Report, names: Names) -> None:
        keys = _keys(report)
        sizes = Counter(keys.get(_host(finding, keys), "") for finding in report.findings)
        several = Counter(keys.values())
        self._parts: dict[str, Part] = {}
        self._of: dict[str, Part] = {}
        first = {key: place for place, key in reversed([*enumerate(keys.values())])}
        for host, key in sorted(keys.items(), key=lambda item: first[item[1]]):
            alone = sizes[key] > MOST and several[key] > 1
            name = (
                tell("{called}: {host}", called=_called(key, names), host=names.host(host))
                if alone
                else _called(key, names)
            )
            where = f"{key}/{host}" if alone else key
            part = self._parts.setdefault(where, Part(one_line(name, TITLE), part_file(name, where)))
            part.hosts[host] = None
            self._of[host] = part
        self._rest = Part(REST, part_file(REST, REST))
        for finding in report.findings:
            self.part(finding).findings.append(finding)
        for route in report.routes:
            self._of[route.source].routes.append(route)

    @property
    def parts(self) -> list[Part]:
        """The pages, as moves name their hosts first; what is of no host last."""
        return [*self._parts.values(), *([self._rest] if self._rest.findings else [])]

    def part(self, finding: Finding) -> Part:
        """Where a finding stands."""
        return self._of.get(_host(finding, self._of), self._rest)

    def file(self, host: str) -> str:
        """The file that tells of a host; empty where none does."""
        return self._of[host].file if host in self._of else ""


def _host(finding: Finding, known: Mapping[str, object]) -> str:
    """The first host of those that a finding is about; empty where it is about none."""
    return next((name for name in finding.subject.machines if name in known), "")


def _keys(report: Report) -> dict[str, str]:
    """Of each host what its page is made for: its group, the host itself, or that it only receives."""
    groups: dict[str, str] = {}
    for move in report.groups:
        for name, hosts in ((move.source, move.sources), (move.destination, move.destinations)):
            if tuple(hosts) != (name,):
                groups |= {host: f"group {name}" for host in hosts if host not in groups}
    sources = {route.source for route in report.routes}
    return {host: groups.get(host) or (f"host {host}" if host in sources else TAKERS) for host in all_hosts(report)}


def _called(key: str, names: Names) -> str:
    kind, _, name = key.partition(" ")
    return name if kind == "group" else names.host(name) if kind == "host" else key


def total(rows: Iterable[tuple[int, ...]]) -> list[int]:
    """The sums of all pages' numbers."""
    return [sum(column) for column in zip(*rows, strict=True)]
