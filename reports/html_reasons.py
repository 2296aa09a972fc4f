"""Findings as reasons: by check, each told by its first and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scanner.api import Finding, Status

WORST = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Findings of one check, told by the first of them."""

    check: str
    first: Finding
    times: int


def reasons(findings: Iterable[Finding]) -> list[Reason]:
    """Findings by check, each counted once."""
    by: dict[str, dict[int, Finding]] = {}
    for finding in findings:
        by.setdefault(finding.check, {})[id(finding)] = finding
    return [Reason(check, next(iter(some.values())), len(some)) for check, some in by.items()]


def by_status(findings: Iterable[Finding]) -> list[tuple[Status, Sequence[Reason]]]:
    """Findings by how they ended, the worst first."""
    by: dict[Status, list[Finding]] = {}
    for finding in findings:
        by.setdefault(finding.status, []).append(finding)
    return [(status, reasons(by[status])) for status in sorted(by, key=WORST.index)]
