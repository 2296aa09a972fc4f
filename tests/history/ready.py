"""An audit that finds everything ready: of the shipped sound record, as if it had been read now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scanner.commands.finishing import finish
from scanner.commands.ledger import Audited, Ledger
from scanner.commands.options import Plugins, Reports
from scanner.history.place import place_of
from scanner.record import record
from tests.processes import HEARING, LONG, surroundings

GOOD = Path(__file__).parents[2] / "tests" / "data" / "good.hvp"
NAME = "good"


def audit(folder: Path, history: str, before: tuple[str, ...] = HEARING) -> subprocess.CompletedProcess[str]:
    """One that is a process of its own."""
    words = [*before, sys.executable, "-m", "tests.history.ready", str(folder), history]
    return subprocess.run(words, env=surroundings(), capture_output=True, text=True, timeout=LONG, check=False)


def main(folder: str, history: str) -> int:
    outputs = Audited.of(Reports(json=Path(folder, "r.json")))
    outputs.ledger = Ledger(place_of(history), NAME)
    offer = Plugins(no_plugins=True).load()
    evidence = record.load(GOOD.read_bytes(), offer.facts)
    before = outputs.before(evidence.estate)
    outputs.keep(evidence)
    return finish(evidence, offer, outputs, baseline=before)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
