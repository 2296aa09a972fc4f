"""What became of a finding or route over the whole runs that are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scanner.history import asking, form
from scanner.history.opening import Link
from scanner.words.baseline import Key
from scanner.words.history import Life, Spell

NOT_JUDGED = "not judged"
"""The state of what a run that came later has no more."""


def life_of_finding(link: Link, estate: str, key: Key) -> Life | None:
    """What became of a finding over whole runs; None where none is kept that has it."""
    states = form.case_states
    check, subject, profile = key
    mine = (
        form.estates.c.name == estate, form.subjects.c.key == subject,
        form.cases.c.check_id == check, form.cases.c.profile == profile,
    )  # fmt: skip
    where = states.join(form.cases).join(form.subjects).join(form.estates)
    found = select(form.cases, states.c.begun, states.c.ended, states.c.status, states.c.name)
    rows = link.execute(found.select_from(where).where(*mine, asking.of_whole(states)).order_by(states.c.begun)).all()
    if not rows:
        return None
    name = link.execute(select(form.texts.c.text).where(form.texts.c.id == rows[-1].name)).scalar()
    return _life(link, estate, f"{check} {name}", rows[-1], [(row.begun, row.ended, row.status) for row in rows])


def life_of_route(link: Link, estate: str, source: str, destination: str, profile: str) -> Life | None:
    """What became of a route and kind of move over whole runs; None where none is kept that has it."""
    c, states = form.routes.c, form.route_states
    mine = (form.estates.c.name == estate, c.source == source, c.destination == destination, c.profile == profile)
    found = select(form.routes, states.c.begun, states.c.ended, states.c.verdict)
    where = states.join(form.routes).join(form.estates)
    rows = link.execute(found.select_from(where).where(*mine, asking.of_whole(states)).order_by(states.c.begun)).all()
    if not rows:
        return None
    what = f"{source} → {destination} ({profile})"
    return _life(link, estate, what, rows[-1], [(row.begun, row.ended, row.verdict) for row in rows])


def _life(link: Link, estate: str, what: str, thing: Any, states: Iterable[tuple[int, int | None, str]]) -> Life:
    spells: list[Spell] = []
    states = list(states)
    last: datetime = thing.first_seen
    for run in _whole_runs(link, estate):
        state = next(
            (state for begun, ended, state in states if begun <= run.number and not 0 < (ended or 0) <= run.number), ""
        )
        if not (state or spells):
            continue
        last = run.finished if state else last
        state = state or NOT_JUDGED
        if spells and spells[-1].state == state:
            spells[-1] = replace(spells[-1], last=run.finished, runs=spells[-1].runs + 1)
        else:
            spells.append(Spell(state=state, first=run.finished, last=run.finished, runs=1))
    return Life(what=what, first_seen=thing.first_seen, last_seen=last, turned=thing.turned, spells=tuple(spells))


def _whole_runs(link: Link, estate: str) -> Iterable[Any]:
    c = form.runs.c
    mine = select(c.number, c.finished).select_from(form.runs.join(form.estates)).where(form.estates.c.name == estate)
    return link.execute(mine.where(asking.whole()).order_by(c.number)).all()
