"""What is asked of the history's tables, where several ask it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, exists, or_, select

from scanner.history import form


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


def of_whole(states: Any) -> Any:
    """The condition for states that whole runs have; those of others begin and end with their run."""
    return or_(states.c.ended.is_(None), states.c.ended > states.c.begun)


def whole() -> Any:
    """The condition for runs that take part in what became of things."""
    return ~or_(form.runs.c.chosen, form.runs.c.interrupted)
