"""How far a verdict reaches: per kind of move, as far as checks judge, and never yet against real Windows."""

from __future__ import annotations

from scanner.api import UNPROVEN, Profile, Report, counted

MOVES = {
    Profile.LIVE_MIGRATION: "live migration",
    Profile.REPLICA: "Hyper-V Replica",
    Profile.ASR_VMM: "Site Recovery",
}
"""The kinds of move as people call them."""


def as_far_as(report: Report) -> str:
    """``as far as judged: 26 of 60 checks of live migration``; empty once no check is missing."""
    reached = [(MOVES[state.profile], *report.reach(state.profile)) for state in report.readiness]
    parts = [f"{there} of {counted(whole, 'check')} of {move}" for move, there, whole in reached if there < whole]
    return f"as far as judged: {', '.join(parts)}" if parts else ""


def limits(report: Report) -> tuple[str, ...]:
    """What a reader of a verdict has to know of it, each a sentence without its full stop."""
    told, never = as_far_as(report), sum(not row.ever for row in report.not_judged)
    look = f"Not judged by any check, ever: {counted(never, 'passage')} (hv-preflight checks --not-judged)"
    return tuple(filter(None, (*report.accepted, told[:1].upper() + told[1:], look if never else "", UNPROVEN)))
