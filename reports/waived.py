"""What is known and accepted for a while: how each format says it, and what to know of the waivers themselves."""

from __future__ import annotations

from collections.abc import Iterator

from reports.text import one_line
from scanner.api import Finding, Report, WaiverState, WaiverUse, counted

SHOWN = 20
"""So many waivers that act no more, or not for long, are told one by one."""
OVER = (WaiverState.EXPIRED, WaiverState.UNUSED, WaiverState.PASSES_NOW)


def accepted(finding: Finding) -> str:
    """``waived``, or ``unknown, accepted``: what its waiver makes of it; empty without one."""
    if finding.waiver is None:
        return ""
    return "unknown, accepted" if finding.status in ("UNKNOWN", "ERROR") else "waived"


def mark(finding: Finding) -> str:
    """``waived until 2027-01-31 by network team: cable is ordered``; empty without a waiver."""
    return f"{accepted(finding)} {one_line(str(finding.waiver))}" if finding.waiver else ""


def waived(report: Report) -> list[Finding]:
    """The findings that are waived."""
    return [finding for finding in report.findings if finding.waiver]


def expired(report: Report, finding: Finding) -> str:
    """Of a failure whose waiver has ended: when, and whose it was; empty of any other."""
    key = finding.check, finding.subject.id, finding.profile
    ended = [use.waiver for use in report.waivers if use.state is WaiverState.EXPIRED and key in use.covers]
    last = max(ended, key=lambda waiver: waiver.until, default=None)
    return f"ended on {last.until}; it was {one_line(last.owner)}'s: {one_line(last.reason)}" if last else ""


def named(use: WaiverUse) -> str:
    """``NET-01 on hv02.corp.example``: what a waiver is about, as its file says it."""
    return one_line(f"{use.waiver.check} on {use.waiver.subject}", 120)


def fate(use: WaiverUse) -> str:
    """What has become of a waiver, in words."""
    match use.state:
        case WaiverState.ENDS_SOON:
            return f"ends in {counted(use.days, 'day')}, on {use.waiver.until}"
        case WaiverState.EXPIRED:
            count = "counts" if len(use.covers) == 1 else "count"
            again = f": {counted(len(use.covers), 'finding')} {count} again" if use.covers else ""
            return f"ended on {use.waiver.until}{again}"
        case WaiverState.PASSES_NOW:
            return "is for what passes now: take it out"
        case WaiverState.UNUSED:
            return f"waives nothing: {one_line(use.note)}"
        case WaiverState.IN_FORCE:
            return f"in force until {use.waiver.until}"


def told(report: Report) -> Iterator[str]:
    """What every output says of the waivers, each a line without its full stop: whose they are, then which end."""
    if not report.waivers_file:
        return
    acting = [use for use in report.waivers if use.state not in OVER]
    covered = counted(report.waived.findings, "finding")
    what = f"{counted(len(report.waivers), 'waiver')} of {one_line(report.waivers_file)}: {len(acting):,} in force"
    yield f"{what}, for {covered}" if acting else what
    loud = [use for use in report.waivers if use.state is not WaiverState.IN_FORCE]
    for use in loud[:SHOWN]:
        yield f"waiver of {named(use)}, {one_line(use.waiver.owner, 80)}: {fate(use)}"
    if loud[SHOWN:]:
        more = counted(len(loud) - SHOWN, "more waiver")
        yield f"and {more} that ended, end soon or waive nothing: see the JSON report"
