from __future__ import annotations

import pytest

from checks.asr.asr_01_closed_scenario import closed_scenario
from scanner.api import KeyFile, Profile, SiteRecovery, Status
from tests.conftest import Judge, estate

KEY = (KeyFile("practice.VaultCredentials"),)


def plan(keys=(), **words):
    asr = frozenset({Profile.ASR_VMM})
    return estate(profiles=asr, key_files=keys, site_recovery=SiteRecovery(**words))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param(plan(KEY), Status.FAIL, id="a key to register with"),
        pytest.param(plan(KEY, registered=True), Status.PASS, id="registered"),
        pytest.param(plan(KEY, closed_scenario="accepted"), Status.PASS, id="accepted"),
        pytest.param(plan(KEY, closed_scenario="whatever"), Status.FAIL, id="not accepted"),
        pytest.param(plan(), Status.UNKNOWN, id="nothing said"),
        pytest.param(plan(registered=True), Status.PASS, id="registered, no key"),
        pytest.param(plan(closed_scenario="accepted"), Status.PASS, id="accepted, no key"),
    ],
)
def test_closed_scenario(judge: Judge, where, expected):
    finding = judge(closed_scenario, {}, where)
    assert finding.status is expected
    assert "since November 2019 (Azure documentation" in finding.seen + finding.note


def test_what_is_accepted_is_told(judge: Judge):
    assert judge(closed_scenario, {}, plan(KEY, closed_scenario="accepted")).note.startswith("accepted by the estate")
