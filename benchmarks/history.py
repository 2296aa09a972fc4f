"""What audits night after night leave: how large the history is, and what the first and a later one take.

    python -m benchmarks.history [--size HOSTS] [--machines A_HOST] [--audits N]

Every host to every other one, every second one with a fault. Each night one finding of a hundred ends otherwise, and
of two of a hundred something else is seen (a free memory, hours that are left). SQLite, in a temporary folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from benchmarks.estate import NOW, estate_of, evidence_of
from benchmarks.measure import Budget, median, peak_mb, table, tell
from benchmarks.reports import report_of
from scanner.api import Finding, Report, Status
from scanner.history import reading, store
from scanner.history.place import Place
from scanner.judge import judging
from scanner.plugins import load

TURNED = {Status.PASS: Status.FAIL, Status.FAIL: Status.PASS}


def night(findings: list[Finding], chance: Random, number: int) -> list[Finding]:
    """The findings of the next night."""
    found = list(findings)
    for place in chance.sample(range(len(found)), len(found) // 100):
        found[place] = replace(found[place], status=TURNED.get(found[place].status, found[place].status))
    for place in chance.sample(range(len(found)), len(found) // 50):
        found[place] = replace(found[place], seen=f"{found[place].seen[:200]} (night {number})")
    return found


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=50)
    options.add_argument("--machines", type=int, default=2)
    options.add_argument("--audits", type=int, default=30)
    asked = options.parse_args()
    offer, chance = load(third_party=False), Random(1)
    estate = estate_of(asked.size)
    evidence = evidence_of(estate, asked.machines * asked.size, offer.checks, faulty=2)
    findings = list(judging.judge(offer.checks, evidence))
    first: Report = report_of(evidence, findings, offer)
    rows: list[tuple[object, ...]] = []
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Place(file=Path(folder) / "history.db")
        for number in range(asked.audits):
            findings = night(findings, chance, number) if number else findings
            when = NOW + timedelta(days=number)
            began = time.process_time()
            with_time = replace(first, findings=tuple(findings), started=when, finished=when)
            store.keep(place, "estate", with_time, b"")
            seconds.append(time.process_time() - began)
            size = (place.file.stat().st_size if place.file else 0) / 1e6
            rows.append((number + 1, f"{seconds[-1]:.2f}", f"{size:.1f}"))
            print(*rows[-1], file=sys.stderr, flush=True)
        began = time.process_time()
        with reading.reading(place) as link:
            known = reading.baseline(link, "estate", NOW + timedelta(days=asked.audits))
        read = time.process_time() - began
    last = float(str(rows[-1][2]))
    table(("audit", "CPU s", "MB"), (row for row in rows if row[0] in {1, 2, asked.audits}))
    print(f"{len(findings):,} findings a run, {len(known.findings) if known else 0:,} known; peak {peak_mb():.0f} MB")
    tell(
        Budget("history of all audits", last, "MB", 150),
        Budget("a later audit's storing", median(seconds[1:] or seconds), "CPU s", 10),
        Budget("reading the run before", read, "CPU s", 10),
    )


if __name__ == "__main__":
    main()
