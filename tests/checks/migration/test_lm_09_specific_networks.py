from __future__ import annotations

import pytest

from checks.migration.lm_09_specific_networks import specific_networks
from scanner.api import Status
from scanner.facts.hyperv import MigrationNetwork, VMHost
from tests.checks.common.builders import ANY, ANY4, ANY6, GONE, NEXT_TO_IT, module, network
from tests.conftest import HV01, HV02, Judge, estate

LISTED = [network("10.20.0.0/24")]
SOME, ALL = [module()], [module(any_network=True)]


@pytest.mark.parametrize(
    ("rows", "host", "expected"),
    [
        pytest.param(LISTED, SOME, Status.PASS, id="listed"),
        pytest.param(LISTED, GONE, Status.UNKNOWN, id="listed, module unread"),
        pytest.param(ANY, ALL, Status.WARN, id="any"),
        pytest.param(ANY, GONE, Status.WARN, id="any by rows"),
        pytest.param(ANY, SOME, Status.WARN, id="any by rows, module denies"),
        pytest.param(LISTED, ALL, Status.WARN, id="any by module, rows listed"),
        pytest.param(GONE, ALL, Status.WARN, id="any by module, rows unread"),
        pytest.param([*LISTED, ANY6], SOME, Status.WARN, id="one family beside a list"),
        pytest.param([], SOME, Status.NOT_APPLICABLE, id="none at all"),
        pytest.param([], GONE, Status.UNKNOWN, id="no row, module unread"),
        pytest.param(GONE, SOME, Status.UNKNOWN, id="rows unread: one family may be open"),
        pytest.param([*LISTED, network("junk/1")], SOME, Status.UNKNOWN, id="a row that is no subnet"),
    ],
)
def test_specific_networks(judge: Judge, rows, host, expected):
    finding = judge(specific_networks, {(MigrationNetwork, HV02): rows, (VMHost, HV02): host}, subject=HV02)
    assert finding.status is expected


def test_one_family_is_named_and_contradiction_noted(judge: Judge):
    facts = {(MigrationNetwork, HV02): [ANY4], (VMHost, HV02): SOME}
    finding = judge(specific_networks, facts, subject=HV02)
    assert finding.seen == "any available network (IPv4 only)"
    assert (finding.wanted, finding.note) == ("chosen migration networks only", "")
    assert (finding.remedy, "takes them" in finding.works) == ("", True)
    facts = {(MigrationNetwork, HV02): ANY, (VMHost, HV02): SOME}
    finding = judge(specific_networks, facts, subject=HV02)
    assert "says otherwise" in finding.note
    assert finding.seen == "any available network"
    agreed = judge(specific_networks, {(MigrationNetwork, HV02): ANY, (VMHost, HV02): ALL}, subject=HV02)
    assert (agreed.seen, agreed.note) == ("any available network", "")


def test_what_stays_is_named_before_the_rest_is_closed(judge: Judge):
    facts = {(MigrationNetwork, HV02): ANY, (VMHost, HV02): ALL, **NEXT_TO_IT}
    finding = judge(specific_networks, facts, estate(trusted=("10.20.0.0/24",)), subject=HV02)
    assert finding.remedy.splitlines() == [
        "Add-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10.20.0.0/24'",
        "Set-VMHost -ComputerName 'hv02.corp.example' -UseAnyNetworkForMigration $false",
    ]
    facts[VMHost, HV02] = SOME  # the module contradicts: nobody knows what a command would change
    assert judge(specific_networks, facts, estate(trusted=("10.20.0.0/24",)), subject=HV02).remedy == ""


def test_a_source_is_not_judged(judge: Judge):
    assert judge(specific_networks, {}, subject=HV01).status is Status.NOT_APPLICABLE
