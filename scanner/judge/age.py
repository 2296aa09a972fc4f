"""How old an answer is when the run ends: what was asked long ago says nothing of today, so it is a gap.

Age is measured against the end of the run that the record tells of, never against today: a record says next year what
it said when it was made. In a run that signs in, answers are minutes old; those brought in a file may be of any day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason, key_of
from scanner.words.telling import counted, tell


def fresh_answers(evidence: Evidence) -> Evidence:
    """Make gaps of answers that are older than the estate lets them be."""
    gaps = tuple(_old(evidence))
    return evidence.amended(gaps=(*evidence.gaps(), *gaps)) if gaps else evidence


def _old(evidence: Evidence) -> Iterator[Gap]:
    hours = evidence.estate.thresholds.answer_hours
    for answer in evidence.answers():
        age = evidence.finished - answer.at
        if age.total_seconds() > hours * 3600:
            day = answer.at.astimezone(UTC).strftime("%Y-%m-%d")
            detail = tell(
                "on {day}, {age} before the run ended; at most {hours} count",
                day=day,
                age=_long(age),
                hours=counted(hours, "hour"),
            )
            yield Gap(key_of(answer.fact), answer.target, GapReason.TOO_OLD, detail)


def _long(age: timedelta) -> str:
    return counted(age.days, "day") if age.days > 1 else counted(age // timedelta(hours=1), "hour")
