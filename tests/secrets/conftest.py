"""Every test has a mark of its own, since a secret once known is hidden for as long as the process lives."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab.windows.wsman.certificates import Certificates, make
from tests.secrets.marks import (
    BLOCK,
    Start,
)
from tests.wire import HOSTS, Wire, wire


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS, client="admin")


@pytest.fixture
def mark() -> str:
    """A secret that JSON, HTML, XML, URLs and shells all write in another way than it is."""
    return f"pl4n\"t<e>&d'{uuid.uuid4().hex}\\%+x"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log at DEBUG, kept by a handler that knows nothing of secrets."""
    path = tmp_path / "debug.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s %(args)s %(exc_info)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield path
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


@pytest.fixture
def start(pki: Certificates, tmp_path: Path) -> Iterator[Start]:
    """Start the endpoints for a password; settings are the server's."""
    running: list[Any] = []

    def run(password: str, **settings: Any) -> Wire:
        running.append(wire(BLOCK, pki, tmp_path, **({"users": {"admin": password}} | settings)))
        lab: Wire = running[-1].__enter__()
        (tmp_path / "secret").write_text(password + "\n", encoding="utf-8")
        return lab

    yield run
    for context in running:
        context.__exit__(None, None, None)
