from __future__ import annotations

import pytest

from checks.key.key_06_private_key import private_key
from scanner.api import Status
from scanner.facts.keyfile import (
    EMPTY,
    MALFORMED,
    NO_BASE64,
    NO_KEY,
    PROTECTED,
    UNSUPPORTED,
    RegistrationKey,
)
from tests.checks.common.builders import GONE
from tests.checks.key.builders import PATH, key, known, plan
from tests.conftest import Judge


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("", Status.PASS),
        (NO_KEY, Status.FAIL),
        (EMPTY, Status.FAIL),
        (NO_BASE64, Status.FAIL),
        (MALFORMED, Status.FAIL),
        (PROTECTED, Status.FAIL),
        (UNSUPPORTED, Status.UNKNOWN),
        ("what a later version says", Status.UNKNOWN),
    ],
)
def test_private_key(judge: Judge, problem, expected):
    assert judge(private_key, known(key(certificate_problem=problem)), plan()).status is expected


def test_texts(judge: Judge):
    finding = judge(private_key, known(key(certificate_problem=NO_KEY)), plan())
    assert (finding.seen, finding.note) == ("no private key", "agents say that such a file has expired")
    assert judge(private_key, known(key(certificate_problem=UNSUPPORTED)), plan()).note.endswith(UNSUPPORTED)


def test_what_is_not_there_to_be_looked_at(judge: Judge):
    odd = known(key(problem="cut off", certificate_problem=NO_KEY))
    assert judge(private_key, odd, plan()).status is Status.NOT_APPLICABLE
    assert judge(private_key, {(RegistrationKey, PATH): GONE}, plan()).status is Status.UNKNOWN
