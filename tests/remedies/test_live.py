"""The remedy test in the lab: the broken estate is scanned, cured on Samba and on its machines, and scanned again.

It proves our model of these commands, no more: see docs/remedies.md, and docs/unproven.md, "What remedies rest on".
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator

import pytest

from lab import directory, practice
from lab.remedy.carry import cure
from tests.remedies.live import Living

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1800)]


@pytest.fixture
def broken(directory_lab, kerberos_libraries, tmp_path, monkeypatch) -> Iterator[Living]:
    """The broken estate, up, with files of its own; the directory is put back afterwards."""
    shutil.copytree(practice.ESTATES, tmp_path / "estates")
    monkeypatch.setattr(practice, "ESTATES", tmp_path / "estates")
    faults = tomllib.loads((tmp_path / "estates" / "broken" / "faults.toml").read_text(encoding="utf-8"))
    try:
        with practice.running("broken") as (estate,):
            names = {machine.name: machine.dns_name for machine in estate.machines}
            dropped = {names[row["machine"]]: set(row["ports"]) for row in faults["drop"]}
            yield Living(estate, tmp_path, dropped)
    finally:
        for row in faults["drop"]:
            directory.machine("undrop", row["machine"])
        directory.run("reset.sh", "all", timeout=600)


def test_what_is_printed_for_the_broken_estate_cures(broken):
    problems = cure(broken.world, broken.judged)
    assert problems == [], "\n".join(map(str, problems))
