from __future__ import annotations

from datetime import timedelta

import pytest

from checks.key.key_08_file_name import file_name
from scanner.api import Status
from tests.checks.key.builders import GENERATED, key, known, plan
from tests.conftest import NOW, Judge


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("vault_x.VaultCredentials", Status.PASS),
        ("my vault.VAULTCREDENTIALS", Status.PASS),
        ("vault.VaultCredentials.txt", Status.FAIL),
        ("vault.xml", Status.FAIL),
        ("VaultCredentials", Status.FAIL),
        ("", Status.FAIL),
    ],
)
def test_name(judge: Judge, name, expected):
    assert judge(file_name, known(key(file_name=name)), plan()).status is expected


def test_unread(judge: Judge):
    assert judge(file_name, known(None), plan()).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "noted"),
    [
        ({}, False),
        ({"file_time": NOW - timedelta(days=5)}, False),
        ({"file_time": NOW - timedelta(days=5, seconds=1)}, True),
        ({"file_time": NOW - timedelta(days=9), "not_after": NOW - timedelta(seconds=1)}, False),
        ({"file_time": NOW - timedelta(days=9), "not_after": None}, False),
        ({"file_time": None}, False),
    ],
)
def test_an_old_time_beside_a_valid_certificate_is_noted(judge: Judge, changes, noted):
    finding = judge(file_name, known(key(**changes)), plan())
    assert finding.status is Status.PASS
    assert bool(finding.note) is noted
    assert GENERATED < NOW
