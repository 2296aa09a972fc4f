from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checks.vmm.vmm_08_one_release import one_release
from scanner.api import GapReason, Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.vmm import VmmHost
from tests.checks.vmm.vmm_rows import PRIMARY, RECOVERY, SERVER, VMM1, cloud, estate, facts, host
from tests.conftest import HV01

HERE = f"{VMM1}/c1"
GUEST = replace(SERVER, profile=4)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def judged(judge, *builds, more=None, group="All Hosts\\Primary", where=None, **given):
    hosts = [
        host(f"hv{place:02}", group=group, os_version=f"10.0.{b}" if b else None) for place, b in enumerate(builds, 1)
    ]
    return judge(one_release, facts(hosts=hosts, **given) | (more or {}), where or estate(), subject=HERE)


@pytest.mark.parametrize(
    ("builds", "status"),
    [
        ((9600,), Status.PASS),
        ((14393, 14393), Status.PASS),
        ((9199,), Status.FAIL),
        ((9199, None), Status.FAIL),
        ((7601, 9600), Status.FAIL),
        ((9200,), Status.WARN),
        ((9200, 9600), Status.WARN),
        ((9600, 14393), Status.FAIL),
        ((9600, 14393, 17763), Status.FAIL),
        ((9600, 14393, None), Status.FAIL),
        ((9600, 17763), Status.UNKNOWN),
        ((9200, 14393), Status.UNKNOWN),
        ((14393, None), Status.UNKNOWN),
        ((None,), Status.UNKNOWN),
        ((14394,), Status.WARN),
        ((17763, 17763), Status.WARN),
        ((14393, 17763), Status.WARN),
        ((20348, 26100), Status.WARN),
        ((), Status.NOT_APPLICABLE),
    ],
)
def test_builds(judge, builds, status):
    assert judged(judge, *builds).status is status


def test_hosts_of_other_clouds_do_not_count(judge):
    assert judged(judge, 9600, 14393, group="All Hosts\\Primary2").status is Status.NOT_APPLICABLE


def test_the_host_itself_knows_better_than_vmm(judge):
    upgraded = {(OperatingSystem, HV01): [OperatingSystem(NOW, 14393, "10.0.14393", ProductType.SERVER, None)]}
    assert judged(judge, 9600, 14393, more=upgraded).status is Status.PASS
    assert judged(judge, 14393, 9600, more=upgraded).status is Status.FAIL
    assert judged(judge, 9600, 9600, more={(OperatingSystem, HV01): GapReason.TIMEOUT}).status is Status.PASS


def test_who_sees_a_part(judge):
    assert judged(judge, 14393, server=GUEST).status is Status.UNKNOWN
    assert judged(judge, 9600, 14393, server=GUEST).status is Status.FAIL
    assert judged(judge, server=GUEST).status is Status.UNKNOWN


def test_a_cloud_of_no_plan_is_not_judged(judge):
    clouds = [cloud("c1", "Other", "All Hosts\\Primary"), replace(PRIMARY, id="c5"), RECOVERY]
    assert judged(judge, 9600, 14393, clouds=clouds).status is Status.NOT_APPLICABLE


def test_unread(judge):
    assert judged(judge, more={(VmmHost, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_a_host_whose_group_is_not_told_may_be_the_cloud_s(judge):
    rows = [host("hv01"), host("hv02", group=None, os_version="6.3.9600")]
    assert judge(one_release, facts(hosts=rows), estate(), subject=HERE).status is Status.UNKNOWN
