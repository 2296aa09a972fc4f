"""When each target was read, and what was asked of how many: from the answers of a run. Pure."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from scanner.words.evidence import Evidence
from scanner.words.method import Asked, Method, Reading
from scanner.words.model import key_of


def method_of(evidence: Evidence) -> Method:
    """What the evidence tells of how it came about."""
    times: dict[str, list[datetime]] = {}
    targets: dict[tuple[str, str], set[str]] = defaultdict(set)
    answers = evidence.answers()
    for answer in answers:
        first, last = times.setdefault(answer.target, [answer.at, answer.at])
        times[answer.target] = [min(first, answer.at), max(last, answer.at)]
        targets[key_of(answer.fact), answer.query].add(answer.target)
    return Method(
        readings=tuple(Reading(target, *times[target]) for target in sorted(times)),
        asked=tuple(
            Asked(*question, len(some), next(iter(some)) if len(some) == 1 else "")
            for question, some in sorted(targets.items())
        ),
        answers=len(answers),
    )
