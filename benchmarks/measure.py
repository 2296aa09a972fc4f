"""What every benchmark needs: cores, medians, peak memory, the exponent of growth, a table, a line for a budget."""

from __future__ import annotations

import math
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

median = statistics.median
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Budget:
    """A figure, and what it may be at most (or must be at least)."""

    name: str
    value: float
    unit: str
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure keeps to the limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        """One line: name, figure, limit, verdict."""
        sign = ">=" if self.at_least else "<="
        text = f"{self.value:.3g}" if self.value < 1000 else f"{self.value:.0f}"
        return f"{self.name}: {text} {self.unit} (budget {sign} {self.limit:g}) {'met' if self.met else 'NOT MET'}"


def cores() -> tuple[int, int]:
    """The core for the client and the one for the server; the same one where there is only one."""
    known = sorted(os.sched_getaffinity(0))
    return known[0], known[-1]


def pin(core: int) -> None:
    """Let this process, and those it starts, run on one core only."""
    os.sched_setaffinity(0, {core})


@contextmanager
def whole_machine():
    """Lift the pinning for as long as the block runs, so that what it starts may take any core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def process(command: Sequence[str], fine: Collection[int] = (0,), out: Path | None = None) -> tuple[float, float]:
    """Run a program to its end: wall seconds, and CPU seconds of it and all it waited for.

    Args:
        command: what to run.
        fine: exit codes that mean that it worked; any other one ends the benchmark.
        out: where its output goes; nothing: nowhere.
    """
    with (out or Path(os.devnull)).open("wb") as file:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd=ROOT)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in fine:
        said = out.read_text(encoding="utf-8")[:1000] if out else ""
        raise SystemExit(f"{' '.join(map(str, command))} exited with {child.returncode}\n{said}")
    return wall, used.ru_utime + used.ru_stime


def peak_mb() -> float:
    """Peak resident memory of this process in MB. VmHWM begins anew with every program; ru_maxrss does not."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 / 1e6 if found else math.nan


def peak_from_here() -> None:
    """Let the peak be that of what comes now: Linux keeps it for a process until it is told otherwise."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Slope of log(seconds) over log(size): 1 is linear, 2 is square. Not a number with fewer than two points."""
    if len(sizes) < 2:
        return math.nan
    return statistics.linear_regression([math.log(s) for s in sizes], [math.log(t) for t in seconds]).slope


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns: the first flush left, the others flush right."""
    texts = [list(head), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(row[place]) for row in texts) for place in range(len(head))]
    for row in texts:
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        print("  ".join(cells).rstrip())
    sys.stdout.flush()


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3g}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def tell(*budgets: Budget) -> None:
    """Print a line for every budget, and how busy the machine was: figures of a busy one are no figures."""
    for budget in budgets:
        print(budget)
    one, five, _ = os.getloadavg()
    print(f"load average {one:.1f} (1 min), {five:.1f} (5 min); {os.cpu_count()} cores", flush=True)
