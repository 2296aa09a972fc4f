"""A thousand hosts through the real engine and the real collector, a twentieth of them refusing or hanging.

    python -m benchmarks.thousand [--size HOSTS] [--concurrency N] [--latency S] [--script S] [--gather]

The endpoint runs in a process of its own on the other core. The estate has no route, so that one round asks every host
what all checks of live migration need. What "ideal" means stands in ``ideal`` and in README.md.
"""

from __future__ import annotations

import argparse
import heapq
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.endpoint import USER, Settings, block, password_file, running
from benchmarks.measure import Budget, cores, median, peak_mb, pin, table, tell
from lab.windows.wsman.certificates import make
from scanner.collect import rounds
from scanner.collect.windows import COLLECTOR
from scanner.estate.access import Access, Limits, SignIn
from scanner.estate.secret import SecretSource
from scanner.plugins import load
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence

DOMAIN = "bench.example"
LIMITS = Limits(host_deadline=20.0, connect_timeout=5.0)
SILENT, STUCK, CLOSED = "silent", "hang in pipeline", "closed"
"""Takes a connection and says nothing; goes silent in the middle of the script; nothing listens."""
COSTS = {SILENT: LIMITS.connect_timeout, STUCK: LIMITS.host_deadline, CLOSED: 0.0}
"""Seconds a host of each kind must cost."""
ALONE = 5


def broken(size: int) -> dict[int, str]:
    """Which hosts are broken and how: every twentieth, of each kind in turn, at random places that stay the same."""
    places = random.Random(1).sample(range(size), max(3, size // 20))
    return {place: (CLOSED, SILENT, STUCK)[turn % 3] for turn, place in enumerate(places)}


def ideal(costs: Sequence[float], slots: int) -> float:
    """Seconds that so many slots need for these costs, taken in order, when nothing else costs any time."""
    free = [0.0] * slots
    for cost in costs:
        heapq.heapreplace(free, free[0] + cost)
    return max(free)


def scan(hosts: Sequence[str], access: Access) -> tuple[Evidence, float]:
    """Collect from these hosts; the evidence and the seconds it took."""
    began = time.perf_counter()
    evidence = rounds.collect(load(third_party=False).checks, (COLLECTOR,), Estate(hosts=tuple(hosts)), access)
    return evidence, time.perf_counter() - began


def complete(evidence: Evidence, host: str) -> bool:
    """Whether the host answered all it was asked."""
    target = evidence.target(host)
    return target is not None and target.queries == target.answered > 0


def measure(hosts: Sequence[str], kinds: dict[int, str], access: Access, concurrency: int) -> list[Budget]:
    """Run the benchmark against the running endpoint and print what came of it."""
    healthy = [host for place, host in enumerate(hosts) if place not in kinds]
    scan(healthy[:1], access)  # the endpoint makes its answers, we load our libraries
    alone = median([scan([host], access)[1] for host in (healthy * ALONE)[:ALONE]])
    before = time.process_time()
    evidence, wall = scan(hosts, replace(access, limits=replace(LIMITS, concurrency=concurrency)))
    cpu = (time.process_time() - before) / len(hosts) * 1000
    whole = sum(complete(evidence, host) for host in healthy)
    costs = [COSTS[kinds[place]] if place in kinds else alone for place in range(len(hosts))]
    least = ideal(costs, concurrency)
    bound = max(sum(costs) / concurrency, *costs)
    table(
        ("hosts", "at once", "one alone s", "ideal s", "wall s", "bound s", "CPU ms/host", "hosts/s", "peak MB"),
        [(len(hosts), concurrency, alone, least, wall, bound, cpu, len(hosts) / wall, peak_mb())],
    )
    gaps = {gap.target: gap.reason.value for gap in evidence.gaps() if gap.target in access.addresses}
    print(f"{whole} of {len(healthy)} healthy hosts complete; broken: {dict(Counter(kinds.values()))}")
    print(f"hosts with gaps, by reason: {dict(Counter(gaps.values()))}")
    return [
        Budget("wall time / ideal", wall / least, "x", 1.3),
        Budget("healthy hosts complete", whole / len(healthy) * 100, "%", 100, at_least=True),
        Budget("peak memory", peak_mb(), "MB", 200),
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=1000)
    options.add_argument("--concurrency", type=int, default=Limits().concurrency)
    options.add_argument("--latency", type=float, default=0.02, help="seconds of one round trip")
    options.add_argument("--script", type=float, default=1.0, help="seconds the script takes on a host")
    options.add_argument("--gather", action="store_true", help="all answers at the end, not spread over these seconds")
    given = options.parse_args()
    ours, theirs = cores()
    pin(ours)
    kinds = broken(given.size)
    hosts = [f"h{number:04}.{DOMAIN}" for number in range(given.size)]
    addresses = {host: f"{block(1)}.{place // 250}.{place % 250 + 1}" for place, host in enumerate(hosts)}
    with tempfile.TemporaryDirectory() as name:
        pki = make(Path(name), [f"*.{DOMAIN}"])
        secret = SecretSource(file=password_file(Path(name)))
        way = SignIn(method="basic", user=USER, password=secret, ca=pki.ca)
        settings = Settings(
            addresses={addresses[host]: host for place, host in enumerate(hosts) if kinds.get(place) != CLOSED},
            certificate=pki.server.certificate,
            key=pki.server.key,
            core=theirs,
            latency=given.latency,
            script_seconds=given.script,
            spread=not given.gather,
            faults={hosts[place]: kind for place, kind in kinds.items() if kind != CLOSED},
        )
        with running(settings) as endpoint:
            budgets = measure(hosts, kinds, Access(default=way, addresses=addresses, limits=LIMITS), given.concurrency)
            told = endpoint.ask("traffic")
            per_host = told["requests"] / given.size
            print(f"endpoint: {per_host:.3g} requests/host, {told['cpu']:.0f} s CPU, {told['shells']} shells left")
        tell(*budgets)


if __name__ == "__main__":
    main()
