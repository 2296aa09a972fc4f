from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.vmm_11_storage_classifications import storage_classifications
from scanner.api import CloudPair, GapReason, Status
from scanner.facts.vmm import Cloud, VmmServer
from scanner.facts.vmm_networks import StorageClassification
from scanner.words.clouds import Mapping
from tests.checks.vmm.machine_rows import NETWORKED, estate, facts, kind
from tests.checks.vmm.vmm_rows import PAIR, SERVER, VMM1, VMM2

GUEST = replace(SERVER, profile=4)
KINDS = (kind("Gold"), kind("Silver"))
MAPPED = estate(storage_mappings=(Mapping("Gold", "Silver"),))


def judged(judge, where=MAPPED, more=None, kinds=KINDS, **given):
    return judge(storage_classifications, facts(kinds=kinds, **given) | (more or {}), where)


def test_both_sides_offer_theirs(judge):
    finding = judged(judge)
    assert finding.status is Status.PASS
    assert "hosts of both clouds" in finding.note
    assert judged(judge, estate(storage_mappings=(Mapping("GOLD", "silver"),))).status is Status.PASS
    assert judged(judge, server=GUEST).status is Status.PASS


def test_nothing_is_mapped(judge):
    assert judged(judge, estate()).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("pair", [("Gold", "Gold"), ("Silver", "Silver"), ("Gold", "Gone"), ("Gone", "Silver")])
def test_one_that_a_side_does_not_offer(judge, pair):
    where = estate(storage_mappings=(Mapping("Gold", "Silver"), Mapping(*pair)))
    finding = judged(judge, where)
    assert finding.status is Status.FAIL
    assert ("has no Gone" in finding.seen) is ("Gone" in pair)
    assert judged(judge, where, server=GUEST).status is Status.UNKNOWN


def test_a_cloud_says_it_and_the_server_lists_it_not(judge):
    assert judged(judge, kinds=[kind("Gold")]).status is Status.FAIL
    assert judged(judge, kinds=[]).status is Status.FAIL


def test_two_servers(judge):
    where = replace(MAPPED, vmm_servers=(VMM1, VMM2), cloud_pairs=(CloudPair(VMM1, "Primary", VMM2, "Recovery"),))
    assert judged(judge, where, facts(kinds=[kind("Silver")], name=VMM2), kinds=[kind("Gold")]).status is Status.PASS
    assert judged(judge, where, facts(kinds=[kind("Gold")], name=VMM2)).status is Status.FAIL


def test_a_cloud_that_is_not_there(judge):
    where = replace(MAPPED, cloud_pairs=(replace(PAIR, target="Gone"),))
    assert judged(judge, where).status is Status.FAIL
    assert NETWORKED[0].name == "Primary"


@pytest.mark.parametrize("fact", [Cloud, StorageClassification])
def test_unread(judge, fact):
    assert judged(judge, more={(fact, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_the_account_unread(judge):
    more = {(VmmServer, VMM1): GapReason.TIMEOUT}
    assert judged(judge, kinds=[], more=more).status is Status.UNKNOWN
    assert judged(judge, more=more).status is Status.PASS


def test_where_nothing_is_mapped_no_cloud_is_missed(judge):
    assert judged(judge, estate(), clouds=()).status is Status.NOT_APPLICABLE
