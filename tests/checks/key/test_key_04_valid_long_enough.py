from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checks.key.key_04_valid_long_enough import valid_long_enough
from scanner.api import Status, Thresholds
from scanner.facts.keyfile import RegistrationKey
from tests.checks.common.builders import GONE
from tests.checks.key.builders import GENERATED, PATH, UNDATED, key, known, plan
from tests.conftest import Judge

END, HOUR, SECOND = GENERATED + timedelta(days=5), timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("row", "now", "hours", "expected"),
    [
        pytest.param(key(), END - 24 * HOUR, 24, Status.PASS, id="just enough"),
        pytest.param(key(), END - 24 * HOUR + SECOND, 24, Status.WARN, id="a second short"),
        pytest.param(key(), END - 24 * HOUR + SECOND, 23, Status.PASS, id="another threshold"),
        pytest.param(key(), END, 24, Status.WARN, id="the last instant"),
        pytest.param(key(), END + SECOND, 24, Status.NOT_APPLICABLE, id="expired"),
        pytest.param(key(**UNDATED), GENERATED, 24, Status.UNKNOWN, id="by name"),
        pytest.param(key(**UNDATED, file_time=None), GENERATED, 24, Status.UNKNOWN, id="no date"),
        pytest.param(key(problem="cut off"), GENERATED, 24, Status.NOT_APPLICABLE, id="not well formed"),
    ],
)
def test_valid_long_enough(judge: Judge, row, now, hours, expected):
    where = replace(plan(), thresholds=Thresholds(key_hours=hours))
    assert judge(valid_long_enough, known(row), where, now=now).status is expected


def test_texts(judge: Judge):
    finding = judge(valid_long_enough, known(key()), plan(), now=END - 2 * HOUR)
    assert finding.seen == "2 hours left, until 2026-11-25 09:00:00 UTC"
    assert finding.wanted == "24 hours"
    assert finding.works == "the key registers a server until 2026-11-25 09:00:00 UTC"
    estimate = judge(valid_long_enough, known(key(**UNDATED)), plan(), now=END - 2 * HOUR)
    assert estimate.note == f"{finding.seen}, estimated from the time in the file's name"


def test_gap(judge: Judge):
    assert judge(valid_long_enough, {(RegistrationKey, PATH): GONE}, plan()).status is Status.UNKNOWN
