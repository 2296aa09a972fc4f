"""Adds a run to the history: one transaction, in which nobody else writes."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from scanner.history import form, kept, retention
from scanner.history.opening import Link, writing
from scanner.history.place import Place
from scanner.history.reading import same_estate
from scanner.history.spans import RUNS, Span
from scanner.history.states import MANY, Moment, follow, numbers
from scanner.words.report import Report


def keep(
    place: Place,
    estate: str,
    report: Report,
    record: bytes,
    *,
    machines: Sequence[str] = (),
    runs: Span = RUNS,
    records: Span | None = None,
) -> int:
    """Store a run and forget what is old; gives the run's number.

    Args:
        place: where.
        estate: the name under which its estate is kept.
        report: what was found.
        record: the evidence, as a file holds it.
        machines: those that the estate names.
        runs: how long runs are kept.
        records: how long the evidence itself is; None: this one is not kept.

    Raises:
        HistoryError: it is not stored, and nothing of it is.
    """
    row = kept.run_row(report, hashlib.sha256(record).hexdigest())
    packed = zlib.compress(record, 6) if records else b""
    with writing(place) as link:
        same_estate(link, place, estate, machines)
        own = numbers(link, form.estates, ["name"], {(estate,): {"name": estate}}, form.estates.c.name == estate)
        whose = own[(estate,)]
        run = _run(link, whose, row)
        if packed:
            link.execute(insert(form.records), {"number": run.number, "octets": len(record), "data": packed})
        _findings(link, whose, report, run)
        _routes(link, whose, report, run)
        _waivers(link, whose, report, run)
        retention.forget(link, whose, run, runs, records)
        return run.number


def _run(link: Link, estate: int, row: Mapping[str, Any]) -> Moment:
    c = form.runs.c
    number = (link.execute(select(c.number).order_by(c.number.desc()).limit(1)).scalar() or 0) + 1
    whole = select(c.finished).where(c.estate == estate, ~c.chosen, ~c.interrupted).order_by(c.number.desc()).limit(1)
    before = link.execute(whole).scalar()
    link.execute(insert(form.runs), {"number": number, "estate": estate, **row})
    return Moment(number, row["finished"], before, not (row["chosen"] or row["interrupted"]))


def _findings(link: Link, estate: int, report: Report, run: Moment) -> None:
    states = kept.states_of(report.findings)
    texts = _texts(link, {text for state in states.values() for text in state.texts})
    of = form.subjects.c.estate == estate
    abouts = {about.digest: about for about, _, _ in states}
    rows = {
        (mark,): {"estate": estate, "digest": mark, "kind": about.kind, "key": about.key, "names": about.names}
        for mark, about in abouts.items()
    }
    subjects = numbers(link, form.subjects, ["digest"], rows, of)
    mine = form.cases.c.subject.in_(select(form.subjects.c.id).where(of))
    of_about = {about: subjects[(mark,)] for mark, about in abouts.items()}
    wanted = {
        (of_about[about], check, profile): {
            "subject": of_about[about], "check_id": check, "profile": profile, "turned": 0,
        }
        for about, check, profile in states
    }  # fmt: skip
    cases = numbers(link, form.cases, ["subject", "check_id", "profile"], wanted, mine)
    now = {
        cases[(of_about[about], check, profile)]: (
            state.status, state.severity, *(texts[text] for text in state.texts),
        )
        for (about, check, profile), state in states.items()
    }  # fmt: skip
    follow(link, form.cases, form.case_states, mine, now, run)


def _texts(link: Link, wanted: Iterable[str]) -> dict[str, int]:
    """The number of each text."""
    marks = {kept.digest(text): text for text in sorted(wanted)}
    found: dict[Any, int] = {}
    every = list(marks)
    for start in range(0, len(every), MANY):
        some = every[start : start + MANY]
        rows = {(mark,): {"digest": mark, "text": marks[mark]} for mark in some}
        found |= numbers(link, form.texts, ["digest"], rows, form.texts.c.digest.in_(some))
    return {text: found[(mark,)] for mark, text in marks.items()}


def _routes(link: Link, estate: int, report: Report, run: Moment) -> None:
    states, of = kept.routes_of(report), form.routes.c.estate == estate
    keys = ["source", "destination", "profile"]
    wanted = {key: {"estate": estate, "turned": 0, **dict(zip(keys, key, strict=True))} for key in states}
    ids = numbers(link, form.routes, keys, wanted, of)
    follow(link, form.routes, form.route_states, of, {ids[key]: values for key, values in states.items()}, run)


def _waivers(link: Link, estate: int, report: Report, run: Moment) -> None:
    states, of = kept.waivers_of(report), form.waivers.c.estate == estate
    rows = {waiver: kept.waiver_row(waiver) for waiver in states}
    wanted = {(row["digest"],): {"estate": estate, "turned": 0, **row} for row in rows.values()}
    ids = numbers(link, form.waivers, ["digest"], wanted, of)
    now = {ids[(rows[waiver]["digest"],)]: (state,) for waiver, state in states.items()}
    follow(link, form.waivers, form.waiver_states, of, now, run)
