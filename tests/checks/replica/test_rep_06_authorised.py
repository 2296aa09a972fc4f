from __future__ import annotations

import pytest

from checks.replica.authorised import authorised, covers
from checks.replica.rep_06_authorised import primary_authorised
from scanner.api import Gap, Profile, Status, View
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.replica_entries import ReplicaEntries
from scanner.facts.replication import ReplicationAuthorization
from scanner.judge.whole import whole_answers
from tests.checks.common.builders import GONE
from tests.checks.replica.builders import NODE, RUNS, Known, plan
from tests.conftest import HV01, HV02, Judge, evidence

ALONE = {(Service, host): [RUNS] for host in (HV01, HV02)} | {(ClusterInfo, host): [] for host in (HV01, HV02)}
IN_A_CLUSTER = {"services": [RUNS, NODE], "cluster": [ClusterInfo("CL1", None, 10)]}


def entries(*texts: str, any_server: bool = False) -> list[ReplicaEntries]:
    told = tuple(text if "|" in text else f"{text}|D:\\Replica|DEFAULT" for text in texts)
    return [ReplicaEntries(any_server, told, (), ())]


def facts(*primaries: str, module=(), **more) -> Known:
    return ALONE | {
        (ReplicationAuthorization, HV02): [ReplicationAuthorization(name, "DEFAULT") for name in primaries],
        (ReplicaEntries, HV02): module,
    } | more  # fmt: skip


def clustered(host: str) -> Known:
    return {(Service, host): IN_A_CLUSTER["services"], (ClusterInfo, host): IN_A_CLUSTER["cluster"]}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(HV01), Status.PASS, id="its name"),
        pytest.param(facts("HV01.Corp.Example."), Status.PASS, id="in any case"),
        pytest.param(facts("*.corp.example"), Status.PASS, id="its domain"),
        pytest.param(facts("*"), Status.PASS, id="every server"),
        pytest.param(facts("hv09.corp.example", HV01), Status.PASS, id="among others"),
        pytest.param(facts(), Status.FAIL, id="nobody"),
        pytest.param(facts("hv09.corp.example"), Status.FAIL, id="another"),
        pytest.param(facts("hv01"), Status.FAIL, id="a short name"),
        pytest.param(facts("hv*.corp.example"), Status.FAIL, id="within a label"),
        pytest.param(facts("hv01.*"), Status.FAIL, id="not the first label"),
        pytest.param(facts("hv01.corp*"), Status.FAIL, id="at the end"),
        pytest.param(facts("*.branch.example"), Status.FAIL, id="another domain"),
        pytest.param(facts("*.example"), Status.UNKNOWN, id="over several labels"),
        pytest.param(facts("*.example", HV01), Status.PASS, id="over several, and its name"),
        pytest.param(facts(HV01, module=entries(HV01)), Status.PASS, id="both say so"),
        pytest.param(facts(HV01, module=GONE), Status.PASS, id="module unread"),
        pytest.param(facts(HV01, module=entries("hv09.corp.example")), Status.UNKNOWN, id="the module says otherwise"),
        pytest.param(facts(HV01, module=entries(HV01, any_server=True)), Status.UNKNOWN, id="any, by the module alone"),
        pytest.param(facts("*", module=entries("*", any_server=True)), Status.PASS, id="any, by both"),
        pytest.param(facts("*", module=entries(HV01)), Status.UNKNOWN, id="any, by the record alone"),
        pytest.param(facts() | {(ReplicationAuthorization, HV02): GONE}, Status.UNKNOWN, id="unread"),
        pytest.param(facts(HV01) | {(Service, HV02): GONE}, Status.UNKNOWN, id="a node or none"),
        pytest.param(facts(HV01) | {(Service, HV01): GONE}, Status.UNKNOWN, id="the source: a node or none"),
        pytest.param(facts("*") | {(Service, HV01): GONE}, Status.PASS, id="whatever the source is"),
        pytest.param(facts(HV01) | clustered(HV01), Status.UNKNOWN, id="a node sends in its broker's name"),
        pytest.param(facts("*.corp.example") | clustered(HV01), Status.UNKNOWN, id="whose name is not read"),
        pytest.param(facts("*") | clustered(HV01), Status.PASS, id="every broker, too"),
        pytest.param(facts(HV01, module=entries("*", any_server=True)) | clustered(HV02), Status.PASS, id="a broker's"),
        pytest.param(facts("*", module=entries("x.corp.example")) | clustered(HV02), Status.FAIL, id="not the node's"),
        pytest.param(facts("*", module=GONE) | clustered(HV02), Status.UNKNOWN, id="the broker's unread"),
        pytest.param(facts("*") | clustered(HV02), Status.UNKNOWN, id="no module on a node"),
    ],
)
def test_primary_authorised(judge: Judge, known, expected):
    assert judge(primary_authorised, known, plan()).status is expected


def test_every_server_is_a_note(judge: Judge):
    assert "see REP-02" in judge(primary_authorised, facts("*"), plan()).note
    assert judge(primary_authorised, facts(HV01), plan()).note == ""


def test_site_recovery_makes_its_own():
    assert primary_authorised.profiles == {Profile.REPLICA}


