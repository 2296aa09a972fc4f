"""The trusts that a ticket passes on its way from one domain to another, by their shortest way."""

from __future__ import annotations

from collections.abc import Iterator

from checks.identity.trust import ACTIVE_DIRECTORY, BOTH_WAYS
from scanner.api import Gap, View, joined, tell
from scanner.facts.directory import Trust

WITHIN_FOREST, FOREST = 0x20, 0x8


def way(view: View, one: str, other: str) -> tuple[tuple[str, ...], str]:
    """The domains from one to the other, both included; or none, and why. The check must declare Trust.

    A domain on the way that was not read may hide a shorter one; the one that is found is one that tickets can take.
    """
    ways: dict[str, tuple[str, ...]] = {one: (one,)}
    unread: list[str] = []
    for domain in _unfolding(ways):
        if other in ways:
            return ways[other], ""
        answer = view.ask(Trust, domain)
        if isinstance(answer, Gap):
            unread.append(str(answer))
            continue
        for partner in _partners(answer, domain, (one, other)):
            ways.setdefault(partner, (*ways[domain], partner))
    return (), joined("; ", unread) or tell("no trust leads from {one} to {other} (see ID-02)", one=one, other=other)


def _unfolding(ways: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Every domain that is there, or is added meanwhile, once, the nearest first."""
    done = 0
    while done < len(ways):
        yield list(ways)[done]
        done += 1


def _partners(rows: tuple[Trust, ...], domain: str, ends: tuple[str, str]) -> Iterator[str]:
    """The domains that trust this one and that it trusts; by a trust that leads no further only the two ends."""
    for row in rows:
        partner = row.partner.lower().rstrip(".")
        leads = row.attributes & (WITHIN_FOREST | FOREST) or {domain, partner} == {*ends}
        if leads and row.direction == BOTH_WAYS and row.type == ACTIVE_DIRECTORY and partner:
            yield partner
