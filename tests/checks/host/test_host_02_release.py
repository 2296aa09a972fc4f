from __future__ import annotations

import pytest

from checks.host.host_02_release import release
from scanner.api import GapReason, Profile, Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.judge.judging import judge_check
from tests.conftest import HV01, HV02, NOW, Judge, estate, evidence
from tests.field.record import Record

LIVE, REPLICA, ASR = Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM


def run(judge: Judge, build: int, profile: Profile = LIVE, kind=ProductType.SERVER, sku: int | None = 8):
    where = estate(hosts=(HV01,), routes=(), profiles=frozenset({profile}))
    rows = [OperatingSystem(NOW, build, "10.0", kind, None, sku)]
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


def test_each_kind_of_move_is_judged_by_itself():
    where = estate(hosts=(HV01,), routes=(), profiles=frozenset({LIVE, REPLICA, ASR}))
    rows = [OperatingSystem(NOW, 20348, "10.0", ProductType.SERVER, None)]
    found = {f.profile: f.status for f in judge_check(release, evidence({(OperatingSystem, HV01): rows}, where))}
    assert found == {LIVE: Status.PASS, REPLICA: Status.PASS, ASR: Status.WARN}


@pytest.mark.parametrize("build", [9200, 9599, 14394, 26100])
@pytest.mark.parametrize("profile", [LIVE, REPLICA, ASR])
def test_a_warning_says_why_the_move_works(judge: Judge, profile, build):
    finding = run(judge, build, profile)
    assert bool(finding.works) is (finding.status is Status.WARN)


@pytest.mark.parametrize("profile", [LIVE, REPLICA, ASR])
@pytest.mark.parametrize("build", [7601, 9600, 17763, 22631, 26100])
def test_a_client_fails_whatever_its_build(judge: Judge, build, profile):
    assert run(judge, build, profile, ProductType.CLIENT).status is Status.FAIL
    several = run(judge, build, profile, ProductType.SERVER, sku=175)
    assert (several.status, several.seen) == (Status.FAIL, f"client release of Windows, build {build}")


def test_a_controller_is_a_server(judge: Judge):
    assert run(judge, 17763, kind=ProductType.DOMAIN_CONTROLLER).status is Status.PASS


@pytest.mark.parametrize(
    ("build", "sku", "name"),
    [
        (20348, 406, "Azure Stack HCI / Azure Local (build 20348)"),
        (25398, 406, "Azure Stack HCI / Azure Local (build 25398)"),
        (26100, 406, "Azure Stack HCI / Azure Local (build 26100)"),
        (20349, 8, "Azure Stack HCI / Azure Local, version 22H2 (build 20349)"),
        (17784, None, "Azure Stack HCI / Azure Local, version 20H2 (build 17784)"),
        (20350, 8, "Windows Server 2022 (build 20350)"),
        (25398, 8, "Windows Server, version 23H2 (build 25398)"),
        (20348, 407, "Windows Server 2022 Datacenter: Azure Edition (build 20348)"),
        (26100, 408, "Windows Server 2025 Datacenter: Azure Edition (build 26100)"),
        (26100, 409, "Windows Server 2025 (build 26100)"),
        (26100, None, "Windows Server 2025 (build 26100)"),
    ],
)
def test_it_is_called_by_its_edition(judge: Judge, build, sku, name):
    assert run(judge, build, sku=sku).seen == name


def test_a_record_of_before_does_not_tell_the_edition():
    record = Record(HV01, HV02, profiles=("live-migration", "replica", "asr-vmm"))
    for host in (HV01, HV02):
        del record.one("OperatingSystem", host)["sku"]
    found = [f for f in record.judged().findings if f.check == "HOST-02"]
    assert {f.seen for f in found} == {"Windows Server 2019 (build 17763)", "Windows Server 2016 (build 14393)"}
    assert {f.status for f in found} == {Status.PASS, Status.WARN}


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
