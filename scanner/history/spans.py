"""How long runs are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """How long something is kept: so many runs, or days; one is set."""

    runs: int = 0
    days: int = 0

    def __str__(self) -> str:
        """As a person writes it."""
        return f"{self.days}d" if self.days else str(self.runs)


RUNS = Span(days=400)
"""A year and a month: a life over all seasons, and what was a year ago."""


def span_of(text: str) -> Span | None:
    """The span that a person wrote, ``400d`` or ``500``; None where it is none."""
    found = re.fullmatch(r"([1-9][0-9]{0,4})(d?)", text.strip(), re.ASCII)
    if not found:
        return None
    return Span(days=int(found[1])) if found[2] else Span(runs=int(found[1]))
