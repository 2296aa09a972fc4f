"""What a report says of what comes: until when its verdicts hold, and what to do first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scanner.judge.actions import plan_of
from scanner.judge.until import turns_of
from scanner.words.evidence import Evidence
from scanner.words.report import Report


def planned(report: Report, evidence: Evidence, at: datetime | None = None) -> Report:
    """The report of this evidence with both; it may be about a later instant, as its findings are."""
    report = replace(report, at=at)
    actions, actors = plan_of(report)
    return replace(report, turns=turns_of(report, evidence), actions=actions, actors=actors)
