"""What findings have in common: the page says it once, and of each finding what is its own.

So a report of very many failures stays small, and its reader sees at once that a thousand of them are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from scanner.api import Finding, Source

MANY = 4
"""From so many on, findings that say the same but for the answer or the command stand in one list."""
ROWS = 50
"""Rows that a browser lays out together, or not at all while they are out of sight."""
LONGEST = 300
"""Characters of an answer that fits in a row."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Alike:
    """Findings of one check that ended alike, and what they share; a text is empty where they differ."""

    findings: Sequence[Finding]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.findings)

    @cached_property
    def seen(self) -> str:
        """The answer, or the remark in its place, that all of them have."""
        return _common([f.seen or f.note for f in self.findings])

    @cached_property
    def wanted(self) -> str:
        """What all of them want."""
        return _common([f.wanted for f in self.findings])

    @cached_property
    def note(self) -> str:
        """The remark that all of them make."""
        return _common([f.note for f in self.findings])

    @cached_property
    def works(self) -> str:
        """Why the move works all the same, that all of them say."""
        return _common([f.works for f in self.findings])

    @cached_property
    def remedy(self) -> str:
        """The command that mends all of them."""
        return _common([f.remedy for f in self.findings])

    @cached_property
    def mended_apart(self) -> bool:
        """Whether each has a command of its own."""
        return not self.remedy and any(f.remedy for f in self.findings)

    @cached_property
    def evidence(self) -> tuple[Source, ...]:
        """The answers that all of them rest on."""
        first, *others = (f.evidence for f in self.findings)
        sets = [frozenset(sources) for sources in dict.fromkeys(others)]
        return tuple(source for source in first if all(source in sources for sources in sets))

    def own(self, finding: Finding) -> list[Source]:
        """The answers that a finding rests on beside those."""
        return [source for source in finding.evidence if source not in self.evidence]


def alike(findings: Sequence[Finding]) -> list[Alike]:
    """Findings of one check by what they say: lists of many that say the same, and the others one by one.

    Findings that differ in the answer alone come first together; of the rest, those that differ in the remedy, too; of
    the rest, any that say the very same.
    """
    keys: dict[int, tuple[object, ...]] = {}
    for key, least in ((_but_answer, MANY), (_but_remedy, MANY), (_all, 2)):
        rest = [(place, f) for place, f in enumerate(findings) if place not in keys and (key is _all or _fits(f))]
        number = Counter(key(f) for _, f in rest)
        keys |= {place: (key, *key(f)) for place, f in rest if number[key(f)] >= least}
    together: dict[tuple[object, ...], list[Finding]] = {}
    for place, finding in enumerate(findings):
        together.setdefault(keys.get(place, (place,)), []).append(finding)
    return [Alike(found) for found in together.values()]


def in_rows(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, so many at a time as are laid out together."""
    return (items[start : start + ROWS] for start in range(0, len(items), ROWS))


def _but_answer(finding: Finding) -> tuple[str, ...]:
    return finding.wanted, finding.note, finding.works, finding.remedy


def _but_remedy(finding: Finding) -> tuple[str, ...]:
    return finding.wanted, finding.note, finding.works, "with a remedy" if finding.remedy else ""


def _all(finding: Finding) -> tuple[str, ...]:
    return finding.seen, *_but_answer(finding)


def _fits(finding: Finding) -> bool:
    return len(finding.seen) <= LONGEST and "\n" not in finding.seen


def _common(texts: Sequence[str]) -> str:
    return texts[0] if all(text == texts[0] for text in texts) else ""
