"""Which targets are lost as a whole, and about what that costs, as soon as it is known: while others are still read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from scanner.collect.plan import Want, wanted
from scanner.judge.judging import cases_of
from scanner.judge.lost import is_lost
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import MACHINES, Gap


@dataclass(slots=True)
class Losses:
    """The losses of one run. What one costs is made when the first is met: a run that loses nobody pays nothing."""

    checks: tuple[Check, ...]
    estate: Estate
    _costs: Counter[str] = field(default_factory=Counter[str])

    def of(self, evidence: Evidence, want: Want) -> tuple[Gap, int] | None:
        """Why a target gave nothing, or little of what was wanted, and about how many verdicts that costs."""
        answers = [evidence.ask(fact, want.target) for fact in want.facts]
        spoke = (want.target,) if any(isinstance(answer, tuple) for answer in answers) else ()
        gap = next((gap for gap in answers if isinstance(gap, Gap) and is_lost(gap, spoke)), None)
        if gap is None:
            return None
        if not self._costs:
            self._costs = _costs(self.checks, self.estate, evidence)
        return gap, self._costs[want.target]


def _costs(checks: Iterable[Check], estate: Estate, evidence: Evidence) -> Counter[str]:
    """By target, how many verdicts want something of it, before anybody knows which virtual machines there are."""
    checks = tuple(checks)
    unread = Evidence(estate, evidence.started, evidence.started, closed=True)
    wanting: dict[str, set[str]] = {}
    for (target, kind), facts in wanted(checks, estate).items():
        for ids in facts.values():
            for check in ids:
                wanting.setdefault(check, set()).add(target if kind in MACHINES else f"*{target}")
    costs: Counter[str] = Counter()
    for check in checks:
        targets = wanting.get(check.id, set())
        for case in cases_of(check, unread):
            about = case.subject.machines
            costs.update(name.removeprefix("*") for name in targets if not about or name in about or name[0] == "*")
    return costs
