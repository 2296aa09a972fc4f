"""A format of somebody else, built as a package and installed beside us, is asked for by its name like ours.

The package is built by its own build system and installed by pip, both without a network.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.words.inert import inert
from tests.processes import ROOT, finished
from tests.test_inert import commands

SOURCE = ROOT / "tests" / "data" / "theirs"
READY = ROOT / "tests" / "data" / "good.hvp"
NOT_READY = 1
"""How the practice estate ends."""


def done(*command: str, cwd: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, timeout=100, check=False
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the package is installed."""
    folder = tmp_path_factory.mktemp("theirs")
    source = shutil.copytree(SOURCE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    done("hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=source)
    (wheel,) = folder.glob("*.whl")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    done("pip", "install", *quiet, "--target", str(folder / "site"), str(wheel), cwd=folder)
    return folder / "site"


def beside(site: Path, folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """A run where the package is installed."""
    paths = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(site)))}
    return finished(*words, environment=paths, cwd=folder)


def test_it_writes_its_file_and_is_named_among_those_who_took_part(installed: Path, tmp_path: Path) -> None:
    run = beside(
        installed, tmp_path, "demo", "--report", "theirs=r.txt", "--report", "theirs-octets=r.bin", "--json", "r.json"
    )
    assert run.returncode == NOT_READY, run.stderr
    report = json.loads((tmp_path / "r.json").read_bytes())
    head, *lines = (tmp_path / "r.txt").read_text(encoding="utf-8").splitlines()
    assert head == "verdict not ready, exit 1"
    assert lines == [f"{f['status']} {f['check']} {f['subject']['id']}" for f in report["findings"]]
    assert (tmp_path / "r.bin").read_bytes() == b"\x00\xffnot ready"
    assert {"name": "theirs", "version": "2.5", "origin": "package"} in report["plugins"]
    assert run.stdout.splitlines()[-1].startswith("r.json  r.txt  r.bin  exit 1")


def test_one_that_fails_costs_itself_alone(installed: Path, tmp_path: Path) -> None:
    wanted = ("--report", "theirs-fails=f.txt", "--report", "theirs=r.txt", "--json", "r.json", "--html", "r.html")
    run = beside(installed, tmp_path, "demo", *wanted)
    assert run.returncode == NOT_READY
    assert run.stderr.splitlines()[-1] == "f.txt is not written: report format theirs-fails failed, as told above"
    assert {path.name for path in tmp_path.iterdir()} == {"r.txt", "r.json", "r.html"}
    assert json.loads((tmp_path / "r.json").read_bytes())["verdict"] == "not ready"
    gate = beside(installed, tmp_path, "judge", READY, "--report", "theirs-fails=f.txt")
    assert gate.returncode == 4, "a ready run without its file is not ready"


def test_what_it_hands_on_is_no_command(installed: Path, tmp_path: Path) -> None:
    run = beside(installed, tmp_path, "demo", "--report", "theirs-hostile=r.txt")
    assert run.returncode == NOT_READY
    written = (tmp_path / "r.txt").read_bytes().decode()
    assert not list(commands(written))
    assert inert(written) == written
    assert "\\udc80" in written, "what is no valid text is written out"
    printed = beside(installed, tmp_path, "demo", "--report", "theirs-hostile=-")
    assert not list(commands(printed.stdout))
    assert ": :error::mine" in printed.stdout


def test_without_plugins_it_is_not_there(installed: Path, tmp_path: Path) -> None:
    run = beside(installed, tmp_path, "judge", READY, "--report", "theirs=r.txt", "--no-plugins")
    assert run.returncode == 2
    assert run.stderr.startswith('there is no report format "theirs"')
    assert list(tmp_path.iterdir()) == []


def test_a_format_that_nobody_offers_is_told_with_those_that_are_there(installed: Path, tmp_path: Path) -> None:
    run = beside(installed, tmp_path, "demo", "--report", "mine=r.txt")
    assert run.returncode == 2
    assert "theirs-octets" in run.stderr


def test_the_practice_estate_is_judged_by_ours_alone(installed: Path, tmp_path: Path) -> None:
    """A check of theirs has nothing to read in its record, and would be missing from what documents tell of it."""
    plain = beside(installed, tmp_path, "demo", "--json", "a.json")
    assert plain.returncode == NOT_READY
    beside(installed, tmp_path, "demo", "--json", "b.json", "--report", "theirs=r.txt")
    one, other = (json.loads((tmp_path / name).read_bytes()) for name in ("a.json", "b.json"))
    assert one["findings"] == other["findings"]
    beside(installed, tmp_path, "judge", READY, "--json", "c.json")
    third = json.loads((tmp_path / "c.json").read_bytes())
    assert "THEIRS-01" in {found["check"] for found in third["findings"]}, "elsewhere it takes part"
    assert [plugin["name"] for plugin in one["plugins"]] == ["checks", "reports", "scanner.collectors"]
