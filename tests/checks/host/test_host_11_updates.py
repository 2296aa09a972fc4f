from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from checks.host.host_11_updates import updates
from scanner.api import GapReason, Profile, Status, Thresholds
from scanner.facts.host import ClusterInfo, OperatingSystem, Service
from scanner.facts.upkeep import PatchLevel, Update
from tests.checks.delegation.domain import windows
from tests.conftest import HV01, NOW, Judge, estate

GONE = GapReason.TIMEOUT
CLUSTER, NONE = [ClusterInfo("C1", "c1.corp.example", 8)], []
SERVICES = [Service("ClusSvc", "Running", "Auto", 4, None)]
TODAY = datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC)


def update(days: float | None, name: str = "KB1") -> Update:
    return Update(name, None if days is None else TODAY - timedelta(days=days))


def run(judge: Judge, *rows, profile=Profile.LIVE_MIGRATION, build=17763, where=None, **more):
    facts = {
        (Update, HV01): list(rows),
        (PatchLevel, HV01): [PatchLevel(5000)],
        (OperatingSystem, HV01): [windows(build)],
        (Service, HV01): more.get("services", []),
        (ClusterInfo, HV01): more.get("cluster", NONE),
    }
    words = {"hosts": (HV01,), "routes": (), "profiles": frozenset({profile})} | (where or {})
    return judge(updates, facts | more.get("facts", {}), estate(**words))


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((0,), Status.PASS),
        ((60,), Status.PASS),
        ((61,), Status.WARN),
        ((180,), Status.WARN),
        ((4000,), Status.WARN),
        ((400, 3), Status.PASS),
        ((None, 3), Status.PASS),
        ((), Status.WARN),
        ((None,), Status.UNKNOWN),
        ((None, None), Status.UNKNOWN),
        ((-1,), Status.PASS),
        ((-2,), Status.PASS),
        ((-3,), Status.UNKNOWN),
        ((-3, 100), Status.WARN),
    ],
)
def test_age(judge: Judge, days, expected, profile):
    assert run(judge, *map(update, days), profile=profile).status is expected


def test_the_limit_is_the_users(judge: Judge):
    where = {"thresholds": Thresholds(update_days=10)}
    assert run(judge, update(10), where=where).status is Status.PASS
    assert run(judge, update(11), where=where).status is Status.WARN


@pytest.mark.parametrize(
    ("profile", "build", "cluster", "names", "expected"),
    [
        (Profile.ASR_VMM, 9600, CLUSTER, ["KB1"], Status.WARN),
        (Profile.ASR_VMM, 9600, CLUSTER, ["KB1", "kb2961977"], Status.PASS),
        (Profile.ASR_VMM, 9600, CLUSTER, [None, "KB2961977"], Status.PASS),
        (Profile.ASR_VMM, 9600, CLUSTER, [None], Status.WARN),
        (Profile.ASR_VMM, 9600, NONE, ["KB1"], Status.PASS),
        (Profile.ASR_VMM, 9200, CLUSTER, ["KB1"], Status.PASS),
        (Profile.ASR_VMM, 14393, CLUSTER, ["KB1"], Status.PASS),
        (Profile.REPLICA, 9600, CLUSTER, ["KB1"], Status.PASS),
        (Profile.LIVE_MIGRATION, 9600, CLUSTER, ["KB1"], Status.PASS),
    ],
)
def test_the_update_for_nodes_of_2012_r2(judge: Judge, profile, build, cluster, names, expected):
    rows = [update(5, name) for name in names]
    services = SERVICES if cluster else []
    finding = run(judge, *rows, profile=profile, build=build, cluster=cluster, services=services)
    assert finding.status is expected
    assert ("KB2961977" in finding.seen) is (expected is Status.WARN)


def test_both_are_told(judge: Judge):
    finding = run(judge, update(90), profile=Profile.ASR_VMM, build=9600, cluster=CLUSTER, services=SERVICES)
    assert "newest update" in finding.seen
    assert "KB2961977" in finding.seen


def test_whether_it_is_a_node_is_not_known(judge: Judge):
    facts = {(ClusterInfo, HV01): GONE}
    finding = run(judge, update(5), profile=Profile.ASR_VMM, build=9600, services=SERVICES, facts=facts)
    assert finding.status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [Update, PatchLevel, OperatingSystem])
def test_unread(judge: Judge, fact):
    assert run(judge, update(5), facts={(fact, HV01): GONE}).status is Status.UNKNOWN


def test_what_is_told(judge: Judge):
    assert run(judge, update(5)).seen == "newest update of 2026-11-16, build 17763.5000"
    old = {(PatchLevel, HV01): [PatchLevel(None)]}
    assert run(judge, update(5), build=9200, facts=old).seen == "newest update of 2026-11-16, build 9200"


def test_a_host_that_was_not_started_since(judge: Judge):
    system = windows()
    before = {(OperatingSystem, HV01): [type(system)(NOW, 17763, "10.0", system.product_type, NOW - timedelta(days=9))]}
    assert "not started since" in run(judge, update(5), facts=before).note
    assert run(judge, update(10), facts=before).note == ""
    assert run(judge, update(5)).note == ""
