"""How judging grows with the estate: every host to every other one, all built-in checks, a healthy record.

    python -m benchmarks.judging [--size HOSTS ...] [--machines A_HOST] [--limit SECONDS] [--profile]

CPU seconds of one process on one core. "a route" divides by the routes, of which n hosts have n (n - 1); with as many
virtual machines on every host, findings grow with the routes, and so should the time: exponent 1. The reference is
Python's own ``dataclasses.replace`` on every finding that came out, so that a slower machine does not fail the budget.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from benchmarks.estate import estate_of, evidence_of
from benchmarks.measure import Budget, cores, exponent, median, peak_mb, pin, table, tell
from scanner.api import Check, Evidence, Finding, Severity, Status
from scanner.judge import judging, policy
from scanner.plugins import Offer, load

MACHINES = 2000 / 64
"""on every host, so that 64 hosts have 2,000"""
COPIES = 24
"""times a copy of all findings: 10 s for 64 hosts on a machine that judges them in 6.55 s, at 15.7 times a copy"""
T = TypeVar("T")


def cpu(run: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of a call, and what it gave."""
    began = time.process_time()
    given = run()
    return time.process_time() - began, given


@dataclass
class Measured:
    """One size of the estate."""

    hosts: int
    routes: int
    findings: list[Finding]
    judge: float
    """CPU seconds"""
    by_check: dict[str, float]
    copied: float
    """CPU seconds to copy every finding: the reference"""
    asks: float
    """CPU seconds to say what the second round shall ask"""
    report: float = 0.0
    """CPU seconds to count and to decide on every route; 0: not run"""
    peak: float = 0.0
    """MB of the process so far"""


def measure(hosts: int, machines: float, offer: Offer) -> tuple[Measured, Evidence]:
    """Judge one estate, check by check."""
    estate = estate_of(hosts)
    evidence = evidence_of(estate, round(machines * hosts), offer.checks)
    findings: list[Finding] = []
    by_check: dict[str, float] = {}
    for check in judging.enabled(offer.checks, estate.profiles):
        by_check[check.id], found = cpu(lambda check=check: list(judging.judge_check(check, evidence)))
        findings += found
    asks, _ = cpu(lambda: list(judging.asks_of(offer.checks, evidence)))
    copied = median([cpu(lambda: [replace(finding) for finding in findings])[0] for _ in range(3)])
    return Measured(hosts, len(estate.routes), findings, sum(by_check.values()), by_check, copied, asks), evidence


def report_seconds(offer: Offer, evidence: Evidence, findings: list[Finding]) -> float:
    """CPU seconds from findings to the report that formats are written from."""
    seconds, _ = cpu(
        lambda: policy.report_of(
            evidence, findings, checks=offer.checks, plugins=offer.plugins, threshold=Severity.MEDIUM
        )
    )
    return seconds


def by_check(points: list[Measured]) -> list[tuple[str, float, float, float]]:
    """Check, seconds at the largest size, its share, exponent over routes; dearest first."""
    last, routes = points[-1], [point.routes for point in points]
    rows = [
        (name, seconds, seconds / last.judge * 100, exponent(routes, [p.by_check[name] for p in points]))
        for name, seconds in last.by_check.items()
    ]
    return sorted(rows, key=lambda row: -row[1])


def profile(check: Check, evidence: Evidence) -> None:
    """Print where one check spends its time."""
    profiler = cProfile.Profile()
    profiler.runcall(lambda: list(judging.judge_check(check, evidence)))
    print(f"\n{check.id}, by own time:")
    pstats.Stats(profiler).sort_stats("tottime").print_stats(12)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, nargs="+", default=[8, 16, 32, 64], help="hosts")
    options.add_argument("--machines", type=float, default=MACHINES, help="virtual machines on a host")
    options.add_argument(
        "--limit", type=float, default=120, help="seconds a report may be expected to take, else it is left out"
    )
    options.add_argument("--profile", action="store_true", help="show where the dearest check spends its time")
    given = options.parse_args()
    pin(cores()[0])
    offer = load(third_party=False)
    points: list[Measured] = []
    for hosts in given.size:
        point, evidence = measure(hosts, given.machines, offer)
        if not points or points[-1].report * (point.routes / points[-1].routes) ** 2 < given.limit:
            point.report = report_seconds(offer, evidence, point.findings)
        point.peak = peak_mb()
        points.append(point)
    table(
        ("hosts", "routes", "findings", "judge s", "ms a route", "us each", "copied", "asks s", "report s", "peak MB"),
        [
            (p.hosts, p.routes, len(p.findings), p.judge, p.judge / p.routes * 1e3, p.judge / len(p.findings) * 1e6,
             p.copied, p.asks, p.report or "left out", p.peak) for p in points
        ],
    )  # fmt: skip
    rows = by_check(points)
    print()
    table(("dearest checks", "s", "%", "exponent"), rows[:8])
    counts = Counter(finding.status for finding in points[-1].findings)
    print(", ".join(f"{counts[status]:,} {status}" for status in Status if counts[status]), "\n")
    routes, done = [p.routes for p in points], [p for p in points if p.report]
    reported = exponent([p.routes for p in done], [p.report for p in done])
    tell(
        Budget("exponent of judging over routes", exponent(routes, [p.judge for p in points]), "", 1.15),
        Budget("exponent of the second round's questions", exponent(routes, [p.asks for p in points]), "", 1.15),
        Budget("exponent of the report over routes", reported, "", 1.15),
        Budget(f"judging {points[-1].hosts} hosts, against a copy", points[-1].judge / points[-1].copied, "x", COPIES),
    )  # fmt: skip
    if given.profile:
        profile(next(c for c in offer.checks if c.id == rows[0][0]), evidence)


if __name__ == "__main__":
    main()
