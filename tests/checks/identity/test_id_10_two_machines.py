from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.id_10_two_machines import two_machines
from checks.identity.known_as import accounts_by_name
from scanner.api import Fact, GapReason, Profile, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import AnsweringMachine, ComputerSystem
from tests.conftest import BRANCH, CORP, HV01, HV02, Judge, estate

Known = dict[tuple[type[Fact], str], object]


def said(host: str, system: ComputerSystem | GapReason, machine: AnsweringMachine | None = None) -> Known:
    """What is known of who answered; of another machine, its name only."""
    facts: Known = {(ComputerSystem, host): system if isinstance(system, GapReason) else [system]}
    if isinstance(system, ComputerSystem):
        machine = AnsweringMachine.of(system)
    return facts | ({(AnsweringMachine, host): [machine]} if machine else {})


def system(name: str, domain: str = CORP, *, joined: bool = True) -> ComputerSystem:
    return ComputerSystem(name[:15].upper(), name, domain, joined, 3 if joined else 2)


def account(name: str, *spns: str) -> ComputerAccount:
    dn, sam = f"CN={name},DC=corp,DC=example", f"{name[:15].upper()}$"
    return ComputerAccount(dn, sam, f"{name}.{CORP}", "S-1-5-21-1", 0x1000, spns, (), (), (), False)


ONE, TWO = system("hv01"), system("hv02")
OTHER = GapReason.ANOTHER_MACHINE
DIRECTORY: Known = {(ComputerAccount, CORP): [account("hv01"), account("hv02")]}
ALIASED: Known = {(ComputerAccount, CORP): [account("hv01", "HOST/HV02.corp.example", "HOST/hv01")]}
SILENT = said(HV01, GapReason.UNREACHABLE) | said(HV02, GapReason.UNREACHABLE)
GROUP = system("hv01", "WORKGROUP", joined=False)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(said(HV01, ONE) | said(HV02, TWO) | DIRECTORY, Status.PASS, id="two machines"),
        pytest.param(said(HV01, ONE) | said(HV02, TWO), Status.PASS, id="their own word is enough"),
        pytest.param(said(HV01, ONE) | said(HV02, system("hv01", BRANCH)), Status.PASS, id="one name, two domains"),
        pytest.param(
            said(HV01, ONE) | said(HV02, OTHER, AnsweringMachine.of(ONE)) | DIRECTORY, Status.FAIL, id="one machine"
        ),
        pytest.param(
            said(HV01, OTHER, AnsweringMachine.of(system("hv03")))
            | said(HV02, OTHER, AnsweringMachine.of(system("hv03"))),
            Status.FAIL,
            id="a third one for both",
        ),
        pytest.param(
            said(HV01, ONE) | said(HV02, OTHER, AnsweringMachine.of(system("hv03"))), Status.UNKNOWN, id="a third one"
        ),
        pytest.param(said(HV01, ONE) | said(HV02, GapReason.TIMEOUT), Status.UNKNOWN, id="one is silent"),
        pytest.param(SILENT | DIRECTORY, Status.UNKNOWN, id="both are silent"),
        pytest.param(SILENT | ALIASED, Status.FAIL, id="both are silent, and the directory knows one account"),
        pytest.param(
            said(HV01, GapReason.UNPROVEN) | said(HV02, TWO) | DIRECTORY, Status.UNKNOWN, id="one did not say"
        ),
        pytest.param(said(HV01, GROUP) | said(HV02, GROUP), Status.UNKNOWN, id="a work group gives names twice"),
        pytest.param(
            said(HV01, GROUP) | said(HV02, replace(GROUP, name="HV01-B")), Status.PASS, id="two of a work group"
        ),
        pytest.param(
            said(HV01, GROUP) | said(HV02, replace(GROUP, dns_host_name="hv01-b")),
            Status.UNKNOWN,
            id="a work group gives NetBIOS names twice",
        ),
        pytest.param(said(HV01, GROUP) | said(HV02, ONE), Status.PASS, id="a work group and a domain"),
        *(
            pytest.param(said(HV01, ONE) | said(HV02, other), Status.FAIL, id=f"one NetBIOS name, {how}")
            for how, other in (
                ("another in DNS", replace(ONE, dns_host_name="hv02")),
                ("another role", replace(ONE, domain_role=4)),
                ("small letters", replace(ONE, name="hv01", dns_host_name="HV01", domain="CORP.example.")),
            )
        ),
    ],
)
def test_two_machines(judge: Judge, facts, expected):
    finding = judge(two_machines, facts)
    assert finding.status is expected, finding


def test_it_says_who(judge: Judge):
    finding = judge(two_machines, said(HV01, ONE) | said(HV02, OTHER, AnsweringMachine.of(ONE)))
    assert finding.seen == "HV01 (corp.example) answered under both names"
    assert judge(two_machines, said(HV01, ONE) | said(HV02, TWO)).seen == "HV01 (corp.example) and HV02 (corp.example)"


def test_several_machines_under_one_name(judge: Judge):
    facts = said(HV01, ONE) | {
        (ComputerSystem, HV02): OTHER,
        (AnsweringMachine, HV02): [AnsweringMachine.of(TWO), AnsweringMachine.of(ONE)],
    }
    assert judge(two_machines, facts).status is Status.FAIL


@pytest.mark.parametrize("profile", Profile)
def test_it_is_asked_for_every_kind_of_move(judge: Judge, profile):
    where = estate(profiles=frozenset({profile}))
    assert judge(two_machines, said(HV01, ONE) | said(HV02, TWO), where).status is Status.PASS
    assert profile in two_machines.profiles


def test_every_name_that_an_account_is_known_by():
    row = replace(account("hv01", "HOST/Alias.Corp.Example", "cifs/other"), dns_name="HV01.Corp.Example.")
    assert set(accounts_by_name((row,))) == {"hv01.corp.example", "hv01", "alias.corp.example"}
