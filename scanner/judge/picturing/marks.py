"""How what is drawn stands: what findings say of it, found by check and subject; and the worst of very many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from scanner.judge import scopes
from scanner.words.model import WORST_FIRST, Status
from scanner.words.pictures import Mark
from scanner.words.report import Finding
from scanner.words.scope import Scope

T = TypeVar("T")
MOST = 200
"""So many pairs one picture keeps."""
DRAWN = frozenset(
    ("DEL-01", "DEL-02", "DEL-03", "DEL-04", "DEL-12", "LM-01", "LM-08", "LM-10", "LM-11", "LM-13", "NET-01", "RCH-01",
     "RCH-02", "RCH-06", "VMM-10")
)  # fmt: skip
"""Checks of which findings are drawn one by one."""
WHOLE = (scopes.CLOUD_PAIR.name, scopes.VMM_SERVER.name)
"""Scopes of which all findings together are drawn."""
_UNJUDGED = len(WORST_FIRST)


class Marks:
    """The findings of what is drawn, by check, scope and names; a large estate has millions of others."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._found: dict[tuple[str, str], dict[tuple[str, ...], tuple[Finding, ...]]] = {}
        self._whole: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
        for finding in findings:
            kind, names = finding.subject.kind.name, finding.subject.names
            if finding.check in DRAWN:
                same = self._found.setdefault((finding.check, kind), {})
                same[names] = (*same.get(names, ()), finding)
            if kind in WHOLE:
                self._whole.setdefault((kind, names), []).append(finding)

    def status(self, scope: Scope, names: tuple[str, ...], check: str) -> Status | None:
        """How a check ended on a subject; of several kinds of move the worst; nothing where it did not judge it."""
        found = self._found.get((check, scope.name), {}).get(names, ())
        return min((finding.status for finding in found), key=WORST_FIRST.index, default=None)

    def of(self, scope: Scope, names: tuple[str, ...], *checks: str) -> Mark:
        """What these checks say of a subject, the worst of it."""
        return mark(finding for check in checks for finding in self._found.get((check, scope.name), {}).get(names, ()))

    def all_of(self, scope: Scope, names: tuple[str, ...]) -> Mark:
        """What all checks say of a VMM server or a pair of clouds."""
        return mark(self._whole.get((scope.name, names), ()))

    def names(self, scope: Scope, check: str) -> list[tuple[str, ...]]:
        """The subjects of a scope that a check judged."""
        return list(self._found.get((check, scope.name), {}))


def mark(findings: Iterable[Finding]) -> Mark:
    """The worst of these, and who says so; of none, that nobody judged it."""
    found = list(findings)
    if not found:
        return Mark()
    status = min((finding.status for finding in found), key=WORST_FIRST.index)
    worst = [finding for finding in found if finding.status is status]
    said = next(filter(None, (finding.seen or finding.note for finding in worst)), "")
    return Mark(status=status, by=tuple(dict.fromkeys((f.check, f.subject.id) for f in worst)), said=said)


def worst_of(items: Sequence[T], status: Callable[[T], Status | None], most: int) -> tuple[list[T], int]:
    """So many of them in their order, the worst before all others, and how many are left."""
    if len(items) <= most:
        return list(items), 0
    ranks = [(_rank(status(item)), place) for place, item in enumerate(items)]
    kept = sorted(place for _, place in sorted(ranks)[:most])
    return [items[place] for place in kept], len(items) - most


def worst_pairs(
    items: Iterable[T], ends: Callable[[T], tuple[str, str]], status: Callable[[T], Status | None]
) -> tuple[list[T], int]:
    """All that is between the two of so many pairs, the worst pairs before all others, and how many pairs are left."""
    pairs: dict[frozenset[str], list[T]] = {}
    for item in items:
        pairs.setdefault(frozenset(ends(item)), []).append(item)
    kept, left = worst_of(list(pairs.values()), lambda some: min(map(status, some), key=_rank), MOST)
    return [item for some in kept for item in some], left


def _rank(status: Status | None) -> int:
    return _UNJUDGED if status is None else WORST_FIRST.index(status)
