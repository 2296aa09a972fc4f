"""Whether a connection met the machine that tried it."""

from __future__ import annotations

import pytest

from checks.common.own import is_itself
from tests.checks.common.builders import probe


@pytest.mark.parametrize(
    ("local", "remote", "expected"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        (None, None, False),
        ("", None, False),
        (None, "10.0.0.1", False),
        ("no address", "no address", False),
    ],
)
def test_both_ends_are_one_address(local, remote, expected):
    assert is_itself(probe("x:1", local=local, remote=remote)) is expected
