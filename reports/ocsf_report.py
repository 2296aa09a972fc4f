"""The report as OCSF 1.5: a list of compliance findings (class 2003), one for each finding, the run's own first.

What lacks evidence has OCSF's status ``Warning``, which means there that no result came for missing information; so a
run that lacks a verdict fails by an event of its own, SCAN-000. The tool's own word is the status code. Times are
milliseconds. Every event is known by the same identifier in every run; one that a baseline knows is an update.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reports.json_findings import instant
from reports.programs import (
    RUN,
    RUN_TITLE,
    TOOL,
    Object,
    Standing,
    fingerprint,
    identity,
    listed,
    milliseconds,
    missing,
    place,
    reach,
    standing,
    told,
    told_of,
    version,
)  # fmt: skip
from reports.summary import why
from reports.text import clean, command, one_line
from scanner.api import Check, Finding, Report, Severity

OCSF = "1.5.0"
CLASS, CREATE, UPDATE = 2003, 1, 2
ACTIVITIES = {CREATE: "Create", UPDATE: "Update"}
PASS, WARNING, FAIL, OTHER = 1, 2, 3, 99
STATUSES = {PASS: "Pass", WARNING: "Warning", FAIL: "Fail", OTHER: "Not Applicable"}
NEW, IN_PROGRESS, SUPPRESSED = 1, 2, 3
LIFE = {NEW: "New", IN_PROGRESS: "In Progress", SUPPRESSED: "Suppressed"}
SEVERITIES = {1: "Informational", 2: "Low", 3: "Medium", 4: "High", 5: "Critical"}


class Made(NamedTuple):
    """What becomes of a finding."""

    status: int
    """of the compliance"""
    life: int | None
    """of the finding; none where there is nothing to do"""


MADE_OF = {
    Standing.STOPS: Made(FAIL, NEW),
    Standing.UNKNOWN: Made(WARNING, NEW),
    Standing.ERROR: Made(WARNING, NEW),
    Standing.KNOWN: Made(FAIL, IN_PROGRESS),
    Standing.LESSER: Made(FAIL, NEW),
    Standing.WARNS: Made(FAIL, NEW),
    Standing.WAIVED: Made(FAIL, SUPPRESSED),
    Standing.ACCEPTED: Made(WARNING, SUPPRESSED),
    Standing.PASSES: Made(PASS, None),
    Standing.SILENT: Made(OTHER, None),
}


def render(report: Report) -> str:
    """The report as a list of events."""
    return listed(_events(report))


def _events(report: Report) -> Iterator[Object]:
    checks = {check.id: check for check in report.checks}
    yield _of_run(report)
    for finding in report.findings:
        yield _of(finding, checks.get(finding.check), report)


def _of(finding: Finding, check: Check | None, report: Report) -> Object:
    how = standing(finding, report)
    said = told_of(finding, report, check).message or f"seen {one_line(finding.seen)}"
    event = _event(
        report, MADE_OF[how], _severity(finding, how), identity(finding), f"{finding.check} {finding.title}", said,
        UPDATE if finding.known_since else CREATE,
    )  # fmt: skip
    if finding.known_since:
        event["finding_info"]["first_seen_time"] = milliseconds(finding.known_since.timestamp())
    event["compliance"] |= {
        "control": one_line(f"{finding.check} {finding.title}"),
        "status_code": finding.status.value,
        "checks": [{"uid": one_line(finding.check), "name": one_line(finding.title)}],
        **({"desc": clean(why(check)), "requirements": [one_line(check.seed)]} if check and why(check) else {}),
    }
    subject = finding.subject
    event["resources"] = [
        {"uid": one_line(subject.id), "name": one_line(subject.title), "type": one_line(subject.kind.noun)}
    ]
    if finding.remedy:
        event["remediation"] = {"desc": command(finding.remedy)}
    event["unmapped"] = {
        "standing": how.name.lower(), "profiles": sorted(finding.profiles), "who": one_line(finding.who),
        "seen": clean(finding.seen), "wanted": clean(finding.wanted), "note": clean(finding.note),
        **({"waiver": one_line(str(finding.waiver))} if finding.waiver else {}),
    }  # fmt: skip
    return event


def _of_run(report: Report) -> Object:
    """Whether every verdict could be given, and what must be known beside the verdict."""
    lacking, lines = missing(report), told(report)
    made, severity = (Made(FAIL, NEW), 5) if lacking else (Made(PASS, None), 1)
    said = "; ".join(filter(None, (report.ending, lacking, *lines)))
    event = _event(report, made, severity, (RUN, place(report)), f"{RUN} {RUN_TITLE}", one_line(said, 4_000), CREATE)
    event["compliance"] |= {
        "control": f"{RUN} {RUN_TITLE}", "status_code": report.verdict, "checks": [{"uid": RUN, "name": RUN_TITLE}],
    }  # fmt: skip
    event["resources"] = [{"uid": place(report), "name": place(report), "type": "estate"}]
    event["unmapped"] = {
        "verdict": report.verdict, "gate": report.gate, "exit_code": report.exit_code, "counts": dict(report.counts),
        "threshold": report.threshold.word, "profiles": list(map(str, report.profiles)),
        "told": list(lines), "reach": list(map(one_line, reach(report))),
        "gaps": len(report.gaps), "runner": one_line(report.runner),
    }  # fmt: skip
    return event


def _event(
    report: Report, made: Made, severity: int, known_by: tuple[str, ...], title: str, said: str, activity: int
) -> Object:
    life = {"status_id": made.life, "status": LIFE[made.life]} if made.life else {}
    ended = milliseconds(report.finished.timestamp())
    return {
        "activity_id": activity, "activity_name": ACTIVITIES[activity],
        "category_uid": 2, "category_name": "Findings",
        "class_uid": CLASS, "class_name": "Compliance Finding",
        "type_uid": CLASS * 100 + activity, "type_name": f"Compliance Finding: {ACTIVITIES[activity]}",
        "severity_id": severity, "severity": SEVERITIES[severity],
        "time": ended, "start_time": milliseconds(report.started.timestamp()), "end_time": ended,
        "metadata": {
            "version": OCSF,
            "product": {"name": TOOL, "vendor_name": TOOL, "version": version(report)},
            "uid": fingerprint(*known_by, instant(report.finished)),
        },
        "finding_info": {
            "uid": fingerprint(*known_by), "title": one_line(title), "desc": said, "types": ["Compliance"],
        },
        "compliance": {
            "standards": [f"Hyper-V {profile}" for profile in report.profiles],
            "status_id": made.status, "status": STATUSES[made.status],
        },
        "message": said, **life,
    }  # fmt: skip


def _severity(finding: Finding, how: Standing) -> int:
    """OCSF's number: where nothing is wrong the least, of a warning one less than its check's."""
    if how in (Standing.PASSES, Standing.SILENT):
        return 1
    own = SEVERITY_IDS[finding.severity]
    return max(1, own - 1) if how is Standing.WARNS else own


SEVERITY_IDS = {severity: severity.value + 1 for severity in Severity}
