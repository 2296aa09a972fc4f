from __future__ import annotations

import pytest

from checks.asr.asr_11_switch_names import switch_names
from scanner.api import Profile, Status
from scanner.facts.switches import VirtualSwitch
from tests.checks.common.builders import GONE
from tests.conftest import HV01, Judge, estate

ASR = estate(hosts=(HV01,), profiles=frozenset({Profile.ASR_VMM}))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], Status.PASS),
        (["Production", "Lab 2"], Status.PASS),
        (["Production", "Lab #2"], Status.UNKNOWN),
        (["#"], Status.UNKNOWN),
        (["Production\N{FULLWIDTH NUMBER SIGN}"], Status.PASS),
    ],
)
def test_switch_names(judge: Judge, names, expected):
    rows = [VirtualSwitch(f"id{place}", name) for place, name in enumerate(names)]
    finding = judge(switch_names, {(VirtualSwitch, HV01): rows}, ASR)
    assert finding.status is expected
    assert all(name in f"{finding.seen}{finding.note}" for name in names if "#" in name)


def test_unread(judge: Judge):
    assert judge(switch_names, {(VirtualSwitch, HV01): GONE}, ASR).status is Status.UNKNOWN
