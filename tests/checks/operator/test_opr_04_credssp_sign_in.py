from __future__ import annotations

import pytest

from checks.operator.opr_04_credssp_sign_in import credssp_sign_in
from scanner.api import GapReason, Status
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings, VMHost
from tests.checks.common.builders import module, settings
from tests.checks.operator.people import where
from tests.conftest import HV01, Judge

CREDSSP, KERBEROS = MigrationAuthentication.CREDSSP, MigrationAuthentication.KERBEROS


def run(judge: Judge, way, host=(), **words):
    rows = way if isinstance(way, GapReason) else [settings(authentication=way)]
    return judge(credssp_sign_in, {(MigrationSettings, HV01): rows, (VMHost, HV01): host}, where(**words))


@pytest.mark.parametrize(
    ("way", "words", "expected"),
    [
        (CREDSSP, {"remote_initiated": False}, Status.PASS),
        (CREDSSP, {}, Status.FAIL),
        (KERBEROS, {}, Status.NOT_APPLICABLE),
        (KERBEROS, {"remote_initiated": False}, Status.NOT_APPLICABLE),
        (GapReason.TIMEOUT, {}, Status.UNKNOWN),
        (CREDSSP, {"operators": ()}, Status.NOT_APPLICABLE),
    ],
)
def test_way(judge: Judge, way, words, expected):
    finding = run(judge, way, **words)
    assert finding.status is expected
    if expected is Status.PASS:
        assert "a sign-in on hv01.corp.example; for the way back, one on hv02.corp.example" in finding.note


def test_two_readings(judge: Judge):
    told = VMHost(True, CREDSSP, module().performance, False, ())
    assert run(judge, KERBEROS, [told]).status is Status.UNKNOWN
