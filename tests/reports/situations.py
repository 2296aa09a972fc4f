"""What a run may come to, for formats that know fewer words than we do: each with what must be read in its report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from scanner.judge.comparing import known_of
from scanner.judge.policy import report_of
from scanner.words.baseline import Baseline
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason, Severity, Status
from scanner.words.report import Finding, Report
from scanner.words.source import TargetInfo
from scanner.words.waivers import NO_WAIVERS, Waiver, Waivers
from tests.reports.conftest import CHECKS, END, HV01, HV02, HV11, SILENT, START, build, finding, host, route

ROUTES = ((HV01, HV11), (HV11, HV01))
WAIVER = Waiver("NET-01", HV02, "cable is ordered", "network team", date(2027, 1, 31))
BLIND = Waiver("ID-01", HV11, "seen by hand", "host team", date(2027, 1, 31), accept_unknown=True)
BEFORE = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
READ = tuple(TargetInfo(name=name, kind="host", queries=9, answered=9) for name in (HV01, HV02, HV11))


def waivers(*entries: Waiver) -> Waivers:
    return replace(NO_WAIVERS, entries=entries, file="waivers.toml")


def run(
    found: Iterable[Finding],
    *,
    waived: Waivers = NO_WAIVERS,
    baseline: Baseline | None = None,
    gaps: tuple[Gap, ...] = (),
    targets: tuple[TargetInfo, ...] = READ,
    interrupted: bool = False,
    chosen: tuple[str, ...] = (),
    routes: tuple[tuple[str, str], ...] = ROUTES,
) -> Report:
    """A report decided as a run decides it."""
    estate = Estate(routes=tuple(Route(*ends) for ends in routes), chosen=chosen, file="estates/prod.toml")
    evidence = Evidence(
        estate, START, END, "0.1.0", "runner", interrupted=interrupted, gaps=gaps, targets=targets
    )  # fmt: skip
    return report_of(
        evidence, list(found), checks=CHECKS, plugins=(), threshold=Severity.LOW, waivers=waived, baseline=baseline
    )


GOOD = [finding("ID-01", host(name), Status.PASS, "member of corp.example") for name in (HV01, HV02, HV11)]
RED = finding("NET-01", host(HV02), Status.FAIL, "in clear text", wanted="IPsec")
OPEN = finding("ID-01", host(HV11), Status.UNKNOWN, note=str(SILENT))
KNOWN = Baseline("last.json", BEFORE, known_of([RED], BEFORE))
SITUATIONS: dict[str, tuple[Report, tuple[str, ...]]] = {
    "ready": (run(GOOD), ()),
    "fails": (run([*GOOD, RED]), ("in clear text", "IPsec")),
    "unknown": (run([*GOOD[:2], OPEN], gaps=(SILENT,)), ("no answer on 5986",)),
    "a defect": (
        run([*GOOD, finding("VM-06", host(HV11), Status.ERROR, note="the check failed: KeyError")]),
        ("KeyError",),
    ),
    "a warning": (
        run([*GOOD, finding("LM-06", host(HV01), Status.WARN, "limit 0", works="it queues")]),
        (),
    ),
    "waived": (run([*GOOD, RED], waived=waivers(WAIVER)), ("1 waiver of waivers.toml",)),
    "unknown, accepted": (run([*GOOD[:2], OPEN], waived=waivers(BLIND)), ("1 waiver of waivers.toml",)),
    "known by a baseline": (run([*GOOD, RED], baseline=KNOWN), ("2026-11-20",)),
    "new since a baseline": (
        run([*GOOD, RED, finding("NET-01", host(HV01), Status.FAIL, "also")], baseline=KNOWN),
        ("1 new",),
    ),
    "narrowed": (run(GOOD, chosen=("checks ID-*",)), ("as far as chosen", "checks ID-*")),
    "narrowed, fails": (run([*GOOD, RED], chosen=("checks ID-*",)), ("as far as chosen",)),
    "unverified": (
        run(GOOD, targets=(replace(READ[0], unverified=True), *READ[1:])),
        ("NOT verified", "hv01"),
    ),
    "interrupted": (run(GOOD, interrupted=True), ("ended early",)),
    "interrupted, accepted": (run([OPEN], interrupted=True, waived=waivers(BLIND)), ("ended early",)),
    "nothing read": (
        run([OPEN], gaps=(SILENT,), targets=(TargetInfo(name=HV11, kind="host", queries=9),)),
        ("no host could be read",),
    ),
    "nothing read, accepted": (
        run([OPEN], waived=waivers(BLIND), gaps=(SILENT,), targets=(TargetInfo(name=HV11, kind="host", queries=9),)),
        ("no host could be read",),
    ),
    "nothing planned": (run(GOOD, routes=()), ("No move is planned",)),
    "nothing judged": (run([]), ("Nothing was judged",)),
    "a domain unread": (
        run(
            GOOD,
            gaps=(Gap("Trust", "branch.example", GapReason.ACCESS_DENIED),),
            targets=(*READ, TargetInfo(name="branch.example", kind="domain", queries=1)),
        ),
        ("branch.example was not read",),
    ),
    "a look ahead": (replace(run(GOOD), at=datetime(2026, 12, 24, tzinfo=UTC)), ("A look ahead",)),
    "several kinds of subject": (
        build([RED, OPEN, finding("DEL-01", route(HV01, HV11), Status.FAIL, "cifs")], routes=ROUTES),
        ("cifs",),
    ),
}
