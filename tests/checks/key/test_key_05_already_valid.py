from __future__ import annotations

from datetime import timedelta

import pytest

from checks.key.key_05_already_valid import already_valid
from scanner.api import Status
from scanner.facts.keyfile import RegistrationKey
from tests.checks.common.builders import GONE
from tests.checks.key.builders import GENERATED, PATH, UNDATED, key, known, plan
from tests.conftest import Judge

BEGIN, SLACK, SECOND = GENERATED - timedelta(minutes=10), timedelta(minutes=15), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("row", "now", "expected"),
    [
        pytest.param(key(), GENERATED, Status.PASS, id="long since"),
        pytest.param(key(), BEGIN, Status.PASS, id="at the first instant"),
        pytest.param(key(), BEGIN - SECOND, Status.WARN, id="a second before"),
        pytest.param(key(), BEGIN - SLACK, Status.WARN, id="fifteen minutes before"),
        pytest.param(key(), BEGIN - SLACK - SECOND, Status.FAIL, id="longer before"),
        pytest.param(key(**UNDATED), GENERATED, Status.UNKNOWN, id="no date"),
        pytest.param(key(problem="cut off"), BEGIN - SLACK - SECOND, Status.NOT_APPLICABLE, id="not well formed"),
    ],
)
def test_already_valid(judge: Judge, row, now, expected):
    assert judge(already_valid, known(row), plan(), now=now).status is expected


def test_texts(judge: Judge):
    finding = judge(already_valid, known(key()), plan(), now=BEGIN - SLACK)
    assert (finding.seen, finding.wanted) == ("valid from 2026-11-20 08:50:00 UTC", "valid at 2026-11-20 08:35:00 UTC")
    assert finding.works == "the key becomes valid within fifteen minutes"


def test_gap(judge: Judge):
    assert judge(already_valid, {(RegistrationKey, PATH): GONE}, plan()).status is Status.UNKNOWN
