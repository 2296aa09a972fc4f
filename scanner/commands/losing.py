"""Tells while targets are read what is lost, and what to do: each cause once, then whom else it hit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scanner.judge.lost import Cause, cause_of
from scanner.words.model import Gap
from scanner.words.wording import counted

NAMED = 5
"""So many targets are named one by one."""


@dataclass(slots=True)
class Told:
    """What was told of one run."""

    say: Callable[[str], None]
    _hit: list[dict[str, int]] = field(default_factory=list[dict[str, int]])
    """of each cause the targets, each with what it costs"""
    _known: dict[Cause, dict[str, int]] = field(default_factory=dict[Cause, dict[str, int]])
    """the same by cause, as it is said with the name of a target and without"""

    def lost(self, gap: Gap, cost: int) -> None:
        """A target is lost: the first of a cause is told at once, with what to do."""
        causes = [cause_of(gap, shared=shared) for shared in (True, False)]
        hit = next((self._known[cause] for cause in causes if cause in self._known), None)
        first = hit is None
        if hit is None:
            self._hit.append(hit := {})
        for cause in causes:
            self._known.setdefault(cause, hit)
        hit.setdefault(gap.target, cost)
        if first:
            self.say(f"{gap.target}   {gap.because}{_costs(cost)}")
            if gap.advice.text:
                self.say(f"  do: {gap.advice.for_target(gap.target)}")

    def end(self) -> None:
        """Reading is over: of each cause, whom else it hit."""
        for hit in self._hit:
            first, *others = hit
            if others:
                more = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
                named = f"{', '.join(others[:NAMED])}{more}"
                self.say(f"the same as {first}: {named}{_costs(sum(hit.values()) - hit[first])}")
        self._hit.clear()
        self._known.clear()


def _costs(verdicts: int) -> str:
    return f"   costs about {counted(verdicts, 'verdict')}" if verdicts else ""
