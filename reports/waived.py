"""What is known and accepted for a while: how each format says it, and what to know of the waivers themselves."""

from __future__ import annotations

from collections.abc import Iterator

from reports.text import one_line
from scanner.api import Finding, Report, WaiverState, WaiverUse, counted, plural, tell

SHOWN = 20
"""So many waivers that act no more, or not for long, are told one by one."""
OVER = (WaiverState.EXPIRED, WaiverState.UNUSED, WaiverState.PASSES_NOW)


def accepted(finding: Finding) -> str:
    """``waived``, or ``unknown, accepted``: what its waiver makes of it; empty without one."""
    if finding.waiver is None:
        return ""
    return tell("unknown, accepted") if finding.status in ("UNKNOWN", "ERROR") else tell("waived")


def mark(finding: Finding) -> str:
    """``waived until 2027-01-31 by network team: cable is ordered``; empty without a waiver."""
    return (
        tell("{accepted} {waiver}", accepted=accepted(finding), waiver=one_line(str(finding.waiver)))
        if finding.waiver
        else ""
    )


def waived(report: Report) -> list[Finding]:
    """The findings that are waived."""
    return [finding for finding in report.findings if finding.waiver]


def expired(report: Report, finding: Finding) -> str:
    """Of a failure whose waiver has ended: when, and whose it was; empty of any other."""
    key = finding.check, finding.subject.id, finding.profile
    ended = [use.waiver for use in report.waivers if use.state is WaiverState.EXPIRED and key in use.covers]
    last = max(ended, key=lambda waiver: waiver.until, default=None)
    return (
        tell(
            "ended on {until}; it was {owner}'s: {reason}",
            until=last.until,
            owner=one_line(last.owner),
            reason=one_line(last.reason),
        )
        if last
        else ""
    )


def named(use: WaiverUse) -> str:
    """``NET-01 on hv02.corp.example``: what a waiver is about, as its file says it."""
    return one_line(tell("{check} on {subject}", check=use.waiver.check, subject=use.waiver.subject), 120)


def fate(use: WaiverUse) -> str:
    """What has become of a waiver, in words."""
    match use.state:
        case WaiverState.ENDS_SOON:
            return tell("ends in {days}, on {until}", days=counted(use.days, "day"), until=use.waiver.until)
        case WaiverState.EXPIRED:
            ended = tell("ended on {until}", until=use.waiver.until)
            again = plural(
                len(use.covers),
                "{ended}: {number:,} finding counts again",
                "{ended}: {number:,} findings count again",
                ended=ended,
            )
            return again if use.covers else ended
        case WaiverState.PASSES_NOW:
            return tell("is for what passes now: take it out")
        case WaiverState.UNUSED:
            return tell("waives nothing: {why}", why=one_line(use.note))
        case WaiverState.IN_FORCE:
            return tell("in force until {until}", until=use.waiver.until)


def told(report: Report) -> Iterator[str]:
    """What every output says of the waivers, each a line without its full stop: whose they are, then which end."""
    if not report.waivers_file:
        return
    acting = [use for use in report.waivers if use.state not in OVER]
    covered = counted(report.waived.findings, "finding")
    what = tell(
        "{waivers} of {waivers_file}: {count:,} in force",
        waivers=counted(len(report.waivers), "waiver"),
        waivers_file=one_line(report.waivers_file),
        count=len(acting),
    )
    yield tell("{what}, for {covered}", what=what, covered=covered) if acting else what
    loud = [use for use in report.waivers if use.state is not WaiverState.IN_FORCE]
    for use in loud[:SHOWN]:
        yield tell(
            "waiver of {named}, {one_line}: {fate}",
            named=named(use),
            one_line=one_line(use.waiver.owner, 80),
            fate=fate(use),
        )
    if loud[SHOWN:]:
        more = counted(len(loud) - SHOWN, "more waiver")
        yield tell("and {more} that ended, end soon or waive nothing: see the JSON report", more=more)
