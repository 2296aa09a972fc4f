"""What is asked of the history's tables, where several ask it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from scanner.history import form
from scanner.words.waivers import OPEN


def runs() -> Any:
    """Runs, with what they are of and whether their records are kept."""
    where = form.runs.join(form.estates).outerjoin(form.records)
    return select(form.runs, form.estates.c.name, form.records.c.octets).select_from(where)


def findings() -> Any:
    """Findings with their states and texts."""
    states = form.case_states
    texts: dict[str, Any] = {}
    where = states.join(form.cases).join(form.subjects).join(form.estates)
    for name in ("title", "name", "seen", "waived", "profiles"):
        texts[name] = form.texts.alias(name)
        where = where.join(texts[name], states.c[name] == texts[name].c.id)
    words = (table.c.text.label(name) for name, table in texts.items())
    c = states.c
    told = (form.subjects.c.kind, form.subjects.c.key, form.subjects.c.names)
    own = (form.cases.c.check_id, form.cases.c.profile, form.cases.c.last_seen)
    return select(*own, *told, c.status, c.severity, c.since, c.begun, c.ended, *words).select_from(where)


def newest(states: Any) -> Any:
    """The condition for the last state that a thing had in a whole run."""
    other = states.alias("later")
    later = exists().where(other.c.what == states.c.what, other.c.begun > states.c.begun, of_whole(other))
    return and_(of_whole(states), ~later)


def given_last(number: int) -> Any:
    """How findings ended that a run has no more or could not judge, when somebody could last; and when that was."""
    states, runs = form.case_states, form.runs
    other = states.alias("later")
    later = exists().where(other.c.what == states.c.what, other.c.begun > states.c.begun, *_given(other, number))
    before = (
        select(runs.c.finished)
        .where(runs.c.estate == form.estates.c.id, runs.c.number < states.c.ended, whole())
        .order_by(runs.c.number.desc())
        .limit(1)
        .correlate(form.estates, states)
        .scalar_subquery()
    )
    last = func.coalesce(before, form.cases.c.last_seen, states.c.since, type_=runs.c.finished.type).label("last")
    return findings().add_columns(last).where(states.c.ended <= number, *_given(states, number), ~later)


def _given(states: Any, number: int) -> tuple[Any, ...]:
    """The conditions for what somebody could judge in a whole run up to that one."""
    return of_whole(states), states.c.begun <= number, states.c.status.not_in([status.value for status in OPEN])


def of_whole(states: Any) -> Any:
    """The condition for states that whole runs have; those of others begin and end with their run."""
    return or_(states.c.ended.is_(None), states.c.ended > states.c.begun)


def whole() -> Any:
    """The condition for runs that take part in what became of things."""
    return ~or_(form.runs.c.chosen, form.runs.c.interrupted)
