"""What every fuzzer shares: no limit of time where HV_FUZZ asks for many examples."""

from __future__ import annotations

import pytest

from tests.conftest import FUZZ


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a long run be long."""
    for item in items:
        if FUZZ and "fuzz" in item.path.parts:
            item.add_marker(pytest.mark.timeout(0))