@pytest.mark.parametrize(
    ("names", "name", "expected"),
    [
        ({"a.b.c"}, "A.B.C.", True),
        ({"*.b.c"}, "a.b.c", True),
        ({"*.c"}, "a.b.c", None),
        ({"*.d.c"}, "a.b.c", False),
        ({"*.example"}, "a.b.c.example", None),
        ({"*"}, "a", True),
        ({"*."}, "a", True),
        (set(), "a.b", False),
    ],
)
def test_what_an_entry_covers(names, name, expected):
    assert covers(frozenset(names), name) is expected


@pytest.mark.parametrize(
    ("primary", "expected"),
    [("broker.corp.example", Status.PASS), (HV01, Status.UNKNOWN), ("*.corp.example", Status.PASS),
     ("hv09.corp.example", Status.FAIL)],
)  # fmt: skip
def test_a_cluster_sends_in_its_broker_s_name(primary, expected):
    view = View(evidence(facts(primary), plan()), primary_authorised.needs)
    verdict = authorised(view, HV02, HV01, "broker.corp.example")
    assert verdict.status is expected
    assert "broker.corp.example" in f"{verdict.seen}{verdict.wanted}"


COMMAND = (
    f"New-VMReplicationAuthorizationEntry -ComputerName '{HV02}' -AllowedPrimaryServer '{HV01}'"
    " -ReplicaStorageLocation 'D:\\Replica' -TrustGroup 'DEFAULT'"
)
WORDS = f"On {HV02}, Hyper-V settings, Replication Configuration: add {HV01}"
LIKE = ("a.corp.example", "b.corp.example")


@pytest.mark.parametrize(
    ("told", "remedy"),
    [
        pytest.param(entries(*LIKE), COMMAND, id="as the others"),
        pytest.param((), WORDS, id="no module"),
        pytest.param(entries("a.corp.example|D:\\A|G", "b.corp.example|D:\\B|G"), WORDS, id="two folders"),
        pytest.param(entries("a.corp.example|D:\\A|G", "b.corp.example|D:\\A|H"), WORDS, id="two groups"),
        pytest.param(entries("a.corp.example|\\\\fs\\A|G", "b.corp.example|\\\\fs\\A|G"), WORDS, id="a share"),
        pytest.param(entries("a.corp.example||G", "b.corp.example||G"), WORDS, id="no folder"),
        pytest.param(entries("a.corp.example|D:\\A|", "b.corp.example|D:\\A|"), WORDS, id="no group"),
    ],
)
def test_what_mends_it(judge: Judge, told, remedy):
    assert judge(primary_authorised, facts(*LIKE, module=told), plan()).remedy.startswith(remedy)


def test_with_no_entry_at_all_there_is_none_to_be_like(judge: Judge):
    assert judge(primary_authorised, facts(module=entries()), plan()).remedy.startswith(WORDS)


def test_a_hostile_folder_stays_in_its_quotes(judge: Judge):
    told = entries("a.corp.example|D:\\x'; Stop-VM *|G")
    remedy = judge(primary_authorised, facts("a.corp.example", module=told), plan()).remedy
    assert "'D:\\x''; Stop-VM *'" in remedy


def test_no_command_on_a_node(judge: Judge):
    known = facts(module=entries(*LIKE)) | clustered(HV02)
    assert judge(primary_authorised, known, plan()).remedy.startswith(WORDS)


@pytest.mark.parametrize(
    ("text", "whole"),
    [("", False), ("hv01", False), (f"{HV01}|D:\\A", False), (f"{HV01}|D:\\A|G|more", False), (f"{HV01}||", True)],
)
def test_an_entry_that_is_none_makes_the_answer_none(text, whole):
    """No machine tells one so; a record may hold it."""
    told = [ReplicaEntries(False, (f"{HV02}|D:\\A|G", text), (), ())]
    asked = whole_answers(evidence({(ReplicaEntries, HV02): told})).ask(ReplicaEntries, HV02)
    assert (isinstance(asked, Gap) and "an entry that is not" in asked.detail) is not whole


@pytest.mark.parametrize(
    ("entry", "name", "expected"),
    [
        ("*.a.b.example", "hv01.a.b.example", True),
        ("*.b.example", "hv01.a.b.example", None),
        ("*.example", "hv01.a.b.example", None),
        ("*.c.example", "hv01.a.b.example", False),
        ("*.a.b.example", "a.b.example", False),
        ("*.", "hv01", True),
    ],
)
def test_an_entry_for_a_domain(entry, name, expected):
    assert covers(frozenset((entry,)), name) is expected


def test_no_command_with_a_folder_that_is_not_shown_whole(judge: Judge):
    folder = "D:\\" + "x" * 300
    known = facts("hv09.corp.example", module=entries(f"hv09.corp.example|{folder}|DEFAULT"))
    finding = judge(primary_authorised, known, plan())
    assert finding.status is Status.FAIL
    assert "New-VMReplicationAuthorizationEntry" not in finding.remedy


def test_words_where_the_module_did_not_tell(judge: Judge):
    finding = judge(primary_authorised, facts("hv09.corp.example", module=GONE), plan())
    assert (finding.status, finding.remedy.startswith(f"On {HV02}, Hyper-V settings")) == (Status.FAIL, True)
    assert finding.seen == "takes replicas from hv09.corp.example"
    assert judge(primary_authorised, facts(), plan()).seen == "takes replicas from nobody"
