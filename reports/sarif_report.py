"""The report as SARIF 2.1.0, one file for two kinds of readers.

Viewers that keep to the standard know kinds, suppressions and notifications. GitHub knows none of them: each result is
an open alert there, and only its level decides whether a change passes; a result without a file has it refuse all. So:

* a level is ``error`` if and only if the result counts against the gate, whatever its severity, which ``rank`` and a
  property tell; no ``security-severity``, by which GitHub would make what is waived as red as what is not
* what failed and is waived, known or below the threshold is no more than a note or a warning, and suppressed where it
  is waived: open at GitHub, stopping nothing
* what could not be judged is of the kind ``open``, which the standard has for it, and whose level must be ``none``: a
  reader of levels would take an unread estate for a clean one. So a run that lacks a verdict has a result SCAN-000 of
  its own, an error; what was not read stands among the notifications, too
* what passed or does not apply is no result: it would be an alert. The numbers stand in the properties of the run
* a run that was narrowed, or looks ahead, is another category: it must not close the alerts of the whole

Results lie in the estate file, for a host has no file; whom they are about is the logical location.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from urllib.parse import quote

from reports.programs import (
    ELSEWHERE,
    RUN,
    RUN_TITLE,
    TOOL,
    Object,
    Standing,
    fingerprint,
    identity,
    missing,
    place,
    standing,
    told,
    told_of,
    version,
    written,
)  # fmt: skip
from reports.sarif_parts import invocation, plain, rules
from reports.since import known
from reports.text import command, one_line
from scanner.api import Finding, Report, Status, counted

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MADE_OF: dict[Standing, tuple[str, str]] = {
    Standing.STOPS: ("fail", "error"),
    Standing.UNKNOWN: ("open", "none"),
    Standing.ERROR: ("open", "none"),
    Standing.KNOWN: ("fail", "warning"),
    Standing.LESSER: ("fail", "warning"),
    Standing.WARNS: ("fail", "warning"),
    Standing.WAIVED: ("fail", "note"),
    Standing.ACCEPTED: ("open", "none"),
}
"""Kind and level; what is not here is no result."""
RESULTS = 5_000
"""of a run that GitHub keeps, of up to 25,000 that it takes"""
OCTETS = 10_000_000
"""of a compressed file that it takes"""


def render(report: Report) -> str:
    """The report as SARIF."""
    found = [(finding, standing(finding, report)) for finding in report.findings]
    found = [(finding, how) for finding, how in found if how in MADE_OF]
    found.sort(key=lambda one: not report.stops(one[0]))  # what counts goes last where all is too much
    limit = RESULTS - 1
    while len(zlib.compress((text := written(_log(report, found, limit))).encode())) > OCTETS and limit:
        limit //= 2
    return text


def _log(report: Report, found: Sequence[tuple[Finding, Standing]], limit: int) -> Object:
    ids = rules(report)
    places = {rule["id"]: place for place, rule in enumerate(ids)}
    cut = len(found) - limit
    word = f"{counted(cut, 'result')} too many for GitHub {'is' if cut == 1 else 'are'} left out; {ELSEWHERE}"
    cuts = word if cut > 0 else ""
    lost = any(report.stops(finding) for finding, _ in found[limit:])
    why = "; ".join(filter(None, (missing(report), cuts if lost else "")))
    checks = {check.id: check for check in report.checks}
    results = [_of_run(report, why)] if why else []
    for finding, how in found[:limit]:
        case = told_of(finding, report, checks.get(finding.check))
        results.append(_result(finding, how, report, f"{case.message}{_do(finding)}"))
    for result in results:
        result["ruleIndex"] = places[result["ruleId"]]
    driver = {"name": TOOL, "version": version(report), "rules": ids}
    plugins = {(p.name, p.version) for p in report.plugins if p.origin != "built-in"}
    extensions = [{"name": one_line(name) or "-", "version": one_line(text)} for name, text in sorted(plugins)[:100]]
    run = {
        "tool": {"driver": driver, "extensions": extensions},
        "automationDetails": {"id": _category(report)},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(report, cuts, places)],
        "results": results,
        "properties": {
            "verdict": report.verdict, "gate": report.gate, "threshold": report.threshold.word,
            "counts": {status.value: report.counts.get(status.value, 0) for status in Status},
            "waived": report.waived.findings, "told": list(told(report)),
        },
    }  # fmt: skip
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _do(finding: Finding) -> str:
    return f"; do: {one_line(command(finding.remedy))}" if finding.remedy else ""


def _result(finding: Finding, how: Standing, report: Report, said: str) -> Object:
    kind, level = MADE_OF[how]
    about = one_line(finding.subject.title)
    result = _located(report, kind, level, finding.check, f"{about}: {finding.title}: {said}", identity(finding))
    logical = {"name": about, "fullyQualifiedName": one_line(finding.subject.id), "kind": finding.subject.kind.name}
    result["locations"][0]["logicalLocations"] = [logical]
    result["rank"] = finding.severity * 25.0
    result["properties"] = {
        "status": finding.status.value, "severity": finding.severity.word, "profiles": sorted(finding.profiles),
        "who": one_line(finding.who), "subject": finding.subject.kind.name, "seen": one_line(finding.seen),
        "wanted": one_line(finding.wanted),
    }  # fmt: skip
    if report.waivers_file:
        justified = {"kind": "external", "status": "accepted", "justification": one_line(str(finding.waiver))}
        result["suppressions"] = [justified] if finding.waiver else []
    if report.baseline:
        result["baselineState"] = "unchanged" if known(finding) else "new"
    return result


def _of_run(report: Report, why: str) -> Object:
    """What fails where a verdict is missing."""
    result = _located(report, "fail", "error", RUN, f"{RUN_TITLE}: it was not: {why}", (RUN, place(report)))
    result |= {"rank": 100.0, "properties": {"status": report.verdict}}
    result |= {"suppressions": []} if report.waivers_file else {}
    if report.baseline:
        result["baselineState"] = "unchanged" if report.baseline.verdict == report.verdict else "new"
    return result


def _located(report: Report, kind: str, level: str, rule: str, text: str, known_by: tuple[str, ...]) -> Object:
    digest = fingerprint(*known_by)
    lies = {"artifactLocation": {"uri": quote(place(report)), "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 1}}
    return {
        "ruleId": one_line(rule), "kind": kind, "level": level, "message": {"text": plain(text)},
        "locations": [{"physicalLocation": lies}],
        "partialFingerprints": {"primaryLocationLineHash": f"{digest[:16]}:1", "hvPreflight/v1": digest},
    }  # fmt: skip


def _category(report: Report) -> str:
    """The run among others of the same repository: its results replace those of the last one that is called so."""
    parts = [TOOL, "+".join(map(str, report.profiles)), place(report)]
    parts += [f"chosen-{fingerprint(*report.chosen)[:8]}"] if report.chosen else []
    parts += ["ahead"] if report.at else []
    return "/".join(parts) + "/"
