from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_16_along_a_pair import along_a_pair
from scanner.api import CloudPair, GapReason, Profile, Route, Status
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.judge.judging import judge_check
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, SERVER, VMM1, VMM2, cloud, estate, facts, ha_facts, host
from tests.conftest import HV01, HV02, evidence

SPARE = cloud("c3", "Spare")
CLOUDS = (PRIMARY, RECOVERY, SPARE)
WAY = Route(HV01, HV02)
GUEST = replace(SERVER, profile=4)
LED = (host("hv01"), host("hv02", group="All Hosts\\Recovery\\Rack 1"))


def judged(judge, *rows, pairs=(PAIR,), more=None, servers=(VMM1,), route=WAY, clouds=CLOUDS, **given):
    where = estate(routes=(route,), cloud_pairs=pairs, vmm_servers=servers)
    return judge(along_a_pair, facts(hosts=rows, clouds=clouds, **given) | (more or {}), where)


def two(first: str | None, second: str | None):
    groups = zip(("hv01", "hv02"), (first, second), strict=True)
    return [host(name, group=group and f"All Hosts\\{group}") for name, group in groups]


@pytest.mark.parametrize(
    ("groups", "route", "status"),
    [
        pytest.param(("Primary", "Recovery"), WAY, Status.PASS, id="along the pair"),
        pytest.param(("Primary\\Rack 1", "Recovery"), WAY, Status.PASS, id="below its host group"),
        pytest.param(("Primary", "Primary"), WAY, Status.FAIL, id="within a cloud"),
        pytest.param(("Recovery", "Primary"), WAY, Status.FAIL, id="against the pair"),
        pytest.param(("Recovery", "Primary"), Route(HV02, HV01), Status.PASS, id="back"),
        pytest.param(("Primary", "Spare"), WAY, Status.FAIL, id="to a cloud of no pair"),
        pytest.param(("Spare", "Recovery"), WAY, Status.FAIL, id="from a cloud of no pair"),
        pytest.param(("Primary", "Recovery2"), WAY, Status.FAIL, id="to a host group of no cloud"),
        pytest.param(("Primary", None), WAY, Status.UNKNOWN, id="to a host group that is not told"),
    ],
)
def test_routes(judge, groups, route, status):
    assert judged(judge, *two(*groups), route=route).status is status


def test_what_is_said(judge):
    finding = judged(judge, *two("Primary", "Primary2"))
    assert finding.seen == f"{HV01} is in Primary, {HV02} in no cloud"
    assert judged(judge, *LED).seen == "Primary → Recovery"


def test_the_second_of_two_pairs(judge):
    both = (CloudPair(VMM1, "Recovery", VMM1, "Spare"), CloudPair(VMM1, "{C1}", VMM1, "c2"))
    assert judged(judge, *LED, pairs=both).status is Status.PASS
    assert judged(judge, *LED, pairs=both[:1]).status is Status.FAIL


def test_a_pair_of_one_cloud_leads_nowhere(judge):
    pair = CloudPair(VMM1, "Primary", VMM1, "c1")
    assert judged(judge, *two("Primary", "Primary"), pairs=(pair,)).status is Status.FAIL


def test_a_pair_whose_cloud_vmm_does_not_have_leads_nowhere(judge):
    pair = CloudPair(VMM1, "Gone", VMM1, "Recovery")
    assert judged(judge, *LED, pairs=(pair,)).status is Status.FAIL
    assert judged(judge, *LED, pairs=(pair, PAIR)).status is Status.PASS
    assert judged(judge, *LED, pairs=(pair,), server=GUEST).status is Status.UNKNOWN


def test_of_two_clouds_of_one_name_nobody_knows_which_is_meant(judge):
    twin = cloud("c9", "Recovery", "All Hosts\\Elsewhere")
    assert judged(judge, *LED, clouds=(*CLOUDS, twin)).status is Status.UNKNOWN
    assert judged(judge, *LED, clouds=(*CLOUDS, twin), pairs=(CloudPair(VMM1, "c1", VMM1, "c2"),)).status is Status.PASS


