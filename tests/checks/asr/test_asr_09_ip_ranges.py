from __future__ import annotations

import pytest

from checks.asr.asr_09_ip_ranges import ranges_allowed
from scanner.api import Status
from tests.checks.asr.builders import plan
from tests.conftest import Judge


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", Status.NOT_APPLICABLE),
        ("2026-11-21 Jane Doe", Status.PASS),
        ("2026-11-22 Jane Doe", Status.UNKNOWN),
        ("yes", Status.NOT_APPLICABLE),
    ],
)
def test_ranges(judge: Judge, said, expected):
    assert judge(ranges_allowed, {}, plan(ip_ranges=said)).status is expected


def test_who_saw_it_is_told(judge: Judge):
    assert "Jane Doe saw" in judge(ranges_allowed, {}, plan(ip_ranges="2026-11-20 Jane Doe")).note
