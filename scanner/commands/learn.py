"""doctor --learn: the steps that lead to one machine, every query that there is for its kind, and what it answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from scanner.collect.learning import Learnt, learn
from scanner.collect.plan import first_round
from scanner.collect.recorded import recording_of
from scanner.collect.stepwise import Stepwise
from scanner.collect.transport.own import use_all_descriptors
from scanner.commands import doctor_rows, doctor_runner
from scanner.commands.console import UsageError, tell
from scanner.commands.files import NEW, NotWritten, write
from scanner.commands.lesson import FORM
from scanner.commands.scan import declared_in
from scanner.commands.setup import Faults, faults_of
from scanner.commands.signals import latch
from scanner.estate.access import Access
from scanner.estate.read import Declared
from scanner.judge.judging import enabled
from scanner.judge.points import settled
from scanner.plugins import Offer
from scanner.record.recording_file import dump
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import key_of
from scanner.words.names import meant, nearest_host, suffix_of, valid_host_name
from scanner.words.quoting import shell
from scanner.words.recording import Recording
from scanner.words.step import Row
from scanner.words.telling import joined
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted, show

Keep = Callable[[], str]
"""Writes the recording, and says what became of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The machine, and what is declared of it."""

    target: str
    declared: Declared


def known(host: str, file: Path | None, offer: Offer) -> Known:
    """The machine that is meant: one of an estate file, or a host of which nothing is declared.

    Raises:
        UsageError: it is no name of a machine, or none of that estate.
        EstateError: something is wrong with the estate file.
    """
    name = valid_host_name(host)
    if not name:
        raise UsageError(phrase("{host} is no name of a machine; {form}", host=show(host), form=FORM))
    if file:
        declared = declared_in(file, offer)
        found = meant(name, declared.estate.machines)
        if len(found) != 1:
            more = (
                phrase("; that may be {found}", found=joined(", ", found))
                if found
                else nearest_host(name, declared.estate.machines)
            )
            raise UsageError(phrase("{host} is no machine of {file}{more}", host=show(host), file=file, more=more))
        return Known(found[0], declared)
    if not suffix_of(name):
        raise UsageError(phrase("{host}: a host is written with its domain, as in hv01.corp.example", host=show(host)))
    tell(
        phrase(
            "{name} is asked as a Hyper-V host, with your ticket, over https; for another way: --estate FILE", name=name
        )
    )
    return Known(name, Declared(Estate(hosts=(name,)), Access()))


def taught(known: Known, offer: Offer, path: Path) -> tuple[tuple[Row, ...], bool, Keep]:
    """The rows of this machine and of that one, whether a signal ended it early, and what keeps the recording."""
    access = replace(known.declared.access, transports=offer.transports)
    use_all_descriptors()
    faults, own = Faults(), list[Row]()
    with suppress(KeyboardInterrupt), latch:  # a signal here ends the run below
        faults = faults_of([known.target], [], access, onwards=True)
        own += doctor_runner.rows_of(faults, [known.target], [], access)
    way = Stepwise({target: why for (why, _), targets in faults.found.items() for target in targets})
    estate = known.declared.estate
    learnt = learn(known.target, offer.facts, way.before(offer.collectors), offer.checks, estate, access, latch)
    evidence = as_a_scan(learnt, offer)
    rows = doctor_rows.rows_of(evidence, {known.target: learnt.kind}, way)
    mine = tuple(row for row in rows if row.subject == known.target)
    return (*own, *mine), learnt.evidence.interrupted, partial(keep, learnt, known, path)


def as_a_scan(learnt: Learnt, offer: Offer) -> Evidence:
    """The evidence without gaps of what no scan of that estate asks this machine: nothing would be missing by them."""
    estate = learnt.evidence.estate
    wants = first_round(enabled(offer.checks, estate.profiles), estate) if estate.routes else ()
    asked = {fact for want in wants if want.target == learnt.target for fact in want.facts}
    others = {key_of(fact) for fact in learnt.facts if wants and fact not in asked and not fact.second_round}
    return learnt.evidence.amended(gaps=[gap for gap in learnt.evidence.gaps() if gap.fact not in others])


def keep(learnt: Learnt, known: Known, path: Path) -> str:
    """Write the recording, if there is one; says what became of it.

    Raises:
        NotWritten: it could not be written.
    """
    why = learnt.not_itself or ("" if learnt.heard else phrase("it answered nothing"))
    if learnt.evidence.interrupted or why:
        return phrase(
            "nothing is kept: {target}: {why}", target=known.target, why=why or phrase("it was not asked to the end")
        )
    sign_in = known.declared.access.sign_in(known.target)
    # held against what the machine said itself: stand-ins of one name need not agree in all places
    recording = replace(recording_of(learnt, sign_in), settled=settled(recording_of(learnt, sign_in, plain=True)))
    try:
        write(path, dump(recording), NEW)
    except ValueError as error:
        raise NotWritten(phrase("{path} is not written: {why}", path=path, why=error)) from None
    look = shell("hv-preflight", "show", path)
    return phrase(
        "{path}: {summary}; look at it before it leaves this machine: {look}",
        path=path,
        summary=summary(recording),
        look=look,
    )


def summary(recording: Recording) -> str:
    """How much it holds, in words."""
    rows = sum(len(asked.rows) for asked in recording.asked)
    queries = counted(len(recording.asked), "query", "queries")
    classes = counted(len(recording.schemas), "class", "classes")
    return phrase(
        "{queries}, {rows}, {classes}, {values} hidden",
        queries=queries,
        rows=counted(rows, "row"),
        classes=classes,
        values=counted(recording.hidden, "value"),
    )
