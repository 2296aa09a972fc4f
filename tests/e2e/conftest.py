"""The sound estate, up: what the tests of one module share that look at single hosts of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from lab import practice


@pytest.fixture(scope="module")
def estate(directory_lab, kerberos_libraries, tmp_path_factory) -> Iterator[practice.Estate]:
    """With machine files of its own, which a test may change."""
    folder = tmp_path_factory.mktemp("sound") / "estates"
    shutil.copytree(practice.ESTATES, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(practice, "ESTATES", folder)
        with practice.running("good") as (good,):
            yield good
