from __future__ import annotations

import pytest

from checks.migration.lm_10_subnet_matches import subnet_matches
from scanner.api import Status
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, ANY4, GONE, NEXT_TO_IT, adapter, address, module, network
from tests.conftest import HV01, HV02, Judge, estate

A, B = network("10.20.0.0/24"), network("10.30.0.0/24")
IN_A, IN_B = address("10.20.0.5/24"), address("10.30.0.5/24", interface=8)
UP, DOWN_B = [adapter(7), adapter(8)], [adapter(7), adapter(8, 2)]
SOME = [module()]


@pytest.mark.parametrize(
    ("rows", "host", "addresses", "adapters", "expected"),
    [
        pytest.param([A], SOME, [IN_A], UP, Status.PASS, id="matches"),
        pytest.param([A, B], SOME, [IN_A, IN_B], UP, Status.PASS, id="both match"),
        pytest.param([A, B], SOME, [IN_A], UP, Status.WARN, id="one matches"),
        pytest.param([A, B], SOME, [IN_A, IN_B], DOWN_B, Status.WARN, id="one is down"),
        pytest.param([B], SOME, [IN_A], UP, Status.FAIL, id="none matches"),
        pytest.param([B], SOME, [IN_B], DOWN_B, Status.FAIL, id="the only one is down"),
        pytest.param([B], SOME, [], UP, Status.FAIL, id="no address"),
        pytest.param([A], SOME, [address("10.20.0.5/24", state=1)], UP, Status.FAIL, id="tentative"),
        pytest.param([network("10.20.0.5/32")], SOME, [IN_A], UP, Status.PASS, id="bare address"),
        pytest.param([network("10.20.1.0/24")], SOME, [address("10.20.0.5/16")], UP, Status.FAIL, id="just outside"),
        pytest.param([network("fd00:20:0::/64")], SOME, [address("fd00:20::5/64")], UP, Status.PASS, id="IPv6"),
        pytest.param([A], GONE, [IN_A], UP, Status.UNKNOWN, id="module unread"),
        pytest.param(ANY, [module(any_network=True)], [IN_A], UP, Status.NOT_APPLICABLE, id="any"),
        pytest.param([B], [module(any_network=True)], [IN_A], UP, Status.NOT_APPLICABLE, id="any, a list left over"),
        pytest.param([], SOME, [IN_A], UP, Status.NOT_APPLICABLE, id="nothing listed"),
        pytest.param([ANY4], SOME, [IN_A], UP, Status.NOT_APPLICABLE, id="one family, nothing listed"),
        pytest.param([A], SOME, [IN_A], GONE, Status.UNKNOWN, id="adapters unread"),
        pytest.param([A], SOME, [IN_A], [adapter(7, None)], Status.UNKNOWN, id="state not told"),
        pytest.param([A], SOME, [IN_A], [adapter(8)], Status.UNKNOWN, id="adapter not listed"),
        pytest.param([B], SOME, [IN_A], GONE, Status.FAIL, id="adapters unread, no address anyway"),
        pytest.param([A], SOME, GONE, UP, Status.UNKNOWN, id="addresses unread"),
        pytest.param(GONE, SOME, [IN_A], UP, Status.UNKNOWN, id="networks unread"),
        pytest.param([], GONE, [IN_A], UP, Status.UNKNOWN, id="nothing listed, module unread"),
        pytest.param([A, network("junk/24")], SOME, [IN_A], UP, Status.UNKNOWN, id="no subnet"),
    ],
)
def test_subnet_matches(judge: Judge, rows, host, addresses, adapters, expected):
    facts = {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): host,
        (IPAddress, HV02): addresses,
        (NetworkAdapter, HV02): adapters,
    }
    assert judge(subnet_matches, facts, subject=HV02).status is expected


def test_texts(judge: Judge):
    facts = {
        (MigrationNetwork, HV02): [B],
        (VMHost, HV02): SOME,
        (IPAddress, HV02): [IN_A],
        (NetworkAdapter, HV02): UP,
    }
    finding = judge(subnet_matches, facts, subject=HV02)
    assert finding.seen == "no address in 10.30.0.0/24; the host's own: 10.20.0.5"
    assert finding.remedy == ""  # nothing would be left
    facts[MigrationNetwork, HV02] = [A, B]
    assert "Add-VMMigrationNetwork" not in judge(subnet_matches, facts, subject=HV02).remedy, "one is left"
    facts[IPAddress, HV02] = []
    assert judge(subnet_matches, facts, subject=HV02).seen.endswith("; the host's own: none")


