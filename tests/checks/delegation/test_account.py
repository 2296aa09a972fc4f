from __future__ import annotations

import pytest

from checks.delegation.account import Accounts, find, member
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem
from tests.checks.delegation.domain import account, known, system
from tests.conftest import CORP, HV01, HV02, evidence

MINE = account(HV01)
HV01_SYSTEM = system(HV01)
WORK_GROUP = ComputerSystem("HV01", "hv01", CORP, part_of_domain=False, domain_role=2)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([account(HV02), MINE], MINE, id="among others"),
        pytest.param([MINE, MINE], MINE, id="told twice"),
        pytest.param([a := account(HV01, dns="")], a, id="no DNS name: by account name"),
        pytest.param([a := account(HV01, sam="hv01$")], a, id="case"),
        pytest.param([a := account(HV01, dns="HV01.corp.example.", sam="OLD$")], a, id="trailing dot"),
        pytest.param([a := account(HV01, sam="HV01-OLD$")], a, id="by DNS name alone"),
        pytest.param([account(HV01, sam="$DUPLICATE-1$"), MINE], MINE, id="a conflict object beside it"),
        pytest.param([account(HV02)], None, id="not there"),
        pytest.param([], None, id="none"),
    ],
)
def test_find(rows, expected):
    assert find(Accounts.of(rows), HV01_SYSTEM) == expected


def test_two_claim_to_be_the_host():
    with pytest.raises(MissingEvidence, match="2 computer accounts claim"):
        find(Accounts.of([account(HV01, sam="OTHER$"), account(HV01, dns="elsewhere.example")]), HV01_SYSTEM)


def test_long_name_is_cut_in_the_short_form():
    name = "hv-production-node-01.corp.example"
    facts = known(account(name, sam="HV-PRODUCTION-N$"), hosts=(name,))
    facts[ComputerSystem, name] = [system(name, "HV-PRODUCTION-N")]
    found = member(View(evidence(facts), (ComputerSystem, ComputerAccount)), name)
    assert found.spns("cifs") == ("cifs/HV-PRODUCTION-N", f"cifs/{name}")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(known(MINE) | {(ComputerSystem, HV01): GapReason.TIMEOUT}, id="host"),
        pytest.param(known(MINE) | {(ComputerAccount, CORP): GapReason.ACCESS_DENIED}, id="directory"),
        pytest.param(known(account(HV02)), id="no account proves nothing: the host may be named otherwise"),
        pytest.param(known(MINE) | {(ComputerSystem, HV01): [WORK_GROUP]}, id="a work group of the domain's name"),
    ],
)
def test_unknown(facts):
    with pytest.raises(MissingEvidence):
        member(View(evidence(facts), (ComputerSystem, ComputerAccount)), HV01)
