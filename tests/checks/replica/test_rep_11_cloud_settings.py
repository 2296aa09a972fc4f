from __future__ import annotations

from dataclasses import replace

import pytest

from checks.replica.rep_11_cloud_settings import cloud_settings
from scanner.api import GapReason, Status
from scanner.facts.vmm import Cloud, VmmHost
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, SERVER, VMM1, VMM2, estate, facts, host

GUEST = replace(SERVER, profile=4)


def judged(judge, given=None, *more, **settings):
    pairs = (replace(PAIR, **settings), *(replace(PAIR, **other) for other in more))
    return judge(cloud_settings, facts() if given is None else given, estate(cloud_pairs=pairs))


def hosts(*builds):
    groups = ("All Hosts\\Primary", "All Hosts\\Recovery")
    rows = zip(builds, groups, strict=True)
    return facts(hosts=[host(f"hv{b}", group=g, os_version=f"6.2.{b}" if b else None) for b, g in rows])


@pytest.mark.parametrize(
    ("points", "hours", "status"),
    [
        (-1, -1, Status.NOT_APPLICABLE),
        (-1, 0, Status.NOT_APPLICABLE),
        (0, -1, Status.PASS),
        (0, 0, Status.PASS),
        (24, 0, Status.PASS),
        (4, 3, Status.PASS),
        (4, 4, Status.FAIL),
        (4, 5, Status.FAIL),
        (2, 1, Status.PASS),
        (1, 1, Status.FAIL),
        (0, 1, Status.FAIL),
        (-1, 4, Status.UNKNOWN),
        (-1, 1, Status.UNKNOWN),
    ],
)
def test_snapshots_and_recovery_points(judge, points, hours, status):
    assert judged(judge, recovery_points=points, app_consistent=hours).status is status


def test_room_is_told(judge):
    assert "needs that room" in judged(judge, recovery_points=4).note
    assert judged(judge, recovery_points=0).note == ""


@pytest.mark.parametrize("seconds", [30, 900])
@pytest.mark.parametrize(
    ("builds", "status"),
    [
        ((9600, 14393), Status.PASS),
        ((9200, 14393), Status.WARN),
        ((9600, 9200), Status.WARN),
        ((9599, 9600), Status.WARN),
        ((9600, None), Status.UNKNOWN),
        ((9200, None), Status.WARN),
    ],
)
def test_frequency(judge, seconds, builds, status):
    assert judged(judge, hosts(*builds), frequency=seconds).status is status


def test_five_minutes_suit_every_release(judge):
    assert judged(judge, hosts(9200, None), frequency=300).status is Status.PASS


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (facts(server=GUEST), Status.UNKNOWN),
        (facts(clouds=[PRIMARY]), Status.FAIL),
        (facts() | {(VmmHost, VMM1): GapReason.TIMEOUT}, Status.UNKNOWN),
        (facts() | {(Cloud, VMM1): GapReason.TIMEOUT}, Status.UNKNOWN),
    ],
)
def test_hosts_that_were_not_shown(judge, given, status):
    assert judged(judge, given, frequency=30).status is status


def test_clouds_that_were_not_read(judge):
    unread = facts() | {(Cloud, VMM1): GapReason.TIMEOUT}
    assert judged(judge, unread, frequency=300).status is Status.UNKNOWN
    assert judged(judge, unread, recovery_points=3).status is Status.UNKNOWN
    assert judged(judge, unread).status is Status.NOT_APPLICABLE


def test_a_failure_stands_whatever_was_not_read(judge):
    unread = facts() | {(Cloud, VMM1): GapReason.TIMEOUT}
    assert judged(judge, unread, frequency=30, recovery_points=0, app_consistent=2).status is Status.FAIL


def test_a_pair_that_is_written_twice(judge):
    assert judged(judge, None, {"recovery_points": 1, "app_consistent": 2}, frequency=300).status is Status.FAIL


def test_no_frequency_is_none(judge):
    finding = judged(judge, hosts(9200, 9200), recovery_points=3)
    assert (finding.status, "every 0 s" in finding.seen) == (Status.PASS, False)


def test_the_frequency_of_one_row_of_two(judge):
    assert judged(judge, hosts(9200, 14393), {"frequency": 30}).status is Status.WARN


@pytest.mark.parametrize(("here", "there"), [(SERVER, GUEST), (GUEST, SERVER)])
def test_a_server_that_may_show_a_part(judge, here, there):
    given = facts(server=here, clouds=(PRIMARY,)) | facts(server=there, clouds=(RECOVERY,), name=VMM2)
    where = estate(cloud_pairs=(replace(PAIR, target_server=VMM2, frequency=30),), vmm_servers=(VMM1, VMM2))
    assert judge(cloud_settings, given, where).status is Status.UNKNOWN
    assert judge(cloud_settings, facts(clouds=(PRIMARY,)) | facts(clouds=(RECOVERY,), name=VMM2), where).status is (
        Status.PASS
    )
