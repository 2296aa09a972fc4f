from __future__ import annotations

import pytest

from checks.vmm.vmm_12_one_pair import one_pair
from scanner.api import CloudPair, GapReason, Status
from scanner.facts.vmm import Cloud
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, VMM1, VMM2, cloud, estate, facts, ha_facts

ID1, ID2 = "11111111-2222-3333-4444-555555555551", "11111111-2222-3333-4444-555555555552"
ROWS = [cloud(ID1, "Primary"), cloud(ID2, "Recovery"), cloud("c3", "Third"), cloud("c4", "Fourth")]
SUBJECT = f"{VMM1}/Primary/{VMM1}/Recovery"


def pair(source, target, here=VMM1, there=VMM1, **values):
    return CloudPair(here, source, there, target, **values)


def judged(judge, *others, more=None, servers=(VMM1,), rows=None):
    given = facts(clouds=ROWS) if rows is None else rows
    where = estate(cloud_pairs=(PAIR, *others), vmm_servers=servers)
    return judge(one_pair, given | (more or {}), where, subject=SUBJECT)


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((), Status.PASS),
        ((pair("Third", "Fourth"),), Status.PASS),
        ((pair("Third", "Recovery"),), Status.FAIL),
        ((pair("primary ", "Fourth"),), Status.FAIL),
        ((pair("Recovery", "Primary"),), Status.FAIL),
        ((pair("Third", "Fourth"), pair("Third", "Primary")), Status.FAIL),
        ((pair(f"{{{ID1.upper()}}}", "Fourth"),), Status.FAIL),
        ((pair("Third", ID1),), Status.FAIL),
        ((pair(ID1, ID2),), Status.PASS),
        ((pair("Primary", "Recovery", frequency=30),), Status.PASS),
    ],
    ids=["alone", "apart", "a target twice", "a source twice", "both ways", "the third pair", "by id", "target by id",
         "the same pair by its ids", "the same pair with other settings"],
)  # fmt: skip
def test_pairs(judge, others, status):
    assert judged(judge, *others).status is status


@pytest.mark.parametrize(("source", "target"), [("Primary", "PRIMARY"), ("Primary", ID1), (ID1, f"{{{ID1}}}")])
def test_paired_with_itself(judge, source, target):
    finding = judge(one_pair, facts(clouds=ROWS), estate(cloud_pairs=(pair(source, target),)))
    assert finding.status is Status.FAIL
    assert "are one cloud" in finding.seen


def test_the_same_name_on_another_server_is_another_cloud(judge):
    two, more = (VMM1, VMM2), facts(name=VMM2)
    assert judged(judge, pair("Primary", "Recovery", VMM2, VMM2), servers=two, more=more).status is Status.PASS
    assert judged(judge, pair("Third", "Recovery", VMM2, VMM1), servers=two, more=more).status is Status.FAIL


def test_nodes_of_one_server_have_the_same_clouds(judge):
    finding = judged(judge, pair("Primary", "Fourth", VMM2, VMM2), servers=(VMM1, VMM2), rows=ha_facts(clouds=ROWS))
    assert finding.status is Status.FAIL


def test_unread_clouds_are_one_if_one_word_names_them(judge):
    unread = {(Cloud, VMM1): GapReason.TIMEOUT}
    assert judged(judge, more=unread).status is Status.UNKNOWN
    assert judged(judge, pair("Third", "Fourth"), more=unread).status is Status.UNKNOWN
    assert judged(judge, pair("Third", "Recovery"), more=unread).status is Status.FAIL
    assert judged(judge, pair("Third", ID1), more=unread).status is Status.UNKNOWN
    assert judged(judge, pair("Third", ID1), pair("Recovery", "Fourth"), more=unread).status is Status.FAIL


def test_short_ids_that_vmm_tells_are_ids(judge):
    where = estate(cloud_pairs=(pair("c1", "Recovery"), pair("Primary", "Third")))
    found = judge(one_pair, facts(clouds=[PRIMARY, RECOVERY]), where, subject=f"{VMM1}/c1/{VMM1}/Recovery")
    assert found.status is Status.FAIL
