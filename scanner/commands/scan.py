"""scan, collect, judge, demo: read the estate, judge the record, write the reports, answer with an exit code."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from scanner.collect import rounds
from scanner.collect.transport.own import use_all_descriptors
from scanner.commands import ahead, attesting, choosing, named_hosts, options
from scanner.commands.baseline import earlier, of_file
from scanner.commands.console import UsageError, tell
from scanner.commands.finishing import finish
from scanner.commands.formats import known, practised
from scanner.commands.junit_choice import placed
from scanner.commands.loading import loaded
from scanner.commands.outputs import Outputs
from scanner.commands.setup import make_ready
from scanner.commands.signals import latch
from scanner.commands.talk import Talk
from scanner.commands.waivers import beside, of, of_estate
from scanner.estate.here import from_here
from scanner.estate.read import Declared, read
from scanner.judge import judging
from scanner.plugins import Offer
from scanner.record import record
from scanner.record.digest import digest_of
from scanner.words import exits
from scanner.words.evidence import Evidence
from scanner.words.names import nearest_host
from scanner.words.quoting import shell
from scanner.words.selection import Selection
from scanner.words.source import NOBODY, unverified_words
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted, reason


def scan(
    estate: options.EstateOrHosts = None,
    *,
    reports: options.Reports,
    reading: options.Reading,
    gate: options.Gate,
    since: options.Since,
    signing: attesting.Attesting,
    checks: choosing.Checks,
    moves: choosing.Moves,
    plugins: options.Plugins,
    talk: Talk,
) -> int:
    """Read the estate, judge it, write the reports."""
    file = named_hosts.file_of(estate or ())
    own = [file, beside(file)] if file else []
    told = [*own, *gate.files, *since.files, *plugins.files]
    attestor = signing.ready(told)
    outputs = Outputs.of(reports, reading.save, reads=[*told, *signing.files], talk=talk, attestor=attestor)
    offer = plugins.load()
    declared = declared_in(file, offer) if file else named_hosts.declared_of(estate or (), offer.transports)
    known(outputs, offer)
    where = file.name if file else phrase("these hosts")
    outputs.junit = placed(outputs.junit, file, declared.estate)
    chosen = choosing.choose(checks, offer.checks, declared.estate, where, moves)
    waivers = of_estate(gate.waivers, file, declared, offer)
    before = earlier(since.baseline, of_file(since.baseline, offer))
    offer, declared = narrowed(offer, declared, chosen)
    evidence = collected(offer, declared, reading.answers, quiet=talk.quiet or talk.verbose)
    outputs.keep(evidence)
    return finish(evidence, offer, outputs, waivers, before)


def collect(
    estate: options.EstatePath = options.ESTATE,
    *,
    reading: options.Reading,
    mode: options.Mode = None,
    plugins: options.Plugins,
    talk: Talk,
) -> int:
    """Read the estate and keep the evidence, without judging it."""
    if reading.save is None:
        raise UsageError(phrase("collect needs --save FILE: where shall the evidence go?"))
    outputs = Outputs.of(options.Reports(mode=mode), reading.save, reads=[estate, *plugins.files], talk=talk)
    offer = plugins.load()
    declared = declared_in(estate, offer)
    evidence = collected(offer, declared, reading.answers, quiet=talk.quiet or talk.verbose)
    outputs.keep(evidence)
    answered, missed = len(evidence.answers()), len(evidence.gaps())
    code = exits.INCOMPLETE if missed or not answered else exits.READY
    code = outputs.close(exits.INTERRUPTED if evidence.interrupted else code)
    line = shell("hv-preflight", "judge", reading.save, *plugins.words)
    todo = phrase("judge them: {line}", line=line) if outputs.written else phrase("nothing of this run is kept")
    hosts = set(evidence.estate.hosts)
    if hosts & {gap.target for gap in evidence.gaps()} and not hosts & {one.target for one in evidence.answers()}:
        outputs.say(NOBODY)
    outputs.say(
        phrase(
            "{answers} and {gaps}; {todo}", answers=counted(answered, "answer"), gaps=counted(missed, "gap"), todo=todo
        )
    )
    if blind := sorted(target.name for target in evidence.targets() if target.unverified):
        tell(unverified_words(blind))
    outputs.last_words(evidence, code)
    return code


def judge(
    file: options.RecordFile,
    *,
    at: ahead.At = None,
    reports: options.Reports,
    gate: options.Gate,
    since: options.Since,
    signing: attesting.Attesting,
    checks: choosing.Checks,
    moves: choosing.Moves,
    plugins: options.Plugins,
    talk: Talk,
) -> int:
    """Judge a record that scan --save or collect kept, without touching anything: the same findings every time."""
    told = [*gate.files, *since.files, *plugins.files]
    attestor = signing.ready(told, file)
    outputs = Outputs.of(reports, reads=[file, *told, *signing.files], talk=talk, attestor=attestor)
    offer = plugins.load()
    known(outputs, offer)
    with latch:
        waivers = of(gate.waivers, offer)
        before = of_file(since.baseline, offer)
        evidence, outputs.digest = loaded(file, offer)
        before = earlier(since.baseline, before, evidence.finished)
    chosen = choosing.choose(checks, offer.checks, evidence.estate, file.name, moves)
    return finish(evidence, offer, outputs, waivers, before, chosen, ahead.instant(at, evidence))


def demo(*, at: ahead.At = None, reports: options.Reports, gate: options.Gate, since: options.Since, talk: Talk) -> int:
    """Judge the shipped record of a practice estate full of faults: no host, no right, no network needed."""
    outputs = Outputs.of(reports, reads=[*gate.files, *since.files], talk=talk)
    offer = practised(outputs)
    waivers = of(gate.waivers, offer)
    data = files("scanner").joinpath("data/practice.hvp").read_bytes()
    evidence, outputs.digest = record.load(data, offer.facts, tell), digest_of(data)
    before = earlier(since.baseline, of_file(since.baseline, offer), evidence.finished)
    return finish(evidence, offer, outputs, waivers, before, at=ahead.instant(at, evidence))


def collected(offer: Offer, declared: Declared, answers: Path | None, *, quiet: bool = False) -> Evidence:
    """What is read of the estate; a signal ends it early."""
    from scanner.commands.progress import Live

    if answers:
        _fitting(answers, declared)
    access = replace(declared.access, answers=answers, transports=offer.transports)
    use_all_descriptors()
    with suppress(KeyboardInterrupt), latch:  # a signal here ends the run below, with its reports
        make_ready(offer.checks, declared.estate, access)
    with Live(quiet=quiet) as live:
        return rounds.collect(offer.checks, offer.collectors, declared.estate, access, live.progress, latch)


def declared_in(estate: Path, offer: Offer) -> Declared:
    """The estate; a signal that came while plugins were loaded waits for the run, so that there are reports."""
    with nullcontext() if latch.signalled else latch:
        declared = read(estate, offer.transports)
    return replace(declared, estate=replace(declared.estate, file=from_here(estate)))


def narrowed(offer: Offer, declared: Declared, chosen: Selection) -> tuple[Offer, Declared]:
    """The checks and the estate with no more than what was chosen: nothing else is read."""
    wanted = judging.enabled(offer.checks, declared.estate.profiles)
    estate = chosen.estate(declared.estate, wanted)
    return replace(offer, checks=tuple(filter(chosen.takes, offer.checks))), replace(declared, estate=estate)


def _fitting(folder: Path, declared: Declared) -> None:
    """Make sure that all brought along are plain files of machines: one that is not must not lead to a sign-in.

    Raises:
        UsageError: one is not; the text names it.
    """
    machines = declared.estate.machines
    try:
        brought = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(phrase("{folder} cannot be read: {reason}", folder=folder, reason=reason(error))) from None
    for path in brought:
        name = path.name.removesuffix(".jsonl")
        if path.name.startswith("."):
            continue
        if name in machines and path.name != name:
            if path.is_file():
                continue
            raise UsageError(phrase("{path} is no plain file; put the machine's answers there", path=path))
        advice = nearest_host(name, machines).replace('"?', '.jsonl"?').replace('" or', phrase('.jsonl" or'))
        raise UsageError(phrase("{path} is no machine of the estate{advice}", path=path, advice=advice))
