"""What is wrong with each host, all of it, and where it can send machines to and take them from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.html_machines import WORST
from reports.html_reasons import Reason, by_status
from reports.html_rows import QUIET, Row
from reports.html_view import hosts as rows_of
from reports.names import Names
from scanner.api import Finding, Report, RouteState, Status

ENDS = 12
"""So many hosts of one verdict are named."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of a host with one verdict."""

    verdict: str
    ends: Sequence[tuple[str, RouteState]]
    """what the other host is called, and the move"""
    more: int


@dataclass(frozen=True, slots=True)
class HostView:
    """One host."""

    row: Row
    on_machines: Sequence[tuple[Status, Sequence[Reason]]]
    """what wants attention on its virtual machines"""
    sends: Sequence[Moves]
    takes: Sequence[Moves]


def hosts(report: Report, names: Names) -> list[HostView]:
    """Every host, as moves name them first."""
    loud: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.subject.vm_id and finding.status not in QUIET:
            loud.setdefault(finding.subject.host, []).append(finding)
    sends: dict[str, list[RouteState]] = {}
    takes: dict[str, list[RouteState]] = {}
    for route in report.routes:
        sends.setdefault(route.source, []).append(route)
        takes.setdefault(route.destination, []).append(route)
    return [
        HostView(
            row,
            by_status(loud.get(row.key, ())),
            _moves((route, names.host(route.destination)) for route in sends.get(row.key, ())),
            _moves((route, names.host(route.source)) for route in takes.get(row.key, ())),
        )
        for row in rows_of(report, names)
    ]


def _moves(found: Iterable[tuple[RouteState, str]]) -> list[Moves]:
    by: dict[str, list[tuple[str, RouteState]]] = {verdict: [] for verdict in reversed(WORST)}
    for route, end in found:
        by[route.verdict].append((end, route))
    return [Moves(verdict, ends[:ENDS], len(ends[ENDS:])) for verdict, ends in by.items() if ends]
