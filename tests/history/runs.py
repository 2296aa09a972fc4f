"""Runs to keep: made of findings, or of the records that ship."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from scanner import plugins
from scanner.api import Finding, Profile, Report, Route, Severity, Status, Subject, scopes
from scanner.history import store
from scanner.history.place import Place
from scanner.judge import judging, planning, policy
from scanner.plugins import Offer
from scanner.record import record
from scanner.words.baseline import Baseline
from scanner.words.evidence import Evidence
from scanner.words.waivers import NO_WAIVERS, Waivers
from tests.conftest import HV01, HV02, estate
from tests.reports.conftest import CHECKS

START = datetime(2026, 11, 1, 6, tzinfo=UTC)
DAY = timedelta(days=1)
PRACTICE = Path(__file__).parents[2] / "scanner" / "data" / "practice.hvp"
WHERE = estate(hosts=(HV01, HV02), routes=(Route(HV01, HV02), Route(HV02, HV01)))
NAME = "corp/estate"


def found(status: Status, check: str = "NET-01", subject: Subject | None = None, seen: str = "x") -> Finding:
    about = subject or Subject(scopes.HOST, (HV01,))
    return Finding(
        check=check, subject=about, bears=about.kind.bearing(about), status=status, severity=Severity.HIGH,
        title=f"title of {check}", profiles=frozenset({Profile.LIVE_MIGRATION}), seen=seen,
    )  # fmt: skip


def machine(name: str, host: str = HV01) -> Subject:
    return Subject(scopes.VM, (host, name), f"{name} on {host}")


def run(
    *findings: Finding,
    day: float = 0,
    since: Baseline | None = None,
    waivers: Waivers = NO_WAIVERS,
    chosen: tuple[str, ...] = (),
    interrupted: bool = False,
) -> Report:
    """What a run of that day makes of these findings, and of one that passes."""
    when = START + day * DAY
    where = estate(hosts=WHERE.hosts, routes=WHERE.routes, chosen=chosen)
    evidence = Evidence(where, when, when, interrupted=interrupted)
    every = [found(Status.PASS, "ID-01"), *findings]
    return policy.report_of(
        evidence, every, checks=CHECKS, plugins=(), threshold=Severity.LOW, baseline=since, waivers=waivers
    )


def keep(place: Place, report: Report, name: str = NAME, **words: object) -> int:
    return store.keep(place, name, report, b"record", **words)  # type: ignore[arg-type]


@cache
def offer() -> Offer:
    return plugins.load(third_party=False)


@cache
def practice() -> tuple[Report, bytes]:
    """The practice estate as it is judged, and its record."""
    data = PRACTICE.read_bytes()
    evidence = record.load(data, offer().facts)
    found = judging.judge(offer().checks, evidence)
    made = policy.report_of(evidence, found, checks=offer().checks, plugins=(), threshold=Severity.LOW)
    return planning.planned(made, evidence), data
