"""Whose moves VMM servers and clouds stop: those of their hosts, and of all of whom that is not told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.api import GapReason, scopes
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import HYPER_V, Cloud, VmmHost, VmmServer
from scanner.judge.judging import judge_check
from scanner.words.clouds import CloudPair
from scanner.words.estate import Estate, Route
from tests.conftest import evidence
from tests.test_scopes import failing

V1, V2 = "vmm01.corp.example", "vmm02.corp.example"
A, B, C, D, E = HOSTS = tuple(f"hv0{number}.corp.example" for number in range(1, 6))
SERVER = VmmServer("localhost", V1, "10.22.1508.0", None, False, (), None, 1)


def cloud(number, *more):
    return Cloud(f"C{number}", f"Cloud {number}", (f"All\\{number}", *more), (), (), (), None)


def host(name, group, fqdn="", platform=HYPER_V):
    known = name if fqdn == "" else fqdn
    return VmmHost(name, name, known, group, None, None, platform, 0, 0, "OK", 1, "Responding", "Hosts")


CLOUDS = [cloud(number) for number in (1, 2, 3, 4, 5)]
ON_ONE = {
    (VmmServer, V1): [SERVER], (Service, V1): [], (ClusterInfo, V1): [],
    (Cloud, V1): CLOUDS,
    (VmmHost, V1): [host(one, f"All\\{place}\\Rack") for place, one in enumerate(HOSTS, 1)],
}  # fmt: skip
"""One server, five clouds, and a host in each."""
PAIRS = (CloudPair(V1, "Cloud 1", V1, "{c2}"), CloudPair(V1, "Cloud 3", V1, "Cloud 4"))
"""The fifth cloud is in no plan."""
ON_TWO = ON_ONE | {
    (VmmServer, V2): [SERVER], (Service, V2): [], (ClusterInfo, V2): [], (Cloud, V2): CLOUDS,
    (VmmHost, V1): [host(A, "All\\1"), host(B, "All\\2")],
    (VmmHost, V2): [host(C, "All\\1"), host(D, "All\\2")],
}  # fmt: skip
"""Two servers with two hosts each; nobody lists the fifth."""


def upon(scope, facts, pairs=PAIRS, servers=(V1,)):
    """Of each subject, the hosts on whose moves to a host of nowhere a finding bears."""
    routes = tuple(Route(one, "far.corp.example") for one in HOSTS)
    where = Estate(hosts=HOSTS, routes=routes, vmm_servers=servers, cloud_pairs=pairs)
    found = judge_check(failing(scope), evidence(facts, where))
    return {
        finding.subject.id: [one for one in HOSTS if finding.bears_on(one, "elsewhere")]
        for finding in found
        if finding.status == "FAIL"
    }


FIRST, SECOND = f"{V1}/Cloud 1/{V1}/{{c2}}", f"{V1}/Cloud 3/{V1}/Cloud 4"


def test_a_pair_of_clouds_stops_the_moves_of_its_hosts():
    """A host of a cloud that is in no pair may have been meant for either."""
    assert upon(scopes.CLOUD_PAIR, ON_ONE) == {FIRST: [A, B, E], SECOND: [C, D, E]}


def test_a_cloud_stops_the_moves_of_its_hosts():
    clouds = upon(scopes.CLOUD, ON_ONE, pairs=())
    assert clouds == {f"{V1}/c{place}": [one] for place, one in enumerate(HOSTS, 1)}
    planned = upon(scopes.CLOUD, ON_ONE)
    assert planned == {f"{V1}/c{place}": [one, E] for place, one in enumerate(HOSTS[:4], 1)}


def test_the_end_of_a_planned_route_is_no_stranger():
    """A host that the estate plans a move to, and VMM does not list, may be anywhere."""
    where = Estate(hosts=HOSTS[:4], routes=(Route(C, E),), vmm_servers=(V1,), cloud_pairs=PAIRS)
    rows = {(VmmHost, V1): ON_ONE[VmmHost, V1][:4]}
    found = {f.subject.id: f for f in judge_check(failing(scopes.CLOUD_PAIR), evidence(ON_ONE | rows, where))}
    assert found[FIRST].bears_on(C, E)
    assert not found[FIRST].bears_on(C, D)


@pytest.mark.parametrize(
    ("row", "first"),
    [
        (host(C, "All\\1"), [A, B, C, E]),
        (host(C, "All\\9"), [A, B, C, E]),
        (host(C, None), [A, B, C, E]),
        (host("hv03", "All\\3", None), [A, B, C, E]),
        (host("hv03", "All\\3", "HV03.Corp.Example."), [A, B, E]),
        (host(C, "All\\3", platform=1), [A, B, C, E]),
        (host(C, "All\\3", platform=None), [A, B, E]),
        (host("x.corp.example", "All\\3"), [A, B, C, E]),
    ],
    ids=[
        "in it",
        "in no cloud",
        "no group",
        "short name",
        "spelt otherwise",
        "another hypervisor",
        "none told",
        "gone",
    ],
)
def test_a_host_of_which_vmm_leaves_something_open_may_be_its(row, first):
    rows = [row if one.name == C else one for one in ON_ONE[VmmHost, V1]]
    assert upon(scopes.CLOUD_PAIR, ON_ONE | {(VmmHost, V1): rows})[FIRST] == first


def test_a_host_that_is_listed_twice_may_be_anywhere():
    rows = [*ON_ONE[VmmHost, V1], replace(host(C, "All\\4"), id="another")]
    assert upon(scopes.CLOUD_PAIR, ON_ONE | {(VmmHost, V1): rows})[FIRST] == [A, B, C, E]


def test_a_group_of_several_clouds_is_of_each():
    clouds = [cloud(1, "All\\3"), *CLOUDS[1:]]
    assert upon(scopes.CLOUD_PAIR, ON_ONE | {(Cloud, V1): clouds})[FIRST] == [A, B, C, E]


@pytest.mark.parametrize(
    "facts",
    [
        {(VmmHost, V1): GapReason.TIMEOUT},
        {(VmmServer, V1): GapReason.TIMEOUT},
        {(VmmServer, V1): [replace(SERVER, profile=2)]},
        {(VmmServer, V1): [SERVER, SERVER]},
        {(Cloud, V1): GapReason.TIMEOUT},
        {(VmmHost, V1): []},
    ],
    ids=["no hosts read", "VMM does not answer", "no administrator", "two rows", "no clouds read", "no host"],
)
def test_where_the_hosts_are_not_known_a_pair_bears_on_every_move(facts):
    assert upon(scopes.CLOUD_PAIR, ON_ONE | facts) == {FIRST: list(HOSTS), SECOND: list(HOSTS)}


@pytest.mark.parametrize("named", ["Cloud 9", "Twin"])
def test_a_pair_of_a_cloud_that_is_not_found_bears_on_every_move(named):
    twins = [*CLOUDS, replace(cloud(7), name="Twin"), replace(cloud(8), name="twin")]
    lost = CloudPair(V1, named, V1, "Cloud 2")
    found = upon(scopes.CLOUD_PAIR, ON_ONE | {(Cloud, V1): twins}, (lost, PAIRS[1]))
    assert found == {f"{V1}/{named}/{V1}/Cloud 2": list(HOSTS), SECOND: [A, C, D, E]}


TWO = (V1, V2)


def test_a_vmm_server_stops_the_moves_of_its_hosts():
    assert upon(scopes.VMM_SERVER, ON_TWO, servers=TWO) == {V1: [A, B, E], V2: [C, D, E]}
    machines = upon(scopes.MACHINE, ON_TWO, servers=TWO)
    assert machines == {V1: [A, B, E], V2: [C, D, E]} | {one: [one] for one in HOSTS}
    assert upon(scopes.VMM_SERVER, ON_ONE) == {V1: list(HOSTS)}


@pytest.mark.parametrize("fact", [VmmHost, VmmServer])
@pytest.mark.parametrize("server", TWO)
def test_where_one_server_does_not_tell_its_hosts_each_bears_on_every_move(fact, server):
    """Whom the other one lists may be on it, too."""
    found = upon(scopes.VMM_SERVER, ON_TWO | {(fact, server): GapReason.TIMEOUT}, servers=TWO)
    assert found == {V1: list(HOSTS), V2: list(HOSTS)}


def test_a_host_that_two_servers_list_is_of_both():
    rows = [*ON_TWO[VmmHost, V2], host(A, "All\\1")]
    assert upon(scopes.VMM_SERVER, ON_TWO | {(VmmHost, V2): rows}, servers=TWO) == {V1: [A, B, E], V2: [A, C, D, E]}


def test_a_host_that_another_server_lists_by_its_first_label_may_be_of_both():
    """One server keeps it under its full name, and it may be the other one that has it now."""
    rows = [*ON_TWO[VmmHost, V2], host(A.partition(".")[0], "All\\1", fqdn=None)]
    found = upon(scopes.VMM_SERVER, ON_TWO | {(VmmHost, V2): rows}, servers=TWO)
    assert found == {V1: [A, B, E], V2: [A, C, D, E]}


PASSIVE = "vmm03.corp.example"
CLUSTERED = ON_TWO | {
    (VmmServer, V1): [replace(SERVER, highly_available=True)], (ClusterInfo, V1): [ClusterInfo("V", "v.corp", 9)],
    (VmmServer, PASSIVE): GapReason.NOT_COLLECTED, (ClusterInfo, PASSIVE): [ClusterInfo("v", "V.corp", 9)],
    (Service, PASSIVE): [Service("SCVMMService", "Stopped", "Manual", 0, None)],
}  # fmt: skip
THREE = (PASSIVE, V1, V2)


def test_a_vmm_cluster_and_each_of_its_nodes_stop_the_moves_of_its_hosts():
    """A passive node lists none: the other one answers for it."""
    assert upon(scopes.VMM_CLUSTER, CLUSTERED, servers=THREE) == {"v.corp": [A, B, E]}
    assert upon(scopes.VMM_SERVER, CLUSTERED, servers=THREE) == {
        PASSIVE: [A, B, E], V1: [A, B, E], V2: [C, D, E],
    }  # fmt: skip


@pytest.mark.parametrize("scope", [scopes.VMM_SERVER, scopes.VMM_CLUSTER, scopes.CLOUD, scopes.CLOUD_PAIR], ids=str)
@pytest.mark.parametrize("facts", [ON_ONE, ON_TWO, CLUSTERED], ids=["one server", "two", "a cluster"])
def test_no_answer_that_is_lost_takes_a_host_from_what_may_stop_it(scope, facts):
    """Else a move would be ready because somebody did not answer."""
    servers = tuple(one for one in THREE if (VmmServer, one) in facts)
    pairs = (*PAIRS, CloudPair(servers[-1], "Cloud 1", servers[-1], "Cloud 2"))
    for planned in (pairs, ()):
        was = upon(scope, facts, planned, servers)
        for lost in facts:
            now = upon(scope, facts | {lost: GapReason.TIMEOUT}, planned, servers)
            for name, hosts in was.items():
                assert {*hosts} <= {*now.get(name, HOSTS)}, (name, lost)


def test_a_vmm_server_that_is_a_host_has_its_own_moves_wherever_it_is_listed():
    """What is wrong with the machine is wrong with the host, though another VMM server has it among its hosts."""
    listed = ON_TWO | {(VmmHost, V2): [*ON_TWO[VmmHost, V2], host(V1, "All\\1")]}
    where = Estate(
        hosts=(*HOSTS, V1), routes=(Route(V1, C), Route(C, D)), vmm_servers=(V1, V2), cloud_pairs=PAIRS
    )  # fmt: skip
    for scope in (scopes.MACHINE, scopes.VMM_SERVER):
        found = [one for one in judge_check(failing(scope), evidence(listed, where)) if one.subject.names == (V1,)]
        assert [one.bears_on(V1, "elsewhere") for one in found] == [True]
        assert [one.bears_on(C, D) for one in found] == [False]
