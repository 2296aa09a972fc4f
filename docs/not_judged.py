"""Writes the page of what no check judges, from the table beside the checks."""

from __future__ import annotations

from collections.abc import Iterable

from docs.markdown import head, table
from scanner.api import NotJudged

LEAD = """READY says: of what this scan judges, nothing stands in the way. Here stands the rest, for each kind of move:
what a check shall judge one day, and what none ever can, with how to look at it yourself. Every report holds this list;
a row leaves it with the check that judges it. The table is `checks/not_judged/`; `hv-preflight checks --not-judged`
prints it."""


def page(rows: Iterable[NotJudged]) -> str:
    """The page."""
    rows = tuple(rows)
    yet = [(row.id, row.title, _moves(row), row.source) for row in rows if row.ever]
    never = [(row.title, row.look, _moves(row), _where(row)) for row in rows if not row.ever]
    lines = head("What no check judges", LEAD)
    lines += ["## Not yet", "", *table(("Check", "Verifies", "Of", "Written in"), yet), ""]
    lines += ["## Never: look yourself", "", *table(("What", "How to look", "Of", "Written in"), never)]
    return "\n".join(lines) + "\n"


def _moves(row: NotJudged) -> str:
    return ", ".join(sorted(row.profiles))


def _where(row: NotJudged) -> str:
    return f"{row.source} ({row.id})" if row.id else row.source
