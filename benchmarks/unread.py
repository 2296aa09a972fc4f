"""An estate of which nothing could be read, every host to every other one: how large each file is, and what it takes.

    python -m benchmarks.unread [--hosts NUMBER ...] [--profiles NAME ...] [--formats NAME ...]

``html/`` is the folder of pages.

No machine is asked: every question of the first round is a gap, as of hosts that no runner reaches. Memory is that of
the whole process, at most while the findings are judged and while each format is written, one after the other.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from benchmarks.estate import NOW, estate_of
from benchmarks.measure import Budget, peak_from_here, peak_mb, table, tell
from benchmarks.reports import FORMATS, report_of
from scanner.api import Check, Evidence, GapReason, Profile, Report, TargetInfo
from scanner.collect.plan import first_round
from scanner.judge import judging, planning
from scanner.judge.settling import settle
from scanner.plugins import Offer, load

LIMIT = 60
"""MB of a file that a dashboard still takes."""
MEMORY = 1000
"""MB"""


def silent(hosts: int, profiles: Collection[Profile], checks: Sequence[Check]) -> Evidence:
    """The record of a run that nobody answered."""
    estate = replace(estate_of(hosts), profiles=frozenset(profiles))
    checks = judging.enabled(checks, estate.profiles)
    evidence = Evidence(estate, started=NOW, finished=NOW, version="0", runner="runner")
    for want in first_round(checks, estate):
        evidence.note(TargetInfo(name=want.target, kind=want.kind, seconds=10.0))
        for fact in want.facts:
            evidence.miss(fact, want.target, GapReason.UNREACHABLE, "no answer on port 5986 within 10 s")
    evidence.close()
    return settle(evidence)


def reported(hosts: int, profiles: Collection[Profile], offer: Offer) -> Report:
    """Its report."""
    evidence = silent(hosts, profiles, offer.checks)
    return planning.planned(report_of(evidence, judging.judge(offer.checks, evidence), offer), evidence, None)


def files(report: Report, offer: Offer, names: list[str]) -> Iterator[tuple[str, list[float]]]:
    """How large the files of each format are, in MB."""
    for reporter in offer.reporters:
        if reporter.name in names:
            whole = iter([(reporter.render(report), False)]) if not reporter.files else ()
            texts = reporter.files(report, LIMIT * 1_000_000) if reporter.files else whole
            yield reporter.name, [len(text.encode()) / 1e6 for text, _ in texts]
        if reporter.folder and f"{reporter.name}/" in names:
            yield f"{reporter.name}/", [len(text.encode()) / 1e6 for _, text in reporter.folder(report)]


def anew() -> float:
    """Measure the peak of memory from here on; the CPU seconds until now."""
    peak_from_here()
    return time.process_time()


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--hosts", "--size", dest="size", type=int, nargs="+", default=[12, 50])
    options.add_argument("--profiles", nargs="+", default=[Profile.LIVE_MIGRATION, Profile.REPLICA])
    options.add_argument("--formats", nargs="+", default=[*FORMATS, "html/"])
    given = options.parse_args()
    offer = load(third_party=False)
    rows: list[tuple[object, ...]] = []
    budgets: list[Budget] = []
    for hosts in given.size:
        anew()
        began = time.process_time()
        report = reported(hosts, list(map(Profile, given.profiles)), offer)
        judged, before = time.process_time() - began, peak_mb()
        budgets.append(Budget(f"{hosts} hosts: judging, memory", before, "MB", MEMORY))
        began = anew()
        for name, sizes in files(report, offer, given.formats):
            taken, peak = time.process_time() - began, peak_mb()
            rows.append((hosts, len(report.routes), len(report.findings), judged, before, name, len(sizes), sum(sizes),
                         max(sizes), taken, peak))  # fmt: skip
            budgets.append(Budget(f"{hosts} hosts: {name}, the largest file", max(sizes), "MB", LIMIT))
            budgets.append(Budget(f"{hosts} hosts: {name}, memory", peak, "MB", MEMORY))
            began = anew()
    head = ("hosts", "routes", "findings", "judge s", "peak MB", "format", "files", "MB", "largest", "CPU s", "peak MB")
    table(head, rows)
    tell(*budgets)


if __name__ == "__main__":
    main()
