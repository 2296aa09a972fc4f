"""Every finding as a row, for tables that a change board reads: worst first, as the report has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from reports.names import Names
from reports.reach import kinds
from reports.text import command
from reports.waived import accepted
from scanner.api import Finding, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; its texts are as they were read, but for the command, which is shown whole or named."""

    status: str = ""
    severity: str = ""
    check: str = ""
    headline: str = ""
    subject_kind: str = ""
    subject: str = ""
    subject_id: str = ""
    moves: str = ""
    blocks: str = ""
    who: str = ""
    seen: str = ""
    wanted: str = ""
    note: str = ""
    do: str = ""
    waiver: str = ""
    owner: str = ""
    until: str = ""
    follows: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Its texts, in the order of the head."""
        return tuple(getattr(self, field.name) for field in fields(self))


HEAD = (
    "Status", "Severity", "Check", "What is", "About", "Subject", "Subject id", "Kinds of move", "Stops a move", "Who",
    "Seen", "Wanted", "Note", "Do", "Waiver", "Waiver's owner", "Waived until", "Follows from",
)  # fmt: skip


def rows(report: Report, names: Names) -> Iterator[Row]:
    """A row a finding."""
    return (_row(finding, report, names) for finding in report.findings)


def _row(finding: Finding, report: Report, names: Names) -> Row:
    waiver = finding.waiver
    return Row(
        status=finding.status.value,
        severity=finding.severity.word,
        check=finding.check,
        headline=finding.headline,
        subject_kind=finding.subject.kind.noun,
        subject=names.title(finding.subject),
        subject_id=finding.subject.id,
        moves=kinds(sorted(finding.profiles)),
        blocks=_blocks(finding, report),
        who=finding.who,
        seen=finding.seen,
        wanted=finding.wanted,
        note=finding.works or finding.note,
        do=command(finding.remedy),
        waiver=f"{accepted(finding)}: {waiver.reason}" if waiver else "",
        owner=waiver.owner if waiver else "",
        until=waiver.until.isoformat() if waiver else "",
        follows=names.causes(finding),
    )


def _blocks(finding: Finding, report: Report) -> str:
    if report.blocks(finding):
        return "yes"
    return "not known" if report.lacks(finding) else "no"
