"""doctor: the steps that lead to each machine's answers, one by one, before a scan or when one is red for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from scanner.collect import rounds
from scanner.collect.plan import Want, first_round
from scanner.collect.stepwise import Stepwise
from scanner.collect.transport.own import use_all_descriptors
from scanner.commands import doctor_rows, doctor_runner, learn, lesson, options
from scanner.commands.console import UNBROKEN, columns, say, tell, terminal
from scanner.commands.doctor_lines import code_of, fitted, last_line, lines
from scanner.commands.doctor_lines import json as as_json
from scanner.commands.files import NotWritten, writable, write
from scanner.commands.handles import is_standard_output, output
from scanner.commands.scan import declared_in
from scanner.commands.setup import Faults, faults_of
from scanner.commands.signals import latch
from scanner.commands.talk import Talk
from scanner.estate.read import Declared
from scanner.judge import judging
from scanner.plugins import Offer
from scanner.words.exits import INTERNAL
from scanner.words.model import MACHINES, TargetKind
from scanner.words.step import Row, State, Step
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted

ORDER = tuple(TargetKind)
"""of the rows: hosts, other machines, domains, files"""


def doctor(
    subject: lesson.EstateOrHost = None,
    *,
    json: options.Json = None,
    learning: lesson.Lesson,
    plugins: options.Plugins,
    talk: Talk,
) -> int:
    """Look at each step that leads to the machines' answers. Exit 0 all well, 3 something would be missing.

    With --learn FILE, ask one HOST everything that there is to ask of its kind, and keep in FILE what it answers.
    """
    path = output(json) if json else None
    file, kept = learning.file(subject), output(learning.learn) if learning.learn else None
    named = tuple(one for one in (path, kept) if one)
    writable(named, [*([file] if file else []), *plugins.files])
    latch.hold()
    talk.begin()
    offer = plugins.load()
    if kept:
        rows, interrupted, keep = learn.taught(learn.known(str(subject), file, offer), offer, kept)
    else:
        file = file or options.ESTATE
        rows, interrupted, keep = *looked(offer, declared_in(file, offer), file), None
    latch.release()
    code = code_of(rows, interrupted=interrupted)
    put = tell if any(map(is_standard_output, named)) else say
    width = columns() if put is say else UNBROKEN
    told = [row for row in rows if row.wrong] if talk.quiet else rows
    for line in lines(told, terminal(aside=put is tell)[0]):
        put(fitted(line, width))
    put(phrase("interrupted; the rest is not known") if interrupted else last_line(rows))
    try:
        if keep:
            put(keep())
        if path:
            write(path, as_json(rows, code))
    except NotWritten as error:
        tell(str(error))
        return code or INTERNAL
    return code


def looked(offer: Offer, declared: Declared, file: Path) -> tuple[tuple[Row, ...], bool]:
    """The rows of this machine and of all that a scan would read, and whether a signal ended it early."""
    access = replace(declared.access, transports=offer.transports)
    use_all_descriptors()
    wants = first_round(judging.enabled(offer.checks, declared.estate.profiles), declared.estate)
    wants = tuple(sorted(wants, key=lambda want: ORDER.index(want.kind)))
    machines = [want.target for want in wants if want.kind in MACHINES]
    domains = [want.target for want in wants if want.kind is TargetKind.DOMAIN]
    faults, own = Faults(), list[Row]()
    with suppress(KeyboardInterrupt), latch:  # a signal here ends the run below, with what is known
        faults = faults_of(machines, domains, access, onwards=True)
        own += doctor_runner.rows_of(faults, machines, domains, access)
    way = Stepwise({target: why for (why, _), targets in faults.found.items() for target in targets})
    evidence = rounds.collect(
        offer.checks, way.before(offer.collectors), declared.estate, access, interruptible=latch
    )  # fmt: skip
    configuration = Row("configuration", doctor_runner.RUNNER, (_configuration(wants, file),))
    rows = doctor_rows.rows_of(evidence, {want.target: want.kind for want in wants}, way)
    return (configuration, *own, *rows), evidence.interrupted


def _configuration(wants: tuple[Want, ...], file: Path) -> Step:
    """That it was understood; what is wrong with it ends the command before."""
    asked = counted(len(wants), "target")
    return Step(
        "configuration",
        State.OK,
        phrase("{file} ok, {asked}", file=file.name, asked=asked)
        if wants
        else phrase("{file} names nobody to ask", file=file.name),
    )
