"""The wheel as a file, and the program by its module; ``make wheel`` installs it and runs it elsewhere."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from scanner import __version__

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def run(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_what_ships(tmp_path):
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.startswith(f"hv_preflight-{__version__}-py3-none-any")
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    assert held == {str(path.relative_to(ROOT)) for path in files if path.suffix != ".pyc"}


@pytest.mark.parametrize("module", ["hv_preflight", "scanner"])
def test_the_program_runs_by_its_module(module):
    assert run("-P", "-m", module, "--version") == f"hv-preflight {__version__}\n"


def test_the_version_is_said_alike():
    assert PYPROJECT["project"]["version"] == __version__
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:4] == "## ["]
    assert headings[0].startswith(f"## [{__version__}]") or headings[0] == "## [Unreleased]"
