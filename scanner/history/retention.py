"""Forgets what is old: whole runs from the oldest on, and what no run that is left has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Table, bindparam, delete, func, or_, select, true

from scanner.history import form
from scanner.history.opening import Link
from scanner.history.spans import Span
from scanner.history.states import Moment

TEXTS = ("title", "name", "seen", "waived", "profiles")
"""What states name their texts by."""
LEAP = timedelta(days=31)
"""So much later than all before it a run is taken to be at most: a clock that is years ahead forgets nothing."""


def forget(link: Link, estate: int, run: Moment, runs: Span, records: Span | None) -> None:
    """Forget what is older; the last whole run stays, whatever its age: the next one is held against it."""
    c = form.runs.c
    if records:
        first = _first(link, estate, run, records)
        old = select(c.number).where(c.estate == estate, c.number < first)
        link.execute(delete(form.records).where(form.records.c.number.in_(old)))
    first = _first(link, estate, run, runs)
    old = select(c.number).where(c.estate == estate, c.number < first)
    if link.execute(old.limit(1)).first() is None:
        return
    link.execute(delete(form.records).where(form.records.c.number.in_(old)))
    link.execute(delete(form.runs).where(c.estate == estate, c.number < first))
    mine = form.cases.c.subject.in_(select(form.subjects.c.id).where(form.subjects.c.estate == estate))
    for things, states, of in (
        (form.cases, form.case_states, mine),
        (form.routes, form.route_states, form.routes.c.estate == estate),
        (form.waivers, form.waiver_states, form.waivers.c.estate == estate),
    ):
        ids = select(things.c.id).where(of)
        past = (states.c.ended <= first) & (states.c.begun < first)
        link.execute(delete(states).where(past, states.c.what.in_(ids)))
        _sweep(link, things, of, states.c.what)
    _sweep(link, form.subjects, form.subjects.c.estate == estate, form.cases.c.subject)
    _sweep(link, form.texts, true(), *(form.case_states.c[name] for name in TEXTS))


def _sweep(link: Link, things: Table, of: Any, *names: Column[Any]) -> None:
    """Forget what no row names any more. Both sides are compared here: as one question, large ones take for ever."""
    used = {number for name in names for number in link.execute(select(name).distinct()).scalars()}
    left = [{"gone": number} for number in link.execute(select(things.c.id).where(of)).scalars() if number not in used]
    if left:
        link.execute(delete(things).where(things.c.id == bindparam("gone")), left)


def _first(link: Link, estate: int, run: Moment, span: Span) -> int:
    """The number of the oldest run that stays."""
    c = form.runs.c
    mine = select(c.number).where(c.estate == estate)
    if span.days:
        before = link.execute(mine.with_only_columns(func.max(c.finished)).where(c.number < run.number)).scalar()
        now = min(run.finished, before + LEAP) if before else run.finished
        young = mine.where(c.finished >= now - timedelta(days=span.days))
        first = link.execute(select(func.min(young.subquery().c.number))).scalar()
    else:
        last = mine.order_by(c.number.desc()).limit(span.runs)
        first = link.execute(select(func.min(last.subquery().c.number))).scalar()
    basis = mine.where(~or_(c.chosen, c.interrupted), c.judged).order_by(c.number.desc()).limit(1)
    whole = link.execute(basis).scalar()
    return min(number for number in (first or run.number, whole or run.number))
