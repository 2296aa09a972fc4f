"""scan, collect, judge, demo: read the estate, judge the record, write the reports, answer with an exit code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from scanner import engine, plugins, policy, record
from scanner.commands import options
from scanner.commands.console import UsageError, say, tell, terminal, writable, write, write_terminal
from scanner.commands.secrets import read_secrets
from scanner.estate.mistakes import nearest
from scanner.estate.read import Declared, read
from scanner.evidence import Evidence
from scanner.hide import hidden, hide
from scanner.model import Severity
from scanner.report import Report


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where reports go, by format."""

    paths: tuple[tuple[str, Path], ...]
    threshold: Severity
    save: Path | None = None

    @property
    def written(self) -> tuple[Path, ...]:
        """Every file of this run."""
        return (*(path for _, path in self.paths), *([self.save] if self.save else []))

    @classmethod
    def of(
        cls,
        html: Path | None,
        junit: Path | None,
        json: Path | None,
        formats: list[str] | None,
        fail_on: str,
        save: Path | None = None,
        *,
        reads: Iterable[Path] = (),
    ) -> Outputs:
        """Check the options; ``reads`` are the files the command reads, which none may overwrite.

        Raises:
            UsageError: a file that cannot be written, an unknown severity or form of ``--report``.
        """
        named = [(name, path) for name, path in (("html", html), ("junit", junit), ("json", json)) if path]
        for text in formats or ():
            name, equals, path = text.partition("=")
            if not (name and equals and path):
                raise UsageError(f'--report "{text}": write --report FORMAT=FILE')
            named.append((name, Path(path)))
        writable([*(path for _, path in named), *([save] if save else [])], reads)
        return cls(tuple(named), options.severity(fail_on), save)


def scan(
    estate: options.EstateFile,
    html: options.Html = None,
    junit: options.Junit = None,
    json: options.Json = None,
    formats: options.Formats = None,
    save: options.Save = None,
    answers: options.Answers = None,
    fail_on: options.FailOn = "low",
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Read the estate, judge it, write the reports. Exit 0 ready, 1 not ready, 3 incomplete."""
    outputs = Outputs.of(html, junit, json, formats, fail_on, save, reads=[estate, *(plugin or ())])
    declared = read(estate)
    offer = plugins.load(plugin or (), third_party=not no_plugins)
    _known(outputs, offer)
    evidence = _collect(offer, declared, answers)
    if save:
        write(save, record.dump(evidence))
    return _finish(evidence, offer, outputs)


def collect(
    estate: options.EstateFile,
    save: options.Save = None,
    answers: options.Answers = None,
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Read the estate and keep the evidence, without judging it."""
    if save is None:
        raise UsageError("collect needs --save FILE: where shall the evidence go?")
    writable([save], [estate, *(plugin or ())])
    declared = read(estate)
    offer = plugins.load(plugin or (), third_party=not no_plugins)
    evidence = _collect(offer, declared, answers)
    write(save, record.dump(evidence))
    say(f"{len(evidence.answers)} answers and {len(evidence.gaps)} gaps; judge them: hv-preflight judge {save}")
    if evidence.interrupted:
        return policy.INTERRUPTED
    return policy.INCOMPLETE if evidence.gaps or not evidence.answers else policy.READY


def judge(
    file: options.RecordFile,
    html: options.Html = None,
    junit: options.Junit = None,
    json: options.Json = None,
    formats: options.Formats = None,
    fail_on: options.FailOn = "low",
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Judge a record that scan --save or collect kept, without touching anything: the same findings every time."""
    outputs = Outputs.of(html, junit, json, formats, fail_on, reads=[file, *(plugin or ())])
    offer = plugins.load(plugin or (), third_party=not no_plugins)
    _known(outputs, offer)
    return _finish(load(file, offer), offer, outputs)


def demo(
    html: options.Html = None,
    junit: options.Junit = None,
    json: options.Json = None,
    formats: options.Formats = None,
    fail_on: options.FailOn = "low",
) -> int:
    """Judge the shipped record of a practice estate full of faults: no host, no right, no network needed."""
    outputs = Outputs.of(html, junit, json, formats, fail_on)
    offer = plugins.load(third_party=False)
    _known(outputs, offer)
    practice = files("scanner").joinpath("data/practice.hvp")
    return _finish(record.load(practice.read_bytes(), offer.facts), offer, outputs)


def load(file: Path, offer: plugins.Offer) -> Evidence:
    """Read a record.

    Raises:
        UsageError: there is none, or it is none.
    """
    try:
        return record.load(file.read_bytes(), offer.facts)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}") from None
    except record.RecordError as error:
        raise UsageError(f"{file}: {error}") from None


def _collect(offer: plugins.Offer, declared: Declared, answers: Path | None) -> Evidence:
    from scanner.commands.progress import Live  # rich takes a moment to load, and --help needs none of it

    _fitting(answers, declared)
    access = replace(declared.access, answers=answers)
    read_secrets(offer.checks, declared.estate, access)
    with Live() as live:
        evidence = engine.collect(offer.checks, offer.collectors, declared.estate, access, live.progress)
    hide(evidence)
    return evidence


def _fitting(folder: Path | None, declared: Declared) -> None:
    """Make sure that every file brought along is a machine's: one that is misnamed must not lead to a sign-in."""
    machines = (*declared.estate.hosts, *declared.estate.vmm_servers)
    for path in sorted(folder.iterdir()) if folder else ():
        name = path.name.removesuffix(".jsonl")
        if path.name.startswith(".") or name in machines:
            continue
        like = next((m for m in machines if m == name.lower() or m.split(".")[0] == name.split(".")[0].lower()), "")
        advice = f"; did you mean {like}.jsonl?" if like else nearest(name, machines)
        raise UsageError(f"{path} is no machine of the estate{advice}")


def _finish(evidence: Evidence, offer: plugins.Offer, outputs: Outputs) -> int:
    findings = hidden(engine.judge(offer.checks, evidence))
    checks = engine.enabled(offer.checks, evidence.estate.profiles)
    report = policy.report_of(evidence, findings, checks=checks, plugins=offer.plugins, threshold=outputs.threshold)
    write_terminal(_painted(report, offer))
    for name, path in outputs.paths:
        reporter = next(r for r in offer.reporters if r.name == name)
        write(path, reporter.render(report))
    written = "  ".join(str(path) for path in outputs.written)
    say(f"{written + '  ' if written else ''}exit {report.exit_code} ({report.verdict})")
    if evidence.interrupted:
        tell("interrupted: the reports hold what was read until then")
    return report.exit_code


def _painted(report: Report, offer: plugins.Offer) -> str:
    paint = next((reporter.paint for reporter in offer.reporters if reporter.paint), None)
    return paint(report, *terminal()) if paint else f"{report.verdict.upper()}: {report.counts}"


def _known(outputs: Outputs, offer: plugins.Offer) -> None:
    names = [reporter.name for reporter in offer.reporters]
    for name, _ in outputs.paths:
        if name not in names:
            raise UsageError(f'there is no report format "{name}"; there are {", ".join(names)}')
