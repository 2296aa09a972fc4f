"""What the properties share: the two shipped records, what is said of one, and what would be better than before."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from scanner.api import Check, Finding, Report, Severity, Status
from scanner.judge import judging, policy
from scanner.plugins import load
from scanner.record import record
from scanner.words.bearing import bearings_on
from tests.conftest import FUZZ
from tests.octets import readable
from tests.properties.renaming import Document

ROOT = Path(__file__).resolve().parents[2]
FILES = {"good": ROOT / "tests" / "data" / "good.hvp", "practice": ROOT / "scanner" / "data" / "practice.hvp"}
OFFER = load(third_party=False)
GREEN = (Status.PASS, Status.NOT_APPLICABLE)
OPEN = (Status.UNKNOWN, Status.ERROR)
DIRECTORY = frozenset({"ComputerAccount", "CrossRef", "DomainController", "DomainInfo", "Trust"})
PROFILES = ["asr-vmm", "live-migration", "replica"]

Place = tuple[str, ...]
"""Check, kind of subject, profile and names: where a verdict stands."""

both = pytest.mark.parametrize("name", sorted(FILES))
"""The property holds on both shipped records."""


def few(examples: int) -> Callable[[Any], Any]:
    """So many examples, the same every time; as many new ones as HV_FUZZ says, and then a failure is made small."""
    phases = [phase for phase in Phase if FUZZ or phase not in (Phase.shrink, Phase.explain)]
    return settings(max_examples=FUZZ or examples, derandomize=not FUZZ, phases=phases)


@cache
def _raw(name: str) -> bytes:
    return FILES[name].read_bytes()


def document(name: str) -> Document:
    """A shipped record, to be edited."""
    return json.loads(_raw(name))


def judged(edited: Document, offered: tuple[Check, ...] = OFFER.checks) -> Report:
    """The report of these checks, through the file as it would be saved."""
    evidence = record.load(json.dumps(edited).encode(), OFFER.facts)
    checks = judging.enabled(offered, evidence.estate.profiles)
    found = judging.judge(checks, evidence)
    return policy.report_of(evidence, found, checks=checks, plugins=OFFER.plugins, threshold=Severity.LOW)


@cache
def before(name: str) -> Report:
    """What is said of a shipped record."""
    return judged(document(name))


def rendered(report: Report) -> dict[str, str]:
    """Every format, and what a terminal shows."""
    made = {reporter.name: readable(reporter.render(report)) for reporter in OFFER.reporters}
    painted = {f"{r.name} painted": r.paint(report, 100, True) for r in OFFER.reporters if r.paint is not None}
    return made | painted


def place(finding: Finding, named: Callable[[str], str] = str) -> Place:
    """Where a finding stands, with its names as ``named`` writes them; a pair is the same in either order."""
    names = tuple(map(named, finding.subject.names))
    scope = str(finding.subject.kind)
    return (finding.check, scope, finding.profile, *(sorted(names) if scope == "pair" else names))


def statuses(report: Report, named: Callable[[str], str] = str) -> dict[Place, Status]:
    """The status of every finding."""
    return {place(finding, named): finding.status for finding in report.findings}


def verdicts(report: Report, named: Callable[[str], str] = str) -> dict[Place, str]:
    """The verdict of the run and of each profile, and of every route's profiles."""
    return {
        ("run",): report.verdict,
        **{("run", state.profile): state.verdict for state in report.readiness},
        **{
            (named(route.source), named(route.destination), state.profile): state.verdict
            for route in report.routes
            for state in route.profiles
        },
    }


def said(finding: Finding) -> tuple[str, ...]:
    """All that a finding tells a reader of its subject."""
    return finding.status, finding.seen, finding.wanted, finding.remedy, finding.note, finding.works


def differing(one: dict[Any, Any], other: dict[Any, Any]) -> dict[Any, tuple[Any, Any]]:
    """What stands in one and otherwise, or not at all, in the other."""
    return {key: (one.get(key), other.get(key)) for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def green(status: Status | str) -> bool:
    """A verdict or a status that lets a move start."""
    return status in (*GREEN, "ready")


def better(was: Report, now: Report) -> list[str]:
    """What is better now than it was: of verdicts, of findings, and of each check's worst about a route.

    A failure may become unknown, for somebody looks again before he moves; nothing else may become better.
    """
    told, then = _told(was), _told(now)
    both = (where for where in told if where in then and _up(told[where], then[where]))
    return [f"{where}: {told[where]} -> {then[where]}" for where in both]


def _up(was: str, now: str) -> bool:
    if green(was):
        return False
    if was == Status.WARN:
        return green(now)
    return green(now) or now == Status.WARN


def _told(report: Report) -> dict[Place, str]:
    """Verdicts, findings, and the worst that each check says about a route and a kind of move."""
    told: dict[Place, str] = {**verdicts(report), **statuses(report)}
    for route in report.routes:
        bearings = frozenset(bearings_on(route.source, route.destination))
        for finding in report.findings:  # worst first
            for profile in finding.profiles if finding.bears in bearings else ():
                told.setdefault((finding.check, profile, route.source, route.destination), finding.status)
    return told


def answers_of(edited: Document, target: str) -> list[dict[str, Any]]:
    """What the machine itself answered."""
    return [answer for answer in edited["answers"] if answer["target"] == target and answer["fact"] not in DIRECTORY]


def without(edited: Document, *keys: tuple[str, str], reason: str, detail: str = "") -> Document:
    """The same record, but these answers, by fact and target, are gaps."""
    made = copy.copy(edited)
    made["answers"] = [answer for answer in edited["answers"] if (answer["fact"], answer["target"]) not in keys]
    gaps = [{"fact": fact, "target": target, "reason": reason, "detail": detail} for fact, target in keys]
    made["gaps"] = [*edited["gaps"], *gaps]
    return made
