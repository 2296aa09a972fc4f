"""The two PowerShell files are the ones that were run on a real PowerShell: a change needs a new run there."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import pytest

SCRIPTS = {
    "Invoke-Query.ps1": "0e6c50e9326f0da77581f7e7863afe365a806ef2136c06946f7435d8f39ec284",
    "Test-Endpoint.ps1": "587a6af4fe93b6fd46b88603fea2b358573688e01b7ea4eeb8966bb11cedee75",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_file_is_the_one_that_was_tried(name: str) -> None:
    content = files("scanner.collect.remote").joinpath(name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == SCRIPTS[name]
