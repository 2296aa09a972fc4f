"""Recordings of the sound estate's machines: whole, without a name of theirs, and answered again to equal evidence."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path

import pytest

from lab import practice
from scanner.record.recording_file import load
from scanner.words.recording import Recording
from tests.test_learning import FACTS, learnt, replaying, rows_of, timeless, vmm_estate
from tests.test_learning import estate as estate_of

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]


def names_of(machine: practice.MachineFile) -> set[str]:
    """Names, addresses and accounts that its file tells."""
    text = machine.path.read_text(encoding="utf-8")
    told = tomllib.loads(text)
    names = {told["name"], *re.findall(r'\bname = "([\w.-]+)"', text), *re.findall(r"CORP\\+([\w-]+)", text)}
    names |= {address.split("/")[0] for one in told["adapter"] for address in one["addresses"]}
    return {name.lower() for name in names if len(name) > 3} - {"hyper-v", "management", "hosts", "recovery", "primary"}


@pytest.mark.parametrize("name", ["hv01", "hv02", "hv03", "vmm01"])
def test_a_recording_tells_no_name_and_replays(estate: practice.Estate, tmp_path: Path, name: str) -> None:
    (machine,) = (machine for machine in estate.machines if machine.name == name)
    path = tmp_path / f"{name}.json"
    done = estate.run("doctor", f"{name}.corp.example", "--learn", str(path), "--estate", str(estate.file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "a scan can begin" in done.stdout
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text(encoding="utf-8").lower()
    marked = names_of(machine) | {"corp.example", "svc-preflight", "s-1-5-21-2000000000"}
    assert len(marked) > 5
    assert sorted(one for one in marked if re.search(rf"(?<![\w.-]){re.escape(one)}(?![\w-])", written)) == []
    first = load(path.read_bytes())
    assert not [asked.fact for asked in first.asked if asked.unanswered]
    assert first.settled
    with replaying(first, tmp_path / "again") as (host, pki):
        make = vmm_estate if name.startswith("vmm") else estate_of
        second = learnt(tmp_path, host, make(tmp_path, host, pki), "again.json")
    assert _same(second) == _same(first)
    shown = estate.run("show", str(path))
    assert (shown.returncode, "value" in shown.stdout) == (0, True)


def _same(recording: Recording) -> list[object]:
    """The first round, which does not hang upon the estate that the machine stands in; and what is decoded of it."""
    asked = [asked for asked in timeless(recording).asked if not FACTS[asked.fact].second_round]
    return [(one, rows_of(one)) for one in asked]
