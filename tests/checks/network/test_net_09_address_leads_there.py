from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.migration.lm_11_shared_network import shared_network
from checks.network.net_09_address_leads_there import address_leads_there
from checks.reach.rch_01_migration_port import migration_port
from scanner.api import GapReason, Status
from scanner.facts.hyperv import MigrationNetwork, MigrationService, MigrationSettings, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of, judge_check
from tests.checks.common.builders import ANY, GONE, adapter, address, module, neighbour, network, probe, settings
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

THREE = estate(hosts=(HV01, HV02, HV11))
THEIRS, HIS, NOBODYS = "00-15-5D-00-00-02", "00-15-5D-00-00-03", "00-15-5D-00-00-99"
A, B, FAR = "10.20.0.6", "10.20.0.7", "192.168.100.1"


def facts(here=("10.20.0.5/24",), there=(f"{A}/24",), third=(), answers=None, entries=None, rows=ANY):
    """Any network takes migrations; every address of the destination answers the source, as long as nothing is said."""
    tried = dict.fromkeys((text.partition("/")[0] for text in there), "Connected") if answers is None else answers
    known = {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): [module(any_network=rows is ANY)],
        (IPAddress, HV01): [address(text) for text in here],
        (IPAddress, HV02): [address(text) for text in there],
        (IPAddress, HV11): [address(text) for text in third],
        (NetworkAdapter, HV01): [adapter()],
        (NetworkAdapter, HV02): [adapter(link_layer=THEIRS)],
        (NetworkAdapter, HV11): [adapter(link_layer=HIS)],
        (EndpointProbe, HV01): [probe(f"{text}:6600", outcome, local="10.20.0.5") for text, outcome in tried.items()],
    }
    if entries is not None:
        known[Neighbour, HV01] = [neighbour(text, card) for text, card in entries.items()]
    return known


SWITCHES = {
    "here": ("10.20.0.5/24", "192.168.100.9/24"),
    "there": (f"{A}/24", f"{FAR}/24"),
    "third": (f"{FAR}/24",),
    "answers": {A: "Connected", FAR: "TimedOut"},
}
"""Every host has a switch of its own of this subnet, beside the way that connects."""


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(), Status.PASS, id="its own alone"),
        pytest.param(facts(answers={}), Status.PASS, id="its own alone, nobody tried"),
        pytest.param(facts(answers={A: "TimedOut"}), Status.PASS, id="its own alone, closed: for RCH-01"),
        pytest.param(facts(here=[f"{A}/24"]), Status.FAIL, id="the source's, too"),
        pytest.param(facts(here=[f"{A}/24"], there=[f"{A}/24", f"{B}/24"]), Status.PASS, id="another connects"),
        pytest.param(
            facts(here=[f"{A}/24"], there=[f"{A}/24", f"{B}/24"], answers={B: "TimedOut"}),
            Status.FAIL,
            id="the other does not",
        ),
        pytest.param(
            facts(here=[f"{A}/24"], there=[f"{A}/24", f"{B}/24"], answers={}), Status.UNKNOWN, id="the other not tried"
        ),
        pytest.param(
            facts(here=[f"{A}/24"], there=[f"{A}/24", f"{B}/24"], third=[f"{B}/24"]),
            Status.UNKNOWN,
            id="the other shared",
        ),
        pytest.param(facts(third=[f"{A}/24"]), Status.UNKNOWN, id="a third machine's, too"),
        pytest.param(facts(third=[f"{A}/24"], answers={}), Status.UNKNOWN, id="a third machine's, nobody tried"),
        pytest.param(facts(third=[f"{A}/24"], answers={A: "TimedOut"}), Status.UNKNOWN, id="shared and closed, near"),
        pytest.param(facts(third=[f"{A}/24"], entries={A: THEIRS}), Status.PASS, id="shared, its adapter"),
        pytest.param(facts(third=[f"{A}/24"], entries={A: HIS}), Status.FAIL, id="shared, a third adapter"),
        pytest.param(facts(third=[f"{A}/24"], entries={A: NOBODYS}), Status.UNKNOWN, id="shared, nobody's adapter"),
        pytest.param(facts(entries={A: HIS}), Status.UNKNOWN, id="not shared by their word, a third adapter"),
        pytest.param(
            facts(there=[f"{A}/24", f"{FAR}/24"], third=[f"{FAR}/24"], answers={A: "Connected", FAR: "TimedOut"}),
            Status.PASS,
            id="an internal switch beside a way",
        ),
        pytest.param(
            facts(there=[f"{FAR}/24"], third=[f"{FAR}/24"], answers={FAR: "TimedOut"}),
            Status.UNKNOWN,
            id="an internal switch alone",
        ),
        pytest.param(facts(**SWITCHES), Status.UNKNOWN, id="an internal switch of the source, too"),
        pytest.param(
            facts(**SWITCHES) | {(NetworkAdapter, HV01): [adapter(7, 2)]}, Status.PASS, id="which is down there"
        ),
        pytest.param(facts(rows=[]), Status.NOT_APPLICABLE, id="no network"),
        pytest.param(facts(rows=[]) | {(EndpointProbe, HV01): GONE}, Status.NOT_APPLICABLE, id="none, probes unread"),
        pytest.param(facts(rows=GONE), Status.UNKNOWN, id="networks unread"),
        pytest.param(
            facts(rows=GONE) | {(VMHost, HV02): [module(any_network=True)]}, Status.PASS, id="unread, any by the module"
        ),
        pytest.param(facts(rows=[network("10.20.0.0/24"), network("junk/8")]), Status.UNKNOWN, id="one unreadable"),
        pytest.param(facts() | {(IPAddress, HV01): GONE}, Status.UNKNOWN, id="the source's addresses unread"),
        pytest.param(facts() | {(IPAddress, HV02): GONE}, Status.UNKNOWN, id="its addresses unread"),
        pytest.param(facts() | {(EndpointProbe, HV01): GONE}, Status.UNKNOWN, id="probes unread"),
    ],
)
def test_address_leads_there(judge: Judge, known, expected):
    assert judge(address_leads_there, known, THREE).status is expected


