"""Who the subjects of VMM's scopes are, and the hosts with the machines of paths that are carried by hand."""

from __future__ import annotations

import pytest

from scanner.api import CloudPair, Estate, Offline, OfflinePath, Route, Status, scopes
from scanner.judge.shares import NO_OFFLINE
from scanner.judge.subjects import NO_HOST
from scanner.judge.vmm_subjects import NO_VMM
from scanner.words.scope import Case, Scope
from tests.checks.vmm.vmm_rows import HOSTS, PAIR, PRIMARY, RECOVERY, VMM1, VMM2, cloud, estate, facts, ha_facts
from tests.conftest import HV01, HV02, evidence
from tests.conftest import estate as plain

A, B, FS = r"\\fs01\export", r"\\FS02.corp.example\import", "fs03.corp.example"


def cases(scope: Scope, where: Estate, given=None) -> list[Case]:
    return list(scope.cases(evidence(given or {}, where)))


def told(found: list[Case]) -> list[tuple[str, ...]]:
    return [case.subject.names for case in found if case.settled is None]


def carried(*paths: OfflinePath, **words):
    ends = dict(zip(("export", "import_"), paths, strict=False))
    return plain(offline=Offline(**ends), **words)


@pytest.mark.parametrize(
    ("where", "named"),
    [
        pytest.param(carried(OfflinePath(A)), [(HV01, "fs01")], id="where a route starts"),
        pytest.param(
            carried(OfflinePath(A), OfflinePath(B)), [(HV01, "fs01"), (HV01, "fs02.corp.example")], id="two paths"
        ),
        pytest.param(carried(OfflinePath(A), OfflinePath(r"\\FS01\import")), [(HV01, "fs01")], id="of one machine"),
        pytest.param(carried(OfflinePath("D:\\Export", FS)), [(HV01, FS)], id="a folder"),
        pytest.param(carried(OfflinePath(A), routes=()), [(HV01, "fs01"), (HV02, "fs01")], id="no route"),
        pytest.param(carried(OfflinePath(A), routes=(Route(HV02, HV01),)), [(HV02, "fs01")], id="the other way"),
    ],
)
def test_hosts_with_the_machines_of_paths(where, named):
    found = cases(scopes.HOST_SHARE, where)
    assert told(found) == named
    idle = [case for case in found if case.settled]
    assert all(case.settled and case.settled.status is Status.NOT_APPLICABLE for case in idle)
    assert len(found) == len({*(path.server for path in where.offline_paths)}) * len(where.hosts)


@pytest.mark.parametrize(
    ("where", "why"),
    [
        (plain(), NO_OFFLINE),
        (plain(hosts=(), routes=()), NO_OFFLINE),
        (carried(OfflinePath(A), hosts=(), routes=()), NO_HOST),
    ],
)
def test_no_host_or_no_path(where, why):
    (only,) = cases(scopes.HOST_SHARE, where)
    assert only.settled
    assert (only.settled.status, only.settled.reason) == (Status.NOT_APPLICABLE, why)


def test_the_paths():
    assert told(cases(scopes.SHARE, carried(OfflinePath(A), OfflinePath("D:\\X", FS)))) == [(A,), (f"D:\\X on {FS}",)]
    (none,) = cases(scopes.SHARE, plain())
    assert none.settled
    assert none.settled.reason == NO_OFFLINE


def test_the_clouds_of_a_plan():
    third = cloud("c3", "Third")
    found = cases(scopes.CLOUD, estate(), facts(clouds=(PRIMARY, RECOVERY, third)))
    assert told(found) == [(VMM1, "c1"), (VMM1, "c2")]
    assert [case.subject.label for case in found] == ["Primary on vmm01", "Recovery on vmm01", "Third on vmm01"]
    everywhere = cases(scopes.CLOUD, estate(cloud_pairs=()), facts(clouds=(PRIMARY, third)))
    assert told(everywhere) == [(VMM1, "c1"), (VMM1, "c3")]
    by_id = cases(scopes.CLOUD, estate(cloud_pairs=(CloudPair(VMM1, "{C1}", VMM1, "x"),)), facts())
    assert told(by_id) == [(VMM1, "c1")]


def test_of_a_passive_node_the_other_tells_the_clouds():
    found = cases(scopes.CLOUD, estate(vmm_servers=(VMM1, VMM2)), ha_facts(hosts=HOSTS))
    assert [case.subject.names for case in found] == [(VMM1, "c1"), (VMM1, "c2")]


@pytest.mark.parametrize(
    ("where", "given", "status", "why"),
    [
        (estate(vmm_servers=()), {}, Status.NOT_APPLICABLE, NO_VMM),
        (estate(), facts(clouds=()), Status.NOT_APPLICABLE, "no VMM server lists a cloud"),
    ],
)
def test_no_cloud(where, given, status, why):
    (only,) = cases(scopes.CLOUD, where, given)
    assert only.settled
    assert (only.settled.status, only.settled.reason) == (status, why)


@pytest.mark.parametrize(
    ("where", "status"),
    [
        (estate(cloud_pairs=()), Status.UNKNOWN),
        (estate(cloud_pairs=(), vmm_servers=()), Status.NOT_APPLICABLE),
    ],
)
def test_no_pair(where, status):
    (only,) = cases(scopes.CLOUD_PAIR, where)
    assert only.settled
    assert only.settled.status is status


def test_a_pair_that_is_written_twice_is_one():
    other = CloudPair(VMM1, "Primary", VMM1, "Recovery", frequency=30)
    assert told(cases(scopes.CLOUD_PAIR, estate(cloud_pairs=(PAIR, other)))) == [(VMM1, "Primary", VMM1, "Recovery")]
