"""What a report says beside its verdicts: until when they hold, what to do first, and what it draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scanner.judge.actions import plan_of
from scanner.judge.picturing import pictures_of
from scanner.judge.until import turns_of
from scanner.words.evidence import Evidence
from scanner.words.report import Report


def planned(report: Report, evidence: Evidence, at: datetime | None = None) -> Report:
    """The report of this evidence with all of it; it may be about a later instant, as its findings are."""
    report = replace(report, at=at)
    actions, actors = plan_of(report)
    pictures = pictures_of(report, evidence)
    return replace(report, turns=turns_of(report, evidence), actions=actions, actors=actors, pictures=pictures)
