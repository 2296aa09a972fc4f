"""Reads ``waivers.toml``: every mistake at once, with its key and what would be right.

An entry whose day has come is no mistake in a run: yesterday the file was right, and it ends by itself. Whoever looks
at the file alone (``hv-preflight waivers``) is told that it is over.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from scanner.estate.document import Wanted, document
from scanner.estate.mistakes import EstateError, Mistake, mistakes_in
from scanner.estate.salvage import STAND_IN, usable
from scanner.estate.tables import Table, Text
from scanner.files.mixed_up import in_place_of_waivers
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.scope import RUN, Subject
from scanner.words.waivers import FAR, WARN_DAYS, Waiver, Waivers
from scanner.words.wording import decoding, near, show

NAME = "waivers.toml"
NO_DATE = "is no date; write the day without quotes, as in 2027-01-31"
WANTED = Wanted(
    "a file of waivers",
    "does not exist; hv-preflight waive CHECK --subject SUBJECT prints an entry for it",
    in_place_of_waivers,
)
TEXTS = ("subject", "reason", "owner")
PLACEHOLDER = re.compile(r"\s*<.*>\s*", re.DOTALL)
"""What ``hv-preflight waive`` leaves for a person to fill."""
BY_NAME = ("host", "source", "destination", "machine", "route", "pair")
"""Scopes whose subjects the estate alone tells."""


class SettingsTable(Table, frozen=True, kw_only=True):
    """What holds for every waiver of the file."""

    warn_days: Annotated[
        int, Meta(ge=0, le=FAR.days, description="days before its end in which every output tells that a waiver ends")
    ] = WARN_DAYS


class WaiverTable(Table, frozen=True, kw_only=True):
    """One finding that is known and accepted."""

    check: Annotated[Text, Meta(description="the check's id, as in NET-01")]
    subject: Annotated[Text, Meta(description="what the finding is about, as reports print it, or a pattern: hv*")]
    reason: Annotated[Text, Meta(description="why it is accepted")]
    owner: Annotated[Text, Meta(description="who answers for it")]
    until: Annotated[date, Meta(description="the day on which it ends", extra={"wrong": NO_DATE})]
    ticket: str = ""
    accept_unknown: Annotated[bool, Meta(description="accept, too, that nobody could judge it")] = False


class WaiversFile(Table, frozen=True, kw_only=True):
    """What a team knows and accepts for a while."""

    waivers: SettingsTable = SettingsTable()
    waiver: list[WaiverTable] = msgspec.field(default_factory=list[WaiverTable])


def read(
    path: Path, checks: Mapping[str, Check], today: date, estate: Estate | None = None, *, ended: bool = True
) -> Waivers:
    """Read and check a file of waivers.

    Args:
        path: the file.
        checks: the checks that there are, by id.
        today: the day, for one that ends too far ahead.
        estate: whose subjects must be there, as far as the estate alone tells; None: nobody is held against one.
        ended: whether one may have ended.

    Raises:
        EstateError: with every mistake at once.
    """
    found = document(path, WANTED)
    mistakes = list(mistakes_in(WaiversFile, found))
    rest = _dated(usable(WaiversFile, found, {mistake.key for mistake in mistakes}), today)
    try:
        file = msgspec.convert(rest, WaiversFile)
    except msgspec.ValidationError as error:
        further = [Mistake("", f"cannot be understood: {decoding(str(error))}")]
        raise EstateError(path.name, mistakes or further) from None
    told = {key for mistake in mistakes for key in (mistake.key, mistake.meant)}
    entries = tuple(Waiver(**msgspec.structs.asdict(table)) for table in file.waiver)
    for place, waiver in enumerate(entries, 1):
        mistakes += (
            mistake
            for mistake in _in_entry(waiver, f"waiver[{place}]", checks, today, estate, ended=ended)
            if not _is_told(mistake.key, told)
        )
    if mistakes:
        raise EstateError(path.name, mistakes)
    return Waivers(entries, file.waivers.warn_days, path.name)


def _dated(rest: Any, today: date) -> Any:
    """The same with a day where a text stands in for one."""
    for table in rest.get("waiver", ()):
        if str(table["until"]).startswith(STAND_IN):
            table["until"] = today + timedelta(days=1)
    return rest


def _is_told(key: str, told: Container[str]) -> bool:
    """Whether the value stands in place of a mistaken one."""
    return key in told or key.rpartition(".")[0] in told


def _in_entry(
    waiver: Waiver, key: str, checks: Mapping[str, Check], today: date, estate: Estate | None, *, ended: bool
) -> Iterator[Mistake]:
    for word in TEXTS:
        text: str = getattr(waiver, word)
        if PLACEHOLDER.fullmatch(text) or not text.strip():
            yield Mistake(f"{key}.{word}", f"{show(text)} {_unfilled(word)}")
    if waiver.check not in checks:
        pattern = set("*?[") & set(waiver.check)
        advice = "; a waiver names one check" if pattern else nearest_check(waiver.check, checks)
        yield Mistake(f"{key}.check", f"there is no check {show(waiver.check)}{advice}")
    elif estate is not None and waiver.subject.strip():
        yield from _nobody(waiver, f"{key}.subject", checks[waiver.check], estate)
    if waiver.until - today > FAR:
        yield Mistake(f"{key}.until", f"{waiver.until} is more than a year ahead: nobody looks at it again by then")
    if not ended and not waiver.in_force(today):
        yield Mistake(f"{key}.until", f"{waiver.until} has come: it no longer acts; take it out, or decide anew")


def _unfilled(word: str) -> str:
    what = {"subject": "what it is about", "reason": "why it is accepted", "owner": "who answers for it"}[word]
    return f"says nothing; write {what}"


def nearest_check(word: str, checks: Iterable[str]) -> str:
    """``; did you mean "DEL-01"?`` for the id that comes nearest: one that lacks a nought, else by its letters."""
    known = {name.lower(): name for name in checks}
    area, _, number = word.strip().lower().partition("-")
    guess = known.get(f"{area}-{number.zfill(2)}") or known.get(near(word.strip(), known), "")
    return f'; did you mean "{guess}"?' if guess else ""


def _nobody(waiver: Waiver, key: str, check: Check, estate: Estate) -> Iterator[Mistake]:
    """A subject that no run on this estate can have."""
    if check.scope.name not in BY_NAME:
        return
    subjects = [*_subjects(check, estate), Subject(RUN, ("run",), "this run")]
    if not any(map(waiver.is_about, subjects)):
        known = {name.lower(): name for subject in subjects for name in (subject.id, subject.title, *subject.machines)}
        guess = known.get(near(waiver.subject, known), "")
        advice = f'; did you mean "{guess}"?' if guess else f"; write it as in {show(subjects[0].title)}"
        yield Mistake(key, f"no {check.scope.noun} of the estate is called {show(waiver.subject)}{advice}")


def _subjects(check: Check, estate: Estate) -> Iterator[Subject]:
    match check.scope.name:
        case "route":
            yield from (Subject(check.scope, (route.source, route.destination)) for route in estate.routes)
        case "pair":
            ends = (sorted((route.source, route.destination)) for route in estate.routes)
            yield from (Subject(check.scope, (first, second)) for first, second in ends)
        case _:
            yield from (Subject(check.scope, (name,)) for name in (*estate.hosts, *estate.vmm_servers))
