from __future__ import annotations

import pytest

from checks.migration.lm_08_incoming_network import incoming_network
from scanner.api import Status
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter
from tests.checks.common.builders import ANY, ANY4, ANY6, GONE, NEXT_TO_IT, adapter, module, network
from tests.conftest import HV01, HV02, Judge, estate

LISTED = [network("10.20.0.0/24")]
SOME, ALL = [module()], [module(any_network=True)]


@pytest.mark.parametrize(
    ("rows", "host", "expected", "words"),
    [
        pytest.param(ANY, ALL, Status.PASS, "any available network", id="any"),
        pytest.param(LISTED, SOME, Status.PASS, "10.20.0.0/24", id="listed"),
        pytest.param([*LISTED, ANY4], SOME, Status.PASS, "10.20.0.0/24", id="listed and one family"),
        pytest.param([], SOME, Status.FAIL, "no network accepts", id="none"),
        pytest.param([ANY4], SOME, Status.WARN, "IPv4 only", id="IPv4 alone"),
        pytest.param([ANY6], SOME, Status.WARN, "IPv6 only", id="IPv6 alone"),
        pytest.param(ANY, SOME, Status.UNKNOWN, "", id="rows say any, module not"),
        pytest.param([*ANY, network("junk/24")], SOME, Status.UNKNOWN, "", id="rows say any and junk, module not"),
        pytest.param(
            [*ANY, *LISTED], SOME, Status.WARN, "module says chosen networks", id="any and a list, module not"
        ),
        pytest.param(
            [*ANY, *LISTED, network("junk/24")], SOME, Status.WARN, "module says chosen networks", id="and junk"
        ),
        pytest.param(LISTED, ALL, Status.WARN, "module says any", id="module says any, rows not"),
        pytest.param(LISTED, ALL, Status.WARN, "settings say 10.20.0.0/24", id="what the rows say is told"),
        pytest.param([ANY4], ALL, Status.WARN, "module says any", id="module says any, one family"),
        pytest.param([*LISTED, network("junk/24")], ALL, Status.WARN, "module says any", id="any, and rows and junk"),
        pytest.param([ANY4, network("junk/24")], ALL, Status.WARN, "module says any", id="any, one family and junk"),
        pytest.param([], ALL, Status.UNKNOWN, "", id="module says any, no row"),
        pytest.param(GONE, ALL, Status.PASS, "any available network", id="rows unread, module says any"),
        pytest.param(GONE, SOME, Status.UNKNOWN, "", id="rows unread, module says chosen"),
        pytest.param(ANY, GONE, Status.PASS, "any available network", id="module unread, both families"),
        pytest.param(LISTED, GONE, Status.PASS, "10.20.0.0/24", id="module unread, listed"),
        pytest.param([ANY4], GONE, Status.WARN, "IPv4 only", id="module unread, one family"),
        pytest.param([], GONE, Status.UNKNOWN, "", id="module unread, no row"),
        pytest.param([], [], Status.UNKNOWN, "", id="no module, no row"),
        pytest.param([network("junk/24")], SOME, Status.UNKNOWN, "", id="no subnet"),
        pytest.param(GONE, GONE, Status.UNKNOWN, "", id="nothing read"),
    ],
)
def test_incoming_network(judge: Judge, rows, host, expected, words):
    finding = judge(incoming_network, NEXT_TO_IT | {(MigrationNetwork, HV02): rows, (VMHost, HV02): host}, subject=HV02)
    assert finding.status is expected
    assert words in finding.seen


def test_remedy_names_the_trusted_network(judge: Judge):
    facts = {(MigrationNetwork, HV02): [], (VMHost, HV02): SOME, **NEXT_TO_IT}
    finding = judge(incoming_network, facts, estate(trusted=("10.20.0.0/24",)), subject=HV02)
    assert finding.remedy == "Add-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10.20.0.0/24'"
    assert finding.wanted == "at least one migration network"
    assert judge(incoming_network, facts, subject=HV02).remedy == ""


def test_what_contradicts_is_told(judge: Judge):
    facts = NEXT_TO_IT | {(MigrationNetwork, HV02): [*ANY, network("junk/24")], (VMHost, HV02): SOME}
    finding = judge(incoming_network, facts, subject=HV02)
    assert finding.note.startswith("the module says chosen networks only; the settings say any available network")
    facts[MigrationNetwork, HV02] = []
    facts[VMHost, HV02] = ALL
    assert "the settings say no such row" in judge(incoming_network, facts, subject=HV02).note


@pytest.mark.parametrize(
    ("rows", "host", "works"),
    [
        pytest.param([ANY6], SOME, "addresses of IPv6 take migrations", id="one family"),
        pytest.param([*ANY, *LISTED], SOME, "by both, 10.20.0.0/24 takes migrations", id="listed"),
        pytest.param([ANY4], ALL, "by both, every IPv4 network takes migrations", id="family"),
    ],
)
def test_why_the_move_works(judge: Judge, rows, host, works):
    facts = NEXT_TO_IT | {(MigrationNetwork, HV02): rows, (VMHost, HV02): host}
    assert judge(incoming_network, facts, subject=HV02).works == works


@pytest.mark.parametrize(
    ("rows", "host", "more"),
    [
        pytest.param([*ANY, network("10.99.0.0/24")], SOME, {}, id="no address in the listed one"),
        pytest.param([network("10.99.0.0/24")], ALL, {}, id="whichever of them is right"),
        pytest.param([ANY6], ALL, {}, id="no address of the family"),
        pytest.param(LISTED, ALL, {(NetworkAdapter, HV02): [adapter(status=2)]}, id="its adapter is down"),
        pytest.param(LISTED, ALL, {(NetworkAdapter, HV02): GONE}, id="whether it is up was not read"),
        pytest.param([ANY4], ALL, {(NetworkAdapter, HV02): [adapter(status=2)]}, id="one family, its adapter is down"),
        pytest.param(LISTED, ALL, {(IPAddress, HV02): GONE}, id="its addresses were not read"),
    ],
)
def test_a_network_without_an_address_of_the_host_takes_no_migration(judge: Judge, rows, host, more):
    facts = NEXT_TO_IT | {(MigrationNetwork, HV02): rows, (VMHost, HV02): host} | more
    assert judge(incoming_network, facts, subject=HV02).status is Status.UNKNOWN


def test_a_source_is_not_judged(judge: Judge):
    assert judge(incoming_network, {}, subject=HV01).status is Status.NOT_APPLICABLE


def test_without_the_module_the_note_says_so(judge: Judge):
    finding = judge(incoming_network, {(MigrationNetwork, HV02): ANY, (VMHost, HV02): []}, subject=HV02)
    assert "module did not answer" in finding.note
    both = judge(incoming_network, {(MigrationNetwork, HV02): ANY, (VMHost, HV02): ALL}, subject=HV02)
    assert (both.status, both.note) == (Status.PASS, "")
