from __future__ import annotations

import pytest

from checks.host.host_02_release import release
from scanner.api import GapReason, Profile, Status
from scanner.facts.host import OperatingSystem, ProductType
from tests.conftest import HV01, NOW, Judge, estate

LIVE, REPLICA, ASR = Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM


def run(judge: Judge, build: int, *profiles: Profile, kind: ProductType = ProductType.SERVER):
    where = estate(hosts=(HV01,), routes=(), profiles=frozenset(profiles or (LIVE,)))
    rows = [OperatingSystem(NOW, build, "10.0", kind, None)]
    return judge(release, {(OperatingSystem, HV01): rows}, where)


@pytest.mark.parametrize(
    ("build", "live", "replica", "asr"),
    [
        (7601, Status.FAIL, Status.FAIL, Status.FAIL),
        (9199, Status.FAIL, Status.FAIL, Status.FAIL),
        (9200, Status.WARN, Status.PASS, Status.WARN),
        (9599, Status.WARN, Status.PASS, Status.WARN),
        (9600, Status.PASS, Status.PASS, Status.PASS),
        (14393, Status.PASS, Status.PASS, Status.PASS),
        (14394, Status.PASS, Status.PASS, Status.WARN),
        (17763, Status.PASS, Status.PASS, Status.WARN),
        (20348, Status.PASS, Status.PASS, Status.WARN),
        (26100, Status.PASS, Status.PASS, Status.WARN),
        (26400, Status.PASS, Status.PASS, Status.WARN),
    ],
)
def test_builds(judge: Judge, build, live, replica, asr):
    assert [run(judge, build, p).status for p in (LIVE, REPLICA, ASR)] == [live, replica, asr]


def test_the_strictest_profile_decides(judge: Judge):
    assert run(judge, 20348, LIVE, REPLICA).status is Status.PASS
    assert run(judge, 20348, LIVE, ASR).status is Status.WARN
    assert run(judge, 9200, LIVE, REPLICA).status is Status.WARN


@pytest.mark.parametrize(
    ("kind", "build", "expected"),
    [
        (ProductType.CLIENT, 17763, Status.WARN),
        (ProductType.CLIENT, 26100, Status.WARN),
        (ProductType.CLIENT, 7601, Status.FAIL),
        (ProductType.DOMAIN_CONTROLLER, 17763, Status.PASS),
    ],
)
def test_kind(judge: Judge, kind, build, expected):
    assert run(judge, build, kind=kind).status is expected


def test_texts(judge: Judge):
    assert run(judge, 9600).seen == "Windows Server 2012 R2 (build 9600)"
    assert run(judge, 17763).note == ""
    assert run(judge, 20347).note == ""
    assert run(judge, 20348).note == "newer than the releases that the source documents name"
    assert run(judge, 26400).seen == "Windows Server 2025 (build 26400)"
    assert run(judge, 7601).wanted == "Windows Server 2012 R2 or later"


@pytest.mark.parametrize("rows", [GapReason.TIMEOUT, []])
def test_unknown(judge: Judge, rows):
    where = estate(hosts=(HV01,), routes=())
    assert judge(release, {(OperatingSystem, HV01): rows}, where).status is Status.UNKNOWN
