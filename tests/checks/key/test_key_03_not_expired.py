from __future__ import annotations

from datetime import timedelta

import pytest

from checks.key.key_03_not_expired import not_expired
from scanner.api import Status
from scanner.facts.keyfile import RegistrationKey
from tests.checks.common.builders import GONE
from tests.checks.key.builders import GENERATED, PATH, UNDATED, key, known, plan
from tests.conftest import Judge

DAYS, SECOND = timedelta(days=5), timedelta(seconds=1)
END = GENERATED + DAYS


@pytest.mark.parametrize(
    ("row", "now", "expected"),
    [
        pytest.param(key(), GENERATED, Status.PASS, id="fresh"),
        pytest.param(key(), END, Status.PASS, id="at the last instant"),
        pytest.param(key(), END + SECOND, Status.FAIL, id="a second later"),
        pytest.param(
            key(not_before=GENERATED, not_after=GENERATED + 99 * DAYS), END + SECOND, Status.FAIL, id="5 days"
        ),
        pytest.param(key(), GENERATED - timedelta(minutes=10), Status.PASS, id="at the first instant"),
        pytest.param(key(), GENERATED - timedelta(minutes=10) - SECOND, Status.PASS, id="before it, which is KEY-05's"),
        pytest.param(key(**UNDATED), END, Status.UNKNOWN, id="by name"),
        pytest.param(key(**UNDATED), END + SECOND, Status.FAIL, id="by name, over"),
        pytest.param(key(**UNDATED, file_time=None), END, Status.UNKNOWN, id="no date"),
        pytest.param(key(certificate_problem="no private key"), GENERATED, Status.PASS, id="no key, which is KEY-06's"),
        pytest.param(key(certificate_problem="no private key"), END + SECOND, Status.FAIL, id="no private key, over"),
        pytest.param(key(problem="cut off"), END + SECOND, Status.NOT_APPLICABLE, id="not well formed"),
    ],
)
def test_not_expired(judge: Judge, row, now, expected):
    assert judge(not_expired, known(row), plan(), now=now).status is expected


def test_texts(judge: Judge):
    finding = judge(not_expired, known(key()), plan(), now=END + SECOND)
    assert finding.seen == "expired at 2026-11-25 09:00:00 UTC"
    assert finding.wanted == "valid at 2026-11-25 09:00:01 UTC"
    estimate = judge(not_expired, known(key(**UNDATED, certificate_problem="not base64")), plan())
    assert estimate.note.endswith("by the time in the file's name; certificate: not base64")
    assert judge(not_expired, known(key(**UNDATED)), plan()).note.endswith("certificate: not readable")
    over = judge(not_expired, known(key(**UNDATED)), plan(), now=END + SECOND)
    assert over.seen.endswith("by the time in the file's name")


@pytest.mark.parametrize(("problem", "why"), [("", "no date"), ("not base64", "not base64")])
def test_why_there_is_no_date(judge: Judge, problem, why):
    finding = judge(not_expired, known(key(**UNDATED, file_time=None, certificate_problem=problem)), plan())
    assert finding.note == f"no certificate and no time in the file's name: {why}"


def test_gap(judge: Judge):
    assert judge(not_expired, {(RegistrationKey, PATH): GONE}, plan()).status is Status.UNKNOWN
