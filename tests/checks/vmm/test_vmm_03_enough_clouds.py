from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_03_enough_clouds import enough_clouds
from scanner.api import CloudPair, GapReason, Status
from scanner.facts.vmm import Cloud, VmmServer
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, SERVER, VMM1, VMM2, estate, facts, ha_facts

ONE, TWO = estate(cloud_pairs=()), estate(cloud_pairs=(), vmm_servers=(VMM1, VMM2))
ACROSS = estate(cloud_pairs=(CloudPair(VMM1, "Primary", VMM2, "Recovery"),), vmm_servers=(VMM1, VMM2))
GUEST = replace(SERVER, profile=4)


@pytest.mark.parametrize(
    ("clouds", "status"),
    [([PRIMARY, RECOVERY], Status.PASS), ([PRIMARY], Status.FAIL), ([], Status.FAIL)],
)
def test_the_only_server_needs_two(judge, clouds, status):
    assert judge(enough_clouds, facts(clouds=clouds), ONE).status is status


@pytest.mark.parametrize(("clouds", "status"), [([PRIMARY], Status.PASS), ([], Status.FAIL)])
def test_each_of_two_needs_one(judge, clouds, status):
    given = facts(clouds=clouds) | facts(name=VMM2)
    finding = judge(enough_clouds, given, TWO, subject=VMM1)
    assert finding.status is status
    assert finding.wanted == ("" if clouds else "a cloud on each VMM server")


def test_another_server_that_did_not_answer_may_be_no_other(judge):
    silent = {(VmmServer, VMM2): GapReason.TIMEOUT, (Cloud, VMM2): GapReason.TIMEOUT}
    assert judge(enough_clouds, facts(clouds=[PRIMARY]) | silent, TWO, subject=VMM1).status is Status.UNKNOWN
    assert judge(enough_clouds, facts() | silent, TWO, subject=VMM1).status is Status.PASS
    assert judge(enough_clouds, facts(clouds=[]) | silent, TWO, subject=VMM1).status is Status.FAIL
    assert judge(enough_clouds, facts() | silent, TWO, subject=VMM2).status is Status.UNKNOWN


def test_a_highly_available_server_is_one(judge):
    assert judge(enough_clouds, ha_facts(), TWO, subject=VMM1).status is Status.PASS
    assert judge(enough_clouds, ha_facts(), TWO, subject=VMM2).status is Status.NOT_APPLICABLE
    assert judge(enough_clouds, ha_facts(clouds=[PRIMARY]), TWO, subject=VMM1).status is Status.FAIL


def test_clouds_of_the_plan_are_there(judge):
    both = facts() | facts(clouds=[PRIMARY], name=VMM2)
    assert judge(enough_clouds, both, ACROSS, subject=VMM1).status is Status.PASS
    missing = judge(enough_clouds, both, ACROSS, subject=VMM2)
    assert missing.status is Status.FAIL
    assert "no cloud Recovery" in missing.seen
    gone = judge(enough_clouds, facts(), estate(cloud_pairs=(replace(PAIR, source="Gone", target="Lost"),)))
    assert "Gone" in gone.seen
    assert "Lost" in gone.seen


def test_the_plan_names_the_passive_node(judge):
    where = estate(cloud_pairs=(CloudPair(VMM2, "Gone", VMM1, "Recovery"),), vmm_servers=(VMM1, VMM2))
    assert judge(enough_clouds, ha_facts(), where, subject=VMM1).status is Status.FAIL


def test_who_sees_a_part_misses_nothing_for_certain(judge):
    assert judge(enough_clouds, facts(server=GUEST), estate()).status is Status.PASS
    assert judge(enough_clouds, facts(server=GUEST, clouds=[PRIMARY]), ONE).status is Status.UNKNOWN
    assert judge(enough_clouds, facts(server=GUEST, clouds=[PRIMARY]), estate()).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [Cloud, VmmServer])
def test_unread(judge, fact):
    given = facts(clouds=[PRIMARY]) | {(fact, VMM1): GapReason.ACCESS_DENIED}
    assert judge(enough_clouds, given, ONE).status is Status.UNKNOWN


def test_no_server(judge):
    assert judge(enough_clouds, {}, estate(vmm_servers=())).status is Status.UNKNOWN


def test_each_server_has_its_end_of_the_plan(judge):
    given = facts(clouds=[PRIMARY]) | facts(name=VMM2, clouds=[RECOVERY])
    assert judge(enough_clouds, given, ACROSS, subject=VMM1).status is Status.PASS
    assert judge(enough_clouds, given, ACROSS, subject=VMM2).status is Status.PASS
    turned = facts(clouds=[RECOVERY]) | facts(name=VMM2, clouds=[PRIMARY])
    assert judge(enough_clouds, turned, ACROSS, subject=VMM1).status is Status.FAIL
