"""What stands beside a verdict, lest it be read as more than it is: who was not sure, who holds the run, who is unread.

Each is a line without its full stop.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from reports.names import Names
from reports.reach import kinds
from reports.since import told as since
from reports.summary import OPEN
from reports.waived import told
from scanner.api import AS_FAR, NOBODY, Finding, Report, TargetKind, counted, joined, plural, tell, unverified_words


def beside(report: Report, names: Names, told_with: str = "") -> tuple[str, ...]:
    """All such lines; a domain that was not read is not told again where the text ``told_with`` them names it."""
    lines = (*surest(report, names), _off_route(report, names), *_unread(report, told_with))
    return tuple(filter(None, (*lines, *told(report), *since(report, names))))


def surest(report: Report, names: Names) -> tuple[str, ...]:
    """Those of them that no verdict is told without, however little room there is."""
    unverified = unverified_words(map(names.host, report.unverified))
    return tuple(filter(None, (chosen(report), NOBODY if report.nobody_read else "", unverified)))


def chosen(report: Report) -> str:
    """What the run was narrowed to; empty where it is the whole estate."""
    return (
        tell("{as_far}: {chosen}; the rest was left out", as_far=AS_FAR, chosen=joined("; ", report.chosen))
        if report.chosen
        else ""
    )


def _off_route(report: Report, names: Names) -> str:
    """What holds the run although no route of its kind names it; empty if nothing does, or no move is planned."""
    found = report.off_route if report.routes else ()
    on = {
        (end, s.profile) for route in report.routes for s in route.profiles for end in (route.source, route.destination)
    }
    off = [
        (name, finding)
        for finding in found
        for name in finding.subject.machines or (finding.subject.title,)
        if not any((name, profile) in on for profile in finding.profiles)
    ]
    whom = dict.fromkeys(name for name, _ in off)
    if not whom:
        return ""
    stops, missing = sum(map(report.blocks, found)), sum(map(report.lacks, found))
    parts = [
        counted(stops, "blocker") if stops else "",
        plural(missing, "{number:,} unknown", "{number:,} unknown") if missing else "",
    ]
    others = {profile for name, finding in off if name in {end for end, _ in on} for profile in finding.profiles}
    some, what, of = (
        names.some(whom),
        joined(", ", filter(None, parts)),
        [one for one in report.profiles if one in others],
    )
    if not of:
        return plural(
            len(whom),
            "on no route: {some} (counts against the run: {what})",
            "on no route: {some} (count against the run: {what})",
            some=some,
            what=what,
        )
    return plural(
        len(whom),
        "on no route of {kinds}: {some} (counts against the run: {what})",
        "on no route of {kinds}: {some} (count against the run: {what})",
        kinds=kinds(of),
        some=some,
        what=what,
    )


def _unread(report: Report, told_with: str) -> Iterator[str]:
    """Each domain that was to be read, and of which nobody told anything."""
    elsewhere = set(re.findall(r"[\w.-]+", told_with))
    for target in report.targets:
        why = next((gap.because for gap in report.gaps if gap.target == target.name), "")
        if target.kind == TargetKind.DOMAIN and not target.answered and why and target.name not in elsewhere:
            yield tell(
                "domain {target} was not read: {why}; {cost}",
                target=target.name,
                why=why,
                cost=_cost(report, target.name),
            )


def _cost(report: Report, target: str) -> str:
    if lacking := missing_for(report, target):
        return plural(lacking, "{number:,} verdict lacks it", "{number:,} verdicts lack it")
    judged = not any(finding.status in OPEN for finding in report.findings)
    return tell("no verdict rests on it") if judged else tell("no verdict is missing for this alone")


def missing_for(report: Report, target: str, among: Iterable[Finding] | None = None) -> int:
    """How many verdicts are missing because a fact of this target is; of these findings, if some are named."""
    gaps = {f" of {target}: {gap.because}" for gap in report.gaps if gap.target == target}
    found = report.findings if among is None else among
    notes = Counter(finding.note for finding in found if finding.status in OPEN)
    return sum(number for note, number in notes.items() if any(gap in note for gap in gaps))
