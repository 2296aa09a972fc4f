"""States of one kind of thing over runs: what a new run begins, ends and leaves as it is.

Whatever is kept of runs by states (findings, routes, waivers) is kept by this one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, or_, select, update

from scanner.history.opening import Link

Values = tuple[Any, ...]
MANY = 500
"""Values that one question names: SQLite takes 999 at least."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The run that is stored."""

    number: int
    finished: datetime
    before: datetime | None
    """when the whole run before it ended"""
    whole: bool
    """it takes part in what became of things; else what it had stands for itself"""


def follow(link: Link, things: Table, states: Table, of: Any, now: Mapping[int, Values], run: Moment) -> None:
    """Keep what each thing is in this run.

    Args:
        link: the transaction.
        things: their table, by ``id``, with first and last seen.
        states: the table of their states.
        of: the condition for things of this estate.
        now: what each is, in the order of the table's own columns; the first is what turns.
        run: the run.
    """
    columns = [column.name for column in states.columns][4:]

    def row(what: int, values: Values, ended: int | None, since: datetime) -> dict[str, Any]:
        own = {"what": what, "begun": run.number, "ended": ended, "since": since}
        return own | dict(zip(columns, values, strict=True))

    if not run.whole:
        _insert(link, states, [row(what, values, run.number, run.finished) for what, values in now.items()])
        return
    before = _standing(link, things, states, of)
    begun = {what: values for what, values in now.items() if what not in before or tuple(before[what][4:]) != values}
    same = {what for what, values in begun.items() if what in before and before[what][4] == values[0]}
    gone = [what for what in before if what not in now]
    _end(link, states, [*(what for what in begun if what in before), *gone], run.number)
    whens = {what: before[what][3] if what in same else run.finished for what in begun}
    _insert(link, states, [row(what, values, None, whens[what]) for what, values in begun.items()])
    _turn(link, things, [what for what in begun if what not in same], {"last_seen": None}, run)
    _turn(link, things, gone, {"last_seen": run.before}, run)


def _standing(link: Link, things: Table, states: Table, of: Any) -> dict[int, Any]:
    """The states that the last whole run left, each by the number of its thing."""
    where = states.join(things, states.c.what == things.c.id)
    found = select(states).select_from(where).where(of, states.c.ended.is_(None))
    return {row[0]: row for row in link.execute(found)}


def _end(link: Link, states: Table, whats: list[int], number: int) -> None:
    if whats:
        there = update(states).where(states.c.what == bindparam("b_what"), states.c.ended.is_(None))
        link.execute(there.values(ended=number), [{"b_what": what} for what in whats])


def _insert(link: Link, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        link.execute(insert(table), rows)


def _turn(link: Link, things: Table, whats: list[int], values: dict[str, Any], run: Moment) -> None:
    """Count a turn of those that were there before; what is there for the first time begins."""
    if whats:
        c = things.c
        there = update(things).where(c.id == bindparam("b_what"))
        rows = [{"b_what": what} for what in whats]
        link.execute(there.where(c.first_seen.is_not(None)).values(turned=c.turned + 1, **values), rows)
        link.execute(there.where(c.first_seen.is_(None)).values(first_seen=run.finished), rows)


def numbers(link: Link, table: Table, keys: list[str], wanted: Mapping[Any, dict[str, Any]], of: Any) -> dict[Any, int]:
    """The number of each thing, those that are new among them.

    Args:
        link: the transaction, in which nobody else writes.
        table: the table, by ``id``.
        keys: the columns that tell them apart.
        wanted: the row of each, by what those columns hold.
        of: the condition for rows that may be them.
    """
    c = table.c
    found = {tuple(row[1:]): row[0] for row in link.execute(select(c.id, *(c[key] for key in keys)).where(of))}
    new = [row for key, row in wanted.items() if key not in found]
    last = link.execute(select(c.id).order_by(c.id.desc()).limit(1)).scalar() or 0
    rows = [{"id": last + place, **row} for place, row in enumerate(new, 1)]
    _insert(link, table, rows)
    found |= {tuple(row[key] for key in keys): row["id"] for row in rows}
    return found


def at(states: Table, number: int, *, whole: bool) -> Any:
    """The condition for the states that a run has: of a whole one those that cover it, else its own."""
    c = states.c
    if whole:
        return (c.begun <= number) & or_(c.ended.is_(None), c.ended > number)
    return (c.begun == number) & (c.ended == number)