def test_what_is_wrong_is_taken_away_after_what_is_right_is_there(judge: Judge):
    facts = {(MigrationNetwork, HV02): [B], (VMHost, HV02): SOME, **NEXT_TO_IT}
    finding = judge(subnet_matches, facts, estate(trusted=("10.20.0.0/24",)), subject=HV02)
    assert (finding.status, finding.remedy.splitlines()) == (
        Status.FAIL,
        [
            "Add-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10.20.0.0/24'",
            "Remove-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10.30.0.0/24'",
        ],
    )


def test_an_adapter_that_is_down_is_brought_up_not_its_network_taken_away(judge: Judge):
    facts = {(MigrationNetwork, HV02): [A, B], (VMHost, HV02): SOME, **NEXT_TO_IT}
    gone = judge(subnet_matches, facts, subject=HV02)
    assert gone.remedy == "Remove-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10.30.0.0/24'"
    assert gone.works == "the other listed networks hold an address of the host"
    more = facts | {(IPAddress, HV02): [IN_A, address("10.40.0.5/24")]}
    kept = judge(subnet_matches, more, estate(trusted=("10.40.0.0/24",)), subject=HV02)
    assert kept.remedy == gone.remedy, "the list keeps what it has, and gets nothing beside"
    facts[IPAddress, HV02], facts[NetworkAdapter, HV02] = [IN_A, IN_B], DOWN_B
    assert (judge(subnet_matches, facts, subject=HV02).remedy, gone.status) == ("", Status.WARN)


def test_no_more_than_ten_networks_are_taken_away(judge: Judge):
    listed = [A, *(network(f"10.40.{number}.0/24") for number in range(12))]
    facts = {(MigrationNetwork, HV02): listed, (VMHost, HV02): SOME, **NEXT_TO_IT}
    lines = judge(subnet_matches, facts, subject=HV02).remedy.splitlines()
    assert len(lines) == 10
    assert "'10.40.9.0/24'" in lines[-1]


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        pytest.param([A], "in 10.20.0.0/24 the host has only addresses that hv01.corp.example holds itself", id="one"),
        pytest.param(
            [A, B], "in 10.20.0.0/24 the host has only addresses that hv01.corp.example holds itself", id="two"
        ),
        pytest.param([B], "", id="not listed"),
    ],
)
def test_an_address_that_a_source_holds_itself_is_told(judge: Judge, rows, note):
    facts = {
        (MigrationNetwork, HV02): rows,
        (VMHost, HV02): SOME,
        (IPAddress, HV02): [IN_A, IN_B],
        (IPAddress, HV01): [IN_A],
        (NetworkAdapter, HV02): UP,
    }
    finding = judge(subnet_matches, facts, subject=HV02)
    assert (finding.status, finding.note) == (Status.PASS, note)


def test_overlap_is_noted(judge: Judge):
    facts = {
        (MigrationNetwork, HV02): [A, network("10.20.0.0/16"), B],
        (VMHost, HV02): SOME,
        (IPAddress, HV02): [IN_A, IN_B],
        (NetworkAdapter, HV02): UP,
    }
    finding = judge(subnet_matches, facts, subject=HV02)
    assert (finding.status, finding.note) == (Status.PASS, "some of the listed networks overlap")


@pytest.mark.parametrize("state", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("store", [0, 1, None])
def test_an_address_in_whatever_state_keeps_its_network_on_the_list(judge: Judge, state, store):
    facts = {(MigrationNetwork, HV02): [A, B], (VMHost, HV02): SOME, **NEXT_TO_IT}
    there = address("10.30.0.5/24", interface=8, state=state, store=store)
    facts[IPAddress, HV02], facts[NetworkAdapter, HV02] = [IN_A, there], UP
    finding = judge(subnet_matches, facts, subject=HV02)
    if there.usable:
        assert finding.status is Status.PASS
        return
    assert (finding.status, finding.remedy) == (Status.WARN, "")
    assert finding.note == "10.30.0.5 lies there, and is not in use: see to the address and its adapter"
