"""Tells while targets are read what is lost, and what to do: each cause once, then whom else it hit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scanner.judge.lost import Cause, cause_of
from scanner.words.model import Gap
from scanner.words.telling import tell
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
            self.say(_costing(tell("{target}   {because}", target=gap.target, because=gap.because), cost))
            if gap.advice.text:
                self.say(tell("  do: {for_target}", for_target=gap.advice.for_target(gap.target)))

    def end(self) -> None:
        """Reading is over: of each cause, whom else it hit."""
        for hit in self._hit:
            first, *others = hit
            if others:
                named = ", ".join(others[:NAMED])
                if len(others) > NAMED:
                    named = tell("{named} and {rest:,} more", named=named, rest=len(others) - NAMED)
                same = tell("the same as {first}: {named}", first=first, named=named)
                self.say(_costing(same, sum(hit.values()) - hit[first]))
        self._hit.clear()
        self._known.clear()


def _costing(what: str, verdicts: int) -> str:
    many = counted(verdicts, "verdict")
    return tell("{what}   costs about {verdicts}", what=what, verdicts=many) if verdicts else what
