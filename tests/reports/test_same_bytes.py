"""A record gives the same reports in every process: no order of a set or of a hash is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.plugins import load
from tests.processes import ROOT, finished

RECORDS = (ROOT / "tests" / "data" / "good.hvp", ROOT / "scanner" / "data" / "practice.hvp")
FORMATS = sorted(reporter.name for reporter in load(third_party=False).reporters)


def judged(record: Path, folder: Path, seed: str) -> dict[str, bytes]:
    """All that a process with this seed of its hashes makes of the record, by file; printed text as ``out``."""
    folder.mkdir()
    options = [word for name in FORMATS for word in ("--report", f"{name}=report.{name}")]
    done = finished("judge", record, *options, environment={"PYTHONHASHSEED": seed}, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return {"out": done.stdout.encode()} | {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_two_processes_give_the_same_bytes(tmp_path: Path, record: Path) -> None:
    one, other = (judged(record, tmp_path / seed, seed) for seed in ("1", "2"))
    assert set(one) == {"out", *(f"report.{name}" for name in FORMATS)}
    assert [name for name in one if one[name] != other[name]] == []
