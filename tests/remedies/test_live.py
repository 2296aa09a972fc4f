"""The remedy test in the lab: the broken estate is scanned, cured on Samba and on its machines, and scanned again.

It proves our model of these commands, no more (docs/remedies.md), and rests on the lines of docs/unproven.md that
``rests_on.py`` names.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from lab import directory, practice
from lab.remedy.carry import cure
from tests.remedies.estates import dropped_in
from tests.remedies.live import Living

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1800)]


@pytest.fixture
def broken(directory_lab, kerberos_libraries, tmp_path, monkeypatch) -> Iterator[Living]:
    """The broken estate, up, with files of its own; the directory is put back afterwards."""
    shutil.copytree(practice.ESTATES, tmp_path / "estates")
    monkeypatch.setattr(practice, "ESTATES", tmp_path / "estates")
    dropped = dropped_in("broken")
    names = {machine.dns_name: machine.name for machine in practice.MachineFile.all_of("broken")}
    try:
        with practice.running("broken") as (estate,):
            yield Living(estate, tmp_path, dropped)
    finally:
        for name in dropped:
            directory.machine("undrop", names[name])
        directory.run("reset.sh", "all", timeout=600)


def test_what_is_printed_for_the_broken_estate_cures(broken):
    problems = cure(broken.world, broken.judged)
    assert problems == [], "\n".join(map(str, problems))
