from __future__ import annotations

import pytest

from checks.cluster.clu_03_made_by_hand import made_by_hand
from scanner.api import GapReason, Profile, Route, Status
from scanner.facts.address_origin import DHCP, MANUAL, AddressOrigin
from scanner.facts.cluster_resources import ClusterNode, ClusterParameters, ClusterResource
from tests.checks.cluster.test_clu_02_broker import NONE, facts, resources
from tests.checks.common.certified import CLUSTER, addresses, node, planned
from tests.conftest import HV01, HV02, Judge

PLAN = planned(profile=Profile.ASR_VMM)


def run(judge: Judge, *more, where=PLAN):
    return judge(made_by_hand, facts(*more), where, subject=CLUSTER)


@pytest.mark.parametrize("where", [PLAN, planned(profile=Profile.ASR_VMM, configured=False)])
@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param([], Status.PASS, id="broker"),
        pytest.param([resources(4), addresses(HV02, MANUAL)], Status.PASS, id="broker that failed"),
        pytest.param([NONE], Status.NOT_APPLICABLE, id="DHCP"),
        pytest.param([NONE, addresses(HV02, MANUAL)], Status.FAIL, id="by hand"),
        pytest.param([NONE, addresses(HV02, DHCP, MANUAL)], Status.FAIL, id="one by hand"),
        pytest.param([NONE, {(ClusterNode, HV02): [ClusterNode("hv03", 0)]}], Status.UNKNOWN, id="another node"),
        pytest.param([{(ClusterResource, HV02): GapReason.TIMEOUT}], Status.UNKNOWN, id="unread"),
    ],
)
def test_made_by_hand(judge: Judge, more, expected, where):
    assert run(judge, *more, where=where).status is expected


def test_the_clusters_own_address_decides_nothing(judge: Judge):
    by_dhcp = {(ClusterParameters, HV02): [ClusterParameters("x", None, None, "10.0.0.50", 1)]}
    finding = run(judge, NONE, addresses(HV02, DHCP, MANUAL), by_dhcp)
    assert finding.status is Status.FAIL
    assert "10.0.0.12 of hv02.corp.example" in finding.seen


def test_no_replication(judge: Judge):
    where = planned(profile=Profile.ASR_VMM, routes=(Route(HV01, "hv09.corp.example"),))
    assert run(judge, where=where).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("origins", "text", "origin", "expected"),
    [
        pytest.param((DHCP,), "169.254.9.9", MANUAL, Status.NOT_APPLICABLE, id="link-local by hand"),
        pytest.param((DHCP,), "127.0.0.2", MANUAL, Status.NOT_APPLICABLE, id="loopback by hand"),
        pytest.param((), "169.254.9.9", DHCP, Status.FAIL, id="none that leads anywhere is DHCP's"),
    ],
)
def test_addresses_that_lead_nowhere_decide_nothing(judge: Judge, origins, text, origin, expected):
    told = addresses(HV02, *origins)
    more = {(AddressOrigin, HV02): [*told[AddressOrigin, HV02], AddressOrigin(text, 4, 2, 4, 1, origin)]}  # type: ignore[misc]
    assert run(judge, NONE, told, more).status is expected


def test_one_route_of_several_is_enough(judge: Judge):
    where = planned(profile=Profile.ASR_VMM, routes=(Route(HV01, "hv09.corp.example"), Route(HV01, HV02)))
    assert run(judge, where=where).status is Status.PASS


@pytest.mark.parametrize(("given", "expected"), [(DHCP, Status.NOT_APPLICABLE), (MANUAL, Status.FAIL)])
def test_nodes_that_do_not_tell_the_same_broker(judge: Judge, given, expected):
    assert run(judge, node(HV01, "hv02"), NONE, addresses(HV02, given)).status is expected
    assert run(judge, node(HV01, "hv02"), addresses(HV02, given)).status is Status.PASS
