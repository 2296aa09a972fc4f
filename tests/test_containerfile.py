"""The container file: it copies what is there, installs the tested libraries by hash, and runs as a plain user."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")


def test_what_it_copies_is_there():
    named = [word for line in re.findall(r"^COPY (?!--)(.*) \S+$", TEXT, re.MULTILINE) for word in line.split()]
    assert named
    assert all((ROOT / word).exists() for word in named)


def test_its_libraries_are_those_of_the_lock_by_their_hashes():
    assert "--require-hashes -r requirements.lock" in TEXT
    assert "--no-deps ." in TEXT
    assert "\ngssapi==" in (ROOT / "requirements.lock").read_text(encoding="utf-8"), "so a compiler is needed to build"


def test_it_runs_as_somebody_who_is_no_administrator_and_holds_no_secret():
    last = TEXT.rpartition("FROM ")[2]
    assert re.search(r"^USER (?!root|0)", last, re.MULTILINE)
    assert "gcc" not in last
    assert not re.search(r"^(ENV|ARG)\b", TEXT, re.MULTILINE)


@pytest.mark.parametrize(
    "name", ["requirements.lock", "pyproject.toml", "README.md", "LICENSE", "scanner", "checks", "reports"]
)
def test_what_the_installation_needs_is_not_left_out(name):
    left_out = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert name not in left_out
