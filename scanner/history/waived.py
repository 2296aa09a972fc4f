"""Waivers, as runs had them: those in force in a run, and of a finding who waived it, and since when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from scanner.history import asking, form
from scanner.history.opening import Link
from scanner.history.states import at
from scanner.words.baseline import Key
from scanner.words.history import PastRun
from scanner.words.waivers import Waiver

WORDS = ("subject", "reason", "owner", "until", "ticket", "accept_unknown")


def waivers_of(link: Link, run: PastRun) -> tuple[Waiver, ...]:
    """The waivers in force in a run."""
    c, states = form.waivers.c, form.waiver_states
    rows = link.execute(
        select(c.check_id, *(c[name] for name in WORDS))
        .select_from(states.join(form.waivers).join(form.estates))
        .where(form.estates.c.name == run.estate, at(states, run.number, whole=not (run.chosen or run.interrupted)))
        .order_by(c.id)
    )
    return tuple(Waiver(check=row[0], **dict(zip(WORDS, row[1:], strict=True))) for row in rows)


def waived_of(link: Link, estate: str, key: Key) -> tuple[tuple[str, datetime], ...]:
    """Who waived a finding over whole runs, as findings say it, each with the first run that is kept of it."""
    states, texts, runs = form.case_states, form.texts, form.runs
    check, subject, profile = key
    mine = (
        form.estates.c.name == estate, form.subjects.c.key == subject,
        form.cases.c.check_id == check, form.cases.c.profile == profile,
    )  # fmt: skip
    where = states.join(form.cases).join(form.subjects).join(form.estates).join(texts, states.c.waived == texts.c.id)
    first = (
        select(runs.c.finished)
        .where(runs.c.estate == form.estates.c.id, runs.c.number >= states.c.begun, asking.whole())
        .order_by(runs.c.number)
        .limit(1)
        .scalar_subquery()
    )
    found = select(texts.c.text, first).select_from(where).where(*mine, asking.of_whole(states), texts.c.text != "")
    since: dict[str, datetime] = {}
    for words, when in link.execute(found.order_by(states.c.begun)):
        if when is not None:
            since.setdefault(words, when)
    return tuple(since.items())
