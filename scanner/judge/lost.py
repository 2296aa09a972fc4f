"""What kept many verdicts from being given: causes that stand for a whole target, each once. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason
from scanner.words.report import Finding, Lost
from scanner.words.told import mapped
from scanner.words.trouble import Advice, Kind

LONGEST = 600
"""Characters of a detail in which the target's name is looked for."""
Cause = tuple[GapReason, str, Advice]


def nameless(gap: Gap) -> str:
    """The detail of a gap without its target's name, so that it fits others: ``no DNS server answered within 5 s``."""
    if gap.target not in gap.detail[:LONGEST] or len(gap.detail) > LONGEST:
        return gap.detail
    name = rf"(?<![\w.-])(?:_[\w.-]*\.)?{re.escape(gap.target)}(?![\w-]|\.\w)"
    return mapped(gap.detail, lambda text: re.sub(name, "it", re.sub(f" for {name}", "", text)))


@dataclass(slots=True)
class _Cost:
    gaps: dict[Gap, None] = field(default_factory=dict[Gap, None])
    checks: set[str] = field(default_factory=set[str])
    verdicts: int = 0


@dataclass(slots=True)
class _Costs:
    """What each cause costs. A gap is looked at once, however many verdicts lack it: findings share it."""

    spoke: Mapping[str, int]
    whose: Mapping[tuple[GapReason, str], set[str]]
    by_cause: dict[Cause, _Cost] = field(default_factory=dict[Cause, _Cost])
    _known: dict[int, _Cost | None] = field(default_factory=dict[int, "_Cost | None"])

    def add(self, finding: Finding) -> None:
        """One finding more; it counts once for a cause, whatever number of its gaps."""
        hit = {id(cost): cost for gap in finding.lacks if (cost := self._of(gap)) is not None}
        for cost in hit.values():
            cost.verdicts += 1
            cost.checks.add(finding.check)

    def _of(self, gap: Gap) -> _Cost | None:
        if id(gap) not in self._known:
            cost = None
            if is_lost(gap, self.spoke):
                shared = len(self.whose.get((gap.reason, gap.detail), ())) > 1
                cost = self.by_cause.setdefault(cause_of(gap, shared=shared), _Cost())
                cost.gaps[gap] = None
            self._known[id(gap)] = cost  # the findings keep it, so no other gets its number
        return self._known[id(gap)]


def lost_of(evidence: Evidence, findings: Sequence[Finding]) -> tuple[Lost, ...]:
    """The causes, the dearest first; what hit one answer of a target that gave others is none, unless advice is known.

    Args:
        evidence: what was read; a target of which there is no answer is lost as a whole.
        findings: of it, each with what it lacks.
    """
    whose: dict[tuple[GapReason, str], set[str]] = {}
    for gap in evidence.gaps():
        whose.setdefault((gap.reason, gap.detail), set()).add(gap.target)
    costs = _Costs(Counter(answer.target for answer in evidence.answers()), whose)
    for finding in findings:
        costs.add(finding)
    found = (_told(cause, cost) for cause, cost in costs.by_cause.items())
    return tuple(sorted(found, key=lambda lost: (-lost.verdicts, lost.cause, lost.targets)))


def is_lost(gap: Gap, spoke: Container[str]) -> bool:
    """Whether it stands for more than one answer of its target; a defect of ours is told by itself."""
    return gap.reason is not GapReason.DEFECT and (bool(gap.advice.text) or gap.target not in spoke)


def cause_of(gap: Gap, *, shared: bool) -> Cause:
    """One for all targets of which the same is to be said: what each may not read is one matter of rights.

    ``shared``: it is said in the same words of another target, so that a name in them is no matter of its own.
    """
    if (
        gap.advice.text
        and gap.reason in (GapReason.ACCESS_DENIED, GapReason.HIDDEN)
        and gap.advice.kind == Kind.NO_RIGHTS
    ):
        return GapReason.ACCESS_DENIED, "", gap.advice
    return gap.reason, gap.detail if shared else nameless(gap), gap.advice


def _told(cause: Cause, cost: _Cost) -> Lost:
    reason, detail, advice = cause
    targets = tuple(sorted({gap.target for gap in cost.gaps}))
    if len(targets) == 1 and detail:
        detail = next(iter(cost.gaps)).detail
    return Lost(
        kind=advice.kind,
        cause=Gap("", "", reason, detail).because,
        advice=advice.for_target(targets[0]),
        targets=targets,
        verdicts=cost.verdicts,
        checks=tuple(sorted(cost.checks)),
        gaps=tuple(sorted(cost.gaps, key=lambda gap: (gap.target, gap.fact))),
    )
