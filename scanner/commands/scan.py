"""scan, collect, judge, demo: read the estate, judge the record, write the reports, answer with an exit code."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from scanner import plugins
from scanner.collect import rounds
from scanner.collect.transport.own import use_all_descriptors
from scanner.commands import options
from scanner.commands.console import UsageError, tell
from scanner.commands.outputs import Outputs, finish, known
from scanner.commands.secrets import read_secrets
from scanner.commands.signals import latch
from scanner.estate.read import Declared, read
from scanner.files.reading import read_file
from scanner.judge import policy
from scanner.record import record
from scanner.record.hide import hide
from scanner.words.evidence import Evidence
from scanner.words.names import nearest_host
from scanner.words.source import unverified_words
from scanner.words.wording import counted, reason


def scan(
    estate: options.EstateFile,
    html: options.Html = None,
    junit: options.Junit = None,
    json: options.Json = None,
    formats: options.Formats = None,
    save: options.Save = None,
    mode: options.Mode = None,
    answers: options.Answers = None,
    fail_on: options.FailOn = "low",
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Read the estate, judge it, write the reports. Exit 0 ready, 1 not ready, 3 incomplete."""
    reads = [estate, *(plugin or ())]
    outputs = Outputs.of(html, junit, json, formats, fail_on, save, mode=mode, reads=reads)
    offer = plugins.load(plugin or (), third_party=not no_plugins)
    with latch:
        declared = read(estate, offer.transports)
    known(outputs, offer)
    evidence = _collect(offer, declared, answers)
    outputs.keep(evidence)
    return finish(evidence, offer, outputs)


def collect(
    estate: options.EstateFile,
    save: options.Save = None,
    mode: options.Mode = None,
    answers: options.Answers = None,
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Read the estate and keep the evidence, without judging it."""
    if save is None:
        raise UsageError("collect needs --save FILE: where shall the evidence go?")
    outputs = Outputs.of(save=save, mode=mode, reads=[estate, *(plugin or ())])
    offer = plugins.load(plugin or (), third_party=not no_plugins)
    with latch:
        declared = read(estate, offer.transports)
    evidence = _collect(offer, declared, answers)
    outputs.keep(evidence)
    code = policy.INCOMPLETE if evidence.gaps or not evidence.answers else policy.READY
    code = outputs.close(policy.INTERRUPTED if evidence.interrupted else code)
    todo = f"judge them: hv-preflight judge {save}" if outputs.written else "nothing of this run is kept"
    outputs.say(f"{counted(len(evidence.answers), 'answer')} and {counted(len(evidence.gaps), 'gap')}; {todo}")
    if blind := sorted(target.name for target in evidence.targets.values() if target.unverified):
        tell(unverified_words(blind))
    outputs.last_words(evidence, code)
    return code


def judge(
    file: options.RecordFile,
    html: options.Html = None,
    junit: options.Junit = None,
    json: options.Json = None,
    formats: options.Formats = None,
    mode: options.Mode = None,
    fail_on: options.FailOn = "low",
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Judge a record that scan --save or collect kept, without touching anything: the same findings every time."""
    outputs = Outputs.of(html, junit, json, formats, fail_on, mode=mode, reads=[file, *(plugin or ())])
    offer = plugins.load(plugin or (), third_party=not no_plugins)
    known(outputs, offer)
    with latch:
        evidence = load(file, offer)
    return finish(evidence, offer, outputs)


def demo(
    html: options.Html = None,
    junit: options.Junit = None,
    json: options.Json = None,
    formats: options.Formats = None,
    mode: options.Mode = None,
    fail_on: options.FailOn = "low",
) -> int:
    """Judge the shipped record of a practice estate full of faults: no host, no right, no network needed."""
    outputs = Outputs.of(html, junit, json, formats, fail_on, mode=mode)
    offer = plugins.load(third_party=False)
    known(outputs, offer)
    data = files("scanner").joinpath("data/practice.hvp").read_bytes()
    return finish(record.load(data, offer.facts), offer, outputs)


def load(file: Path, offer: plugins.Offer) -> Evidence:
    """Read a record.

    Raises:
        UsageError: there is none, or it is none.
    """
    try:
        return record.load(read_file(file, record.SIZE_LIMIT), offer.facts)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {reason(error)}") from None
    except record.RecordError as error:
        raise UsageError(f"{file}: {error}") from None


def _collect(offer: plugins.Offer, declared: Declared, answers: Path | None) -> Evidence:
    from scanner.commands.progress import Live  # rich takes a moment to load, and --help needs none of it

    if answers:
        _fitting(answers, declared)
    access = replace(declared.access, answers=answers, transports=offer.transports)
    use_all_descriptors()
    with suppress(KeyboardInterrupt), latch:  # who asked for the end here gets it below, with the reports
        read_secrets(offer.checks, declared.estate, access)
    with Live() as live:
        evidence = rounds.collect(offer.checks, offer.collectors, declared.estate, access, live.progress, latch)
    hide(evidence)
    return evidence


def _fitting(folder: Path, declared: Declared) -> None:
    """Make sure that all brought along are plain files of machines: one that is not must not lead to a sign-in.

    Raises:
        UsageError: one is not; the text names it.
    """
    machines = (*declared.estate.hosts, *declared.estate.vmm_servers)
    try:
        brought = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {reason(error)}") from None
    for path in brought:
        name = path.name.removesuffix(".jsonl")
        if path.name.startswith("."):
            continue
        if name in machines and path.name != name:
            if path.is_file():
                continue
            raise UsageError(f"{path} is no plain file; put the machine's answers there")
        advice = nearest_host(name, machines).replace('"?', '.jsonl"?').replace('" or', '.jsonl" or')
        raise UsageError(f"{path} is no machine of the estate{advice}")
