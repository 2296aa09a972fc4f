"""Histories to try: in a file, and in Debian's PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.history.place import Place, place_of
from tests.history import postgres
from tests.history.filled import NIGHTS, fill

_names = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """PostgreSQL, running; skipped, with the reason, where it cannot be, unless the lab is required."""
    if why := postgres.missing():
        if os.environ.get("HV_PREFLIGHT_LAB") == "required":
            pytest.fail(f"the lab is required here, and {why}")
        pytest.skip(why)
    with postgres.made() as server, server.up():
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address of a history that nobody has made yet."""
    if request.param == "sqlite":
        return str(tmp_path / "kept" / "history.db")
    return request.getfixturevalue("server").fresh(f"h{next(_names)}")


@pytest.fixture
def place(address: str) -> Place:
    """The same as a place."""
    return place_of(address)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "h.db"
    fill(file, NIGHTS)
    return file


@pytest.fixture
def kept(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history of one estate, to add to."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return Path(shutil.copy(filled, tmp_path / "h.db"))
