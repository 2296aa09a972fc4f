"""What changed between two runs: the findings, and below each the evidence that it rests on. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.judge.changes import EvidenceChange, changes
from scanner.judge.comparing import change_key, change_of, difference_of
from scanner.words.baseline import Baseline, Change, Key
from scanner.words.evidence import Evidence
from scanner.words.telling import tell


@dataclass(frozen=True)
class Run:
    """One side."""

    told: Baseline
    evidence: Evidence | None
    rests_on: dict[Key, frozenset[tuple[str, str]]]
    """the answers, by fact and target, that each finding rests on"""


@dataclass(frozen=True)
class Row:
    """A finding that changed, what was seen then and now, and the evidence of it that changed."""

    word: str
    change: Change
    seen_before: str
    seen_now: str
    evidence: tuple[EvidenceChange, ...]


@dataclass(frozen=True)
class Diff:
    """All that changed between two runs."""

    old: Run
    new: Run
    rows: tuple[Row, ...]
    still: int
    besides: tuple[EvidenceChange, ...]
    """evidence that changed and that no changed finding rests on"""
    unsaid: tuple[str, ...]
    """what could not be compared"""


def between(old: Run, new: Run) -> Diff:
    """What changed."""
    was, now = ({one.key: one for one in run.told.findings} for run in (old, new))
    told = difference_of(new.told.findings, old.told, {one.check for one in old.told.findings})
    read = changes(old.evidence, new.evidence) if old.evidence and new.evidence else ()
    words = {
        change_key(change): word
        for word, some in (
            (tell("new"), told.new),
            (tell("mended"), told.mended),
            (tell("no longer judged"), told.unjudged),
        )
        for change in some
    }
    still = {change_key(change) for change in told.still}
    rows: list[Row] = []
    used: set[EvidenceChange] = set()
    for key in [*now, *(key for key in was if key not in now)]:
        before, after = was.get(key), now.get(key)
        same = before and after and before.status is after.status and (key not in still or before.seen == after.seen)
        if same or (key not in words and not (before and after)):
            continue
        on = old.rests_on.get(key, frozenset()) | new.rests_on.get(key, frozenset())
        evidence = tuple(change for change in read if change.place in on)
        used.update(evidence)
        was_seen, is_seen = (one.seen if one else "" for one in (before, after))
        rows.append(Row(words.get(key, tell("changed")), change_of(before, after), was_seen, is_seen, evidence))
    order = ("new", "no longer judged", "mended", "changed")
    rows.sort(key=lambda row: order.index(row.word))
    unsaid = tuple(
        tell(
            "{file} is a report and holds no evidence: findings alone are compared; name the records for the rest",
            file=run.told.file,
        )
        for run in (old, new)
        if run.evidence is None
    )
    besides = tuple(change for change in read if change not in used)
    return Diff(old, new, tuple(rows), len(told.still), besides, unsaid)
