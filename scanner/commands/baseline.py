"""Reads the earlier run that a run is held against: a record, which is judged, or a JSON report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scanner.commands.console import UsageError, tell
from scanner.commands.earlier_report import AHEAD, EARLY, NARROWED, NOTHING, of_report, whole
from scanner.files.mixed_up import in_place_of_a_baseline, is_report
from scanner.files.reading import read_file
from scanner.judge import judging
from scanner.judge.comparing import known_of
from scanner.judge.hide import hidden
from scanner.plugins import Offer
from scanner.record import record
from scanner.words.baseline import Baseline
from scanner.words.evidence import Evidence
from scanner.words.telling import tell as phrase
from scanner.words.wording import reason

__all__ = ["AHEAD", "EARLY", "FUTURE", "LATER", "NARROWED", "NOTHING", "earlier", "judged", "of_file", "of_report"]
SKEW = timedelta(minutes=5)
"""So far two clocks may be apart, as with Kerberos."""
LATER = phrase("that run is later than the one that is held against it: what it found is not known yet")
FUTURE = phrase(
    "that run is later than now, as the clock here has it: set the clock right that is wrong, or name another run"
)


def of_file(file: Path | None, offer: Offer) -> Baseline | None:
    """The run that a file holds; None where no file is named.

    Raises:
        UsageError: it cannot be one; the text says why.
    """
    if file is None:
        return None
    try:
        data = read_file(file, record.SIZE_LIMIT)
        if other := in_place_of_a_baseline(data):
            raise UsageError(phrase("{file} {other}", file=file, other=other))
        return of_report(data, file) if is_report(data) else _of_record(data, file.name, offer)
    except OSError as error:
        raise UsageError(phrase("{file} cannot be read: {reason}", file=file, reason=reason(error))) from None
    except record.RecordError as error:
        raise UsageError(phrase("{file}: {error}", file=file, error=error)) from None
    except UsageError as error:
        raise UsageError(
            str(error) if str(error).startswith(str(file)) else phrase("{file}: {error}", file=file, error=error)
        ) from None


def _of_record(data: bytes, name: str, offer: Offer) -> Baseline:
    evidence = record.load(data, offer.facts, tell)
    if evidence.interrupted:
        raise UsageError(EARLY)
    if evidence.estate.chosen:
        raise UsageError(NARROWED)
    return whole(Baseline(name, evidence.finished, known_of(judged(evidence, offer), evidence.finished)))


def judged(evidence: Evidence, offer: Offer) -> Any:
    """The findings of a record, without secrets."""
    return hidden(judging.judge(offer.checks, evidence))


def earlier(file: Path | None, found: Baseline | None, finished: datetime | None = None) -> Baseline | None:
    """The baseline, which is no later than the run that is judged, or than now where that is still to come.

    Raises:
        UsageError: it is later.
    """
    if found and found.taken > (finished or datetime.now(UTC) + SKEW):
        raise UsageError(phrase("{file}: {later}", file=file, later=LATER if finished else FUTURE))
    return found
