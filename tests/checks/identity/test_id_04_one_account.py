from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.id_04_one_account import one_account
from scanner.api import GapReason, Profile, Replica, Status
from scanner.facts.directory import ComputerAccount, DirectoryServer, DomainController
from scanner.facts.host import ComputerSystem
from tests.checks.delegation.domain import OFF, Known, account, system
from tests.conftest import CORP, HV01, Judge, estate

ONE = estate(hosts=(HV01,), routes=())
DC1, DC2 = "dc1.corp.example", "dc2.corp.example"
MINE = account(HV01)
OLD = replace(MINE, dn="CN=HV01-OLD,DC=corp,DC=example", sam_name="HV01-OLD$")
COPY = replace(MINE, dn="CN=HV01\\0ACNF:6b1e3e3c-52a2-4f0b-9d2f-0e7a3a6f8c11,DC=corp,DC=example", sam_name="$DUP-1")
DISABLED = account(HV01, uac=OFF)


def known(*rows: ComputerAccount, second: tuple[ComputerAccount, ...] | GapReason | None = None) -> Known:
    return {
        (ComputerSystem, HV01): [system(HV01)],
        (ComputerAccount, CORP): rows,
        (DomainController, CORP): [DomainController(DC1, CORP), DomainController(DC2, CORP)],
        (DirectoryServer, CORP): [DirectoryServer(DC1, CORP, read_only=False)],
        (ComputerAccount, DC1): rows,
        (ComputerAccount, DC2): rows if second is None else second,
    }


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(known(MINE), Status.PASS, id="one"),
        pytest.param(known(replace(MINE, dns_name="")), Status.PASS, id="one that tells no DNS name"),
        pytest.param(known(MINE, account("hv02.corp.example")), Status.PASS, id="another machine's beside it"),
        pytest.param(
            known(replace(MINE, dns_name=""), account("hv02.corp.example", dns="")), Status.PASS, id="none has a name"
        ),
        pytest.param(known(MINE, replace(OLD, dns_name="HV01.Corp.Example.")), Status.FAIL, id="the dot of the root"),
        pytest.param(
            known(replace(MINE, dns_name="files.corp.example."), replace(OLD, dns_name="files.corp.example")),
            Status.FAIL,
            id="the dot of the root on its own",
        ),
        pytest.param(known(), Status.FAIL, id="none"),
        pytest.param(known(OLD), Status.FAIL, id="none but one of its DNS name"),
        pytest.param(known(DISABLED), Status.FAIL, id="disabled"),
        pytest.param(known(MINE, OLD), Status.FAIL, id="two of one DNS name"),
        pytest.param(known(MINE, replace(OLD, user_account_control=OFF)), Status.FAIL, id="the second is disabled"),
        pytest.param(known(replace(MINE, dns_name=""), OLD), Status.FAIL, id="the name is another account's"),
        pytest.param(known(MINE, COPY), Status.FAIL, id="a copy of replication"),
        pytest.param(known(replace(COPY, sam_name="HV01$")), Status.FAIL, id="nothing but a copy of replication"),
        pytest.param(known(replace(MINE, unread="x"), OLD), Status.FAIL, id="two, one of them not read whole"),
        pytest.param(known(replace(MINE, unread="userAccountControl is no number")), Status.UNKNOWN, id="not whole"),
        pytest.param(known(MINE, second=(DISABLED,)), Status.UNKNOWN, id="disabled on a controller"),
        pytest.param(known(MINE, second=()), Status.UNKNOWN, id="not on a controller yet"),
        pytest.param(known(MINE, second=GapReason.TIMEOUT), Status.PASS, id="a controller that did not answer"),
    ],
)
def test_accounts(judge: Judge, facts, expected):
    assert judge(one_account, facts, ONE).status is expected


def test_what_is_disabled_is_enabled_by_a_command(judge: Judge):
    finding = judge(one_account, known(DISABLED), ONE)
    assert finding.remedy == f"Enable-ADAccount -Identity '{DISABLED.dn}' -Server 'corp.example'"


def test_an_account_without_a_name_is_not_said_to_bear_the_hosts(judge: Judge):
    finding = judge(one_account, known(account("hv02.corp.example", dns="")), ONE)
    assert (finding.status, "borne" in finding.seen) == (Status.FAIL, False)


def test_a_copy_is_called_one(judge: Judge):
    assert "replication" in judge(one_account, known(MINE, COPY), ONE).seen
    assert "replication" not in judge(one_account, known(MINE, OLD), ONE).seen


def test_a_name_of_more_than_fifteen_characters(judge: Judge):
    name = "hyperv-production-01.corp.example"
    facts = known(account(name, sam="HYPERV-PRODUCTI$"))
    facts[ComputerSystem, name] = [system(name, "HYPERV-PRODUCTI")]
    assert judge(one_account, facts, estate(hosts=(name,), routes=())).status is Status.PASS


def test_nobody_looked_for_the_account_by_which_it_signs_in(judge: Judge):
    facts = known(OLD) | {(ComputerSystem, HV01): [system(HV01, "NODE7")]}
    finding = judge(one_account, facts, ONE)
    assert finding.status is Status.UNKNOWN
    assert "NODE7$" in finding.note


@pytest.mark.parametrize(
    "unread",
    [(ComputerSystem, HV01), (ComputerAccount, CORP), (DomainController, CORP)],
    ids=lambda key: key[0].__name__,
)
def test_unread(judge: Judge, unread):
    assert judge(one_account, known(MINE) | {unread: GapReason.ACCESS_DENIED}, ONE).status is Status.UNKNOWN


def test_a_host_in_no_domain(judge: Judge):
    facts = known(MINE) | {(ComputerSystem, HV01): [system(HV01, joined=False)]}
    assert judge(one_account, facts, ONE).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(("way", "expected"), [("kerberos", Status.FAIL), ("certificate", Status.NOT_APPLICABLE)])
def test_replication(judge: Judge, way, expected):
    where = estate(hosts=(HV01,), routes=(), profiles=frozenset({Profile.REPLICA}), replica=Replica(authentication=way))
    assert judge(one_account, known(DISABLED), where).status is expected
