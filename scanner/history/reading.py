"""What is kept, read back. Whatever text stands there was told by targets, and is no safer for having been kept."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from scanner.history import asking, form, kept
from scanner.history.lives import life_of_finding, life_of_route
from scanner.history.opening import HistoryError, Link, NoHistory, reading
from scanner.history.place import Place
from scanner.history.states import at
from scanner.record.record import SIZE_LIMIT
from scanner.words.baseline import KEPT, Baseline
from scanner.words.history import PastFinding, PastRoute, PastRun
from scanner.words.wording import show

__all__ = [
    "HistoryError", "Link", "NoHistory", "baseline", "estates", "findings_of", "given_before", "known",
    "life_of_finding",
    "life_of_route", "reading", "record_of", "routes_known", "routes_of", "run_of",
    "runs", "same_estate",
]  # fmt: skip


def estates(link: Link) -> tuple[str, ...]:
    """The names under which estates are kept."""
    return tuple(link.execute(select(form.estates.c.name).order_by(form.estates.c.name)).scalars())


def runs(link: Link, estate: str, limit: int | None = None) -> tuple[PastRun, ...]:
    """The runs of an estate, the newest first; ``limit``: no more than so many."""
    c = form.runs.c
    rows = link.execute(asking.runs().where(form.estates.c.name == estate).order_by(c.number.desc()).limit(limit))
    return tuple(kept.past_run(row) for row in rows.mappings())


def run_of(link: Link, number: int) -> PastRun | None:
    """The run of that number."""
    row = link.execute(asking.runs().where(form.runs.c.number == number)).mappings().first()
    return kept.past_run(row) if row else None


def findings_of(link: Link, run: PastRun) -> tuple[PastFinding, ...]:
    """What a run found, by check and subject."""
    rows = link.execute(asking.findings().where(form.estates.c.name == run.estate, _of(form.case_states, run)))
    return tuple(sorted(map(kept.past_finding, rows.mappings()), key=lambda one: one.key))


def given_before(link: Link, run: PastRun) -> tuple[tuple[PastFinding, datetime, datetime], ...]:
    """How each ended that a run has no more, or could not judge, when somebody could last: when, and since when."""
    rows = link.execute(asking.given_last(run.number).where(form.estates.c.name == run.estate)).mappings()
    return tuple((kept.past_finding(row), row["last"], row["since"]) for row in rows)


def _of(states: Table, run: PastRun) -> Any:
    """The condition for the states that a run has."""
    return at(states, run.number, whole=not (run.chosen or run.interrupted))


def routes_of(link: Link, run: PastRun) -> tuple[PastRoute, ...]:
    """How ready a run found each route, for each kind of move."""
    c, states = form.routes.c, form.route_states
    where = states.join(form.routes).join(form.estates)
    rows = link.execute(
        select(c.source, c.destination, c.profile, states.c.verdict, states.c.storage, states.c.machines)
        .select_from(where)
        .where(form.estates.c.name == run.estate, _of(states, run))
    )
    return tuple(sorted(map(kept.past_route, rows.mappings()), key=_route))


def record_of(link: Link, run: PastRun) -> bytes | None:
    """The evidence of a run, as a file holds it; None where it is not kept.

    Raises:
        HistoryError: it is damaged.
    """
    data = link.execute(select(form.records.c.data).where(form.records.c.number == run.number)).scalar()
    if data is None:
        return None
    unpacking = zlib.decompressobj()
    try:
        whole_of_it = unpacking.decompress(bytes(data), SIZE_LIMIT)
    except zlib.error:
        raise HistoryError(f"the record of run {run.number} is damaged") from None
    if not unpacking.eof:
        raise HistoryError(f"the record of run {run.number} is damaged, or too large")
    return whole_of_it


def known(link: Link, estate: str, check: str = "") -> tuple[PastFinding, ...]:
    """Every finding that the history has of whole runs, of one check or of all, as it was last."""
    newest = asking.newest(form.case_states)
    found = asking.findings().where(form.estates.c.name == estate, newest)
    rows = link.execute(found.where(form.cases.c.check_id == check) if check else found)
    return tuple(sorted(map(kept.past_finding, rows.mappings()), key=lambda one: one.key))


def routes_known(link: Link, estate: str) -> tuple[PastRoute, ...]:
    """Every route that the history has of whole runs, as it was last."""
    c, states = form.routes.c, form.route_states
    rows = link.execute(
        select(c.source, c.destination, c.profile, states.c.verdict, states.c.storage, states.c.machines)
        .select_from(states.join(form.routes).join(form.estates))
        .where(form.estates.c.name == estate, asking.newest(states))
    )
    return tuple(sorted(map(kept.past_route, rows.mappings()), key=_route))


def same_estate(link: Link, place: Place, estate: str, machines: Sequence[str]) -> None:
    """Make sure that it is this estate that is kept under its name: of another one no machine is the same.

    Raises:
        HistoryError: it is another.
    """
    last = runs(link, estate, 1)
    ends = {name for run in last for route in routes_of(link, run) for name in (route.source, route.destination)}
    if ends and machines and ends.isdisjoint(machines):
        some = sorted(ends)[0]
        why = f"run {last[0].number} has {show(some)}, and none of these machines: name this one by --estate-name"
        raise HistoryError(f"the history {place} keeps another estate under the name {show(estate)}: {why}")


def baseline(link: Link, estate: str, before: datetime, *, gates: bool = False) -> Baseline | None:
    """The last whole run that judged anything, as one that is made later is held against it; None: there is none.

    What it had no more, or could not judge, is handed on for a while: a host that is down loses no case, and what it
    comes back with is not new for that.
    """
    c = form.runs.c
    mine = (form.estates.c.name == estate, asking.whole(), c.judged, c.finished <= before)
    row = link.execute(asking.runs().where(*mine).order_by(c.number.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    run, states = kept.past_run(row), form.case_states
    found = asking.findings().where(form.estates.c.name == estate)
    there = link.execute(found.where(_of(states, run))).mappings()
    once = link.execute(asking.given_last(run.number).where(form.estates.c.name == estate)).mappings()
    given = {one.key: one for one in kept.known_of(once, None) if one.last >= run.finished - KEPT}
    now = [replace(one, given=given.pop(one.key, None)) for one in kept.known_of(there, run.finished)]
    known = (*now, *given.values())
    return Baseline(
        f"run {run.number}",
        run.finished,
        known,
        history=True,
        gates=gates,
        verdict=run.verdict,
        turns=(run.until,) if run.until else (),
    )


def _route(route: PastRoute) -> tuple[str, ...]:
    return route.source, route.destination, route.profile