def test_a_host_that_vmm_does_not_list(judge):
    assert judged(judge, LED[0]).status is Status.FAIL
    assert judged(judge, LED[0], server=GUEST).status is Status.UNKNOWN


def test_a_host_of_another_hypervisor_is_in_no_cloud(judge):
    assert judged(judge, LED[0], replace(LED[1], platform=1)).status is Status.FAIL
    assert judged(judge, LED[0], replace(LED[1], platform=None)).status is Status.PASS


def test_who_is_shown_a_part(judge):
    assert judged(judge, *LED, server=GUEST).status is Status.PASS
    assert judged(judge, *two("Primary", "Primary"), server=GUEST).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [VmmHost, Cloud, VmmServer])
@pytest.mark.parametrize("rows", [LED, two("Primary", "Primary")])
def test_unread(judge, fact, rows):
    wanted = Status.PASS if fact is VmmServer and rows is LED else Status.UNKNOWN
    assert judged(judge, *rows, more={(fact, VMM1): GapReason.TIMEOUT}).status is wanted
    if wanted is Status.UNKNOWN:
        assert judged(judge, *rows, more={(fact, VMM1): GapReason.DEFECT}).status is Status.ERROR


def test_another_server_that_was_not_read_may_have_what_is_missing(judge):
    silent = {(fact, VMM2): GapReason.TIMEOUT for fact, _ in facts()}
    far = CloudPair(VMM1, "Primary", VMM2, "Recovery")
    assert judged(judge, *two("Primary", "Primary"), pairs=(PAIR, far), servers=(VMM1, VMM2), more=silent).status is (
        Status.UNKNOWN
    )
    assert judged(judge, *LED, pairs=(far, PAIR), servers=(VMM1, VMM2), more=silent).status is Status.PASS


def test_between_two_servers(judge):
    far, there = CloudPair(VMM1, "Primary", VMM2, "Recovery"), facts(name=VMM2, hosts=[LED[1]])
    assert judged(judge, LED[0], pairs=(far,), servers=(VMM1, VMM2), more=there).status is Status.PASS
    assert judged(judge, LED[0], pairs=(PAIR,), servers=(VMM1, VMM2), more=there).status is Status.FAIL


def test_the_active_node_tells(judge):
    where = estate(routes=(WAY,), vmm_servers=(VMM2, VMM1), cloud_pairs=(CloudPair(VMM2, "Primary", VMM2, "Recovery"),))
    assert judge(along_a_pair, ha_facts(hosts=LED), where).status is Status.PASS


@pytest.mark.parametrize(
    ("groups", "status"),
    [
        (("Primary", "Recovery"), Status.UNKNOWN),
        (("Primary", "Primary"), Status.FAIL),
        (("Primary", "Elsewhere"), Status.FAIL),
        (("Primary", None), Status.UNKNOWN),
    ],
)
def test_where_no_pair_is_named(judge, groups, status):
    finding = judged(judge, *two(*groups), pairs=())
    assert finding.status is status
    assert ("write [[cloud_pair]]" in finding.note) is (groups == ("Primary", "Recovery"))


def test_no_vmm_server(judge):
    assert judged(judge, *LED, servers=()).status is Status.UNKNOWN


def test_only_routes_that_are_planned_for_site_recovery():
    live = Route(HV02, HV01, profiles=frozenset({Profile.LIVE_MIGRATION}))
    where = estate(routes=(WAY, live), profiles=frozenset({Profile.ASR_VMM, Profile.LIVE_MIGRATION}))
    found = list(judge_check(along_a_pair, evidence(facts(hosts=LED), where)))
    assert [(one.subject.id, one.status) for one in found] == [(f"{HV01}/{HV02}", Status.PASS)]