def test_texts(judge: Judge):
    own = judge(address_leads_there, facts(here=[f"{A}/24"]), THREE)
    assert own.seen == "hv01.corp.example holds 10.20.0.6 of hv02.corp.example itself, and no other address connects"
    beside = judge(address_leads_there, facts(here=[f"{A}/24"], there=[f"{A}/24", f"{B}/24"]), THREE)
    assert beside.seen == "10.20.0.7 of hv02.corp.example alone"
    assert beside.note == "not counted, for hv01.corp.example holds it itself: 10.20.0.6"
    switch = facts(there=[f"{A}/24", f"{FAR}/24"], third=[f"{FAR}/24"], answers={A: "Connected", FAR: "TimedOut"})
    assert judge(address_leads_there, switch, THREE).note.startswith("192.168.100.1, which hv11.branch.example holds")
    astray = judge(address_leads_there, facts(third=[f"{A}/24"], entries={A: HIS}), THREE)
    assert astray.seen.startswith("10.20.0.6 is hv11.branch.example on the wire")
    untold = judge(address_leads_there, facts(third=[f"{A}/24"]), THREE)
    assert untold.note == "10.20.0.6 is an address of hv11.branch.example, too; who answered is not known"


def test_asks_first_for_attempts_then_for_who_answered():
    shared = evidence(facts(third=[f"{A}/24"]), THREE)
    assert [(a.fact, a.argument) for a in asks_of([address_leads_there], shared)] == [
        (EndpointProbe, "10.20.0.6:6600"),
        (Neighbour, "10.20.0.6"),
    ]
    sound = evidence(facts(there=[f"{A}/24", f"{FAR}/24"], here=[f"{FAR}/24"]), THREE)
    assert [(a.fact, a.argument) for a in asks_of([address_leads_there], sound)] == [(EndpointProbe, "10.20.0.6:6600")]


ADDRESSES = st.lists(st.sampled_from([f"10.20.0.{n}/24" for n in range(3)] + [f"10.30.0.{n}/24" for n in range(2)]))


@given(
    ADDRESSES, ADDRESSES, ADDRESSES, st.dictionaries(st.sampled_from([f"10.20.0.{n}" for n in range(3)]), st.just(HIS))
)
def test_who_met_itself_or_a_third_machine_is_never_green_by_that(here, there, third, entries):
    """Every address of the destination is the source's or a third machine's, and no adapter of it answered."""
    meant = [text for text in there if text in here or text in third]
    known = {
        **facts(here=here, there=meant, third=third, entries=entries),
        (MigrationService, HV02): [MigrationService(tuple(text.partition("/")[0] for text in meant))],
        (MigrationSettings, HV02): [settings()],
    }
    record = evidence({key: rows if isinstance(rows, GapReason) else list(rows) for key, rows in known.items()}, THREE)
    for check in (address_leads_there, shared_network, migration_port):
        (finding,) = judge_check(check, record)
        assert finding.status is not Status.PASS
