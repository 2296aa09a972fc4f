"""Writes the page that holds the passages against the checks."""

from __future__ import annotations

from collections.abc import Iterable

from checks.sources import PASSAGES
from docs.catalogue import link_to
from docs.markdown import head, table
from scanner.api import Check, NotJudged, Passage

LEAD = """Every demand of the pages that this scanner judges by, and which checks judge it. S0 to S3 are one page on
live migration without Failover Clustering, in four versions (lines are those of S0: *Set up hosts for live migration
without Failover Clustering*); S4 is the page on replication between VMM sites with Site Recovery. What a check shall
judge one day, and what none ever can, [stands in every report](not-judged.md)."""
PARTS = {"L": "Live migration (S0 to S3)", "A": "Site Recovery between VMM sites (S4)"}


def page(checks: Iterable[Check], rows: Iterable[NotJudged]) -> str:
    """The page."""
    known = {check.id: check for check in checks}
    yet = {row.id for row in rows if row.ever}
    lines = head("From passages to checks", LEAD)
    for letter, title in PARTS.items():
        found = [passage for passage in PASSAGES if passage.id.startswith(letter)]
        lines += [f"## {title}", "", *_table(found, known, yet), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(passages: Iterable[Passage], known: dict[str, Check], yet: set[str]) -> list[str]:
    rows = ((p.id, p.demand, p.where, _judged(p, known), _open(p, yet)) for p in passages)
    return list(table(("Passage", "Demands", "Where", "Judged by", "Not judged"), rows))


def _judged(passage: Passage, known: dict[str, Check]) -> str:
    return ", ".join(link_to(known[name], "catalogue.md") for name in passage.checks if name in known)


def _open(passage: Passage, yet: set[str]) -> str:
    later = ", ".join(name for name in passage.checks if name in yet)
    return f"not yet: {later}" if later else passage.never and f"look yourself: {passage.never}"
