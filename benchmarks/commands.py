"""Whole processes of the command line, as a user waits for them.

    python -m benchmarks.commands [--size RUNS]

The median of some runs after a first one that does not count; wall seconds, and CPU seconds beside them because a busy
machine stretches only the former. ``python -c pass`` is the least a Python program can take.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.measure import ROOT, Budget, median, process, table, tell

LEAST = "python -c pass"
COMMANDS = {  # arguments, and the exit codes that mean it worked
    LEAST: ([sys.executable, "-c", "pass"], (0,)),
    "hv-preflight --help": (["--help"], (0,)),
    "hv-preflight checks": (["checks"], (0,)),
    "hv-preflight demo": (["demo"], (0, 1, 3)),
}
LIMITS = {"hv-preflight --help": 0.3, "hv-preflight demo": 2.0}
RECORD = ROOT / "scanner" / "data" / "practice.hvp"
PROGRAM = Path(sys.executable).with_name("hv-preflight")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=5, help="runs that count")
    given = options.parse_args()
    program = [str(PROGRAM)] if PROGRAM.exists() else [sys.executable, "-m", "scanner"]
    rows: list[tuple[str, float, float]] = []
    for name, (arguments, fine) in COMMANDS.items():
        if name.endswith("demo") and not RECORD.exists():
            print(f"{name}: left out, {RECORD.relative_to(ROOT)} is not there yet")
            continue
        command = arguments if name == LEAST else [*program, *arguments]
        runs = [process(command, fine) for _ in range(given.size + 1)][1:]
        rows.append((name, median([wall for wall, _ in runs]), median([cpu for _, cpu in runs])))
    least = rows[0][2]
    table(("command", "wall s", "CPU s", "CPU / least"), [(*row, row[2] / least) for row in rows])
    tell(*(Budget(name, wall, "s", LIMITS[name]) for name, wall, _ in rows if name in LIMITS))


if __name__ == "__main__":
    main()
