from __future__ import annotations

from dataclasses import replace

import pytest

from checks.delegation.account import MEMBERS, Accounts, dns_domain, find, member
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DnsSuffix
from tests.checks.delegation.domain import account, known, system
from tests.conftest import CORP, HV01, HV02, evidence

MINE = account(HV01)
HV01_SYSTEM = system(HV01)
TWIN = account(HV01, sam="HV01-OLD$", dns="")
WORK_GROUP = ComputerSystem("HV01", "hv01", CORP, part_of_domain=False, domain_role=2)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([account(HV02), MINE], MINE, id="among others"),
        pytest.param([MINE, MINE], MINE, id="told twice"),
        pytest.param([a := account(HV01, dns="")], a, id="no DNS name: by account name"),
        pytest.param([a := account(HV01, sam="hv01$")], a, id="case"),
        pytest.param([a := account(HV01, dns="HV01.corp.example."), TWIN], a, id="trailing dot, beside another"),
        pytest.param([account(HV01, sam="$DUPLICATE-1$"), MINE], MINE, id="a conflict object beside it"),
        pytest.param([account(HV02)], None, id="not there"),
        pytest.param([], None, id="none"),
    ],
)
def test_find(rows, expected):
    assert find(Accounts.of(rows), HV01_SYSTEM, HV01) == expected


def test_two_claim_to_be_the_host():
    with pytest.raises(MissingEvidence, match="2 computer accounts claim"):
        find(Accounts.of([account(HV01, sam="OTHER$"), account(HV01, dns="elsewhere.example")]), HV01_SYSTEM, HV01)
    rooted = account(HV01, sam="OTHER$", dns="HV01.corp.example.")
    for host in (HV01, "HV01.corp.example."):
        with pytest.raises(MissingEvidence, match="2 computer accounts claim"):
            find(Accounts.of([rooted, account(HV01, dns="")]), HV01_SYSTEM, host)


def test_a_machine_that_tells_its_full_name_as_its_host_name_is_called_by_the_label():
    facts = known(account(HV01)) | {(ComputerSystem, HV01): [replace(HV01_SYSTEM, dns_host_name="HV01.corp.example")]}
    assert member(View(evidence(facts), MEMBERS), HV01).fqdn == HV01


@pytest.mark.parametrize("others", [[], [account(HV02)]])
def test_an_account_of_the_dns_name_alone_is_not_what_the_machine_signs_in_as(others):
    with pytest.raises(MissingEvidence, match=r"CN=HV01,DC=corp,DC=example is called HV01-OLD\$"):
        find(Accounts.of([account(HV01, sam="HV01-OLD$"), *others]), HV01_SYSTEM, HV01)


def test_an_account_that_was_not_read_whole_is_nobodys():
    torn = replace(MINE, unread="its list is cut")
    with pytest.raises(MissingEvidence, match="CN=HV01,DC=corp,DC=example could not be read whole: its list is cut"):
        find(Accounts.of([torn, account(HV02)]), HV01_SYSTEM, HV01)
    assert find(Accounts.of([MINE, replace(account(HV02), unread="torn")]), HV01_SYSTEM, HV01) == MINE


def test_a_suffix_alone_is_no_full_name():
    facts = known(account(HV01, dns="")) | {(ComputerSystem, HV01): [replace(HV01_SYSTEM, dns_host_name="")]}
    facts[DnsSuffix, HV01] = [DnsSuffix("corp.example", "corp.example")]
    with pytest.raises(MissingEvidence, match="tells no full name"):
        member(View(evidence(facts), MEMBERS), HV01)


def test_long_name_is_cut_in_the_short_form():
    name = "hv-production-node-01.corp.example"
    facts = known(account(name, sam="HV-PRODUCTION-N$"), hosts=(name,))
    facts[ComputerSystem, name] = [system(name, "HV-PRODUCTION-N")]
    found = member(View(evidence(facts), MEMBERS), name)
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
        member(View(evidence(facts), MEMBERS), HV01)


@pytest.mark.parametrize(
    ("dns", "suffix", "expected"),
    [
        pytest.param(HV01, ["other.example"], HV01, id="the account's, whatever the machine has"),
        pytest.param("HV01.Prod.Example.", ["x.example"], "hv01.prod.example", id="the account's, another suffix"),
        pytest.param("hv01.prod.example", GapReason.TIMEOUT, "hv01.prod.example", id="the account's, suffix unread"),
        pytest.param("hv01.prod.example", [""], "hv01.prod.example", id="the account's, and the machine has none"),
        pytest.param("hv01.prod.example", ["Corp.example."], None, id="machine and estate agree on another suffix"),
        pytest.param("hv01b.corp.example", ["corp.example"], None, id="another host name than the machine's"),
        pytest.param("hv01b.corp.example", GapReason.TIMEOUT, None, id="another host name, and no suffix"),
        pytest.param(HV01, GapReason.TIMEOUT, HV01, id="the account's needs no suffix"),
        pytest.param("", ["Prod.Example."], "hv01.prod.example", id="none there: the machine's suffix, not its domain"),
        pytest.param("", [""], None, id="none at all"),
        pytest.param("", GapReason.ACCESS_DENIED, None, id="none there, and the suffix was not read"),
    ],
)
def test_the_full_name(dns, suffix, expected):
    facts = known(account(HV01, dns=dns))
    facts[DnsSuffix, HV01] = suffix if isinstance(suffix, GapReason) else [DnsSuffix(suffix[0], "stored.example")]
    if suffix == [""]:
        facts[DnsSuffix, HV01] = [DnsSuffix(None, " ")]
    view = View(evidence(facts), MEMBERS)
    if expected is None:
        with pytest.raises(MissingEvidence):
            member(view, HV01)
    else:
        assert member(view, HV01).spns("cifs") == ("cifs/HV01", f"cifs/{expected}")


def test_a_machine_that_tells_no_host_name_contradicts_none():
    facts = known(account(HV01)) | {(ComputerSystem, HV01): [replace(HV01_SYSTEM, dns_host_name="")]}
    assert member(View(evidence(facts), MEMBERS), HV01).fqdn == HV01


def test_a_suffix_that_waits_for_the_next_start_counts_where_there_is_none_yet():
    assert DnsSuffix(None, "Prod.example").name == DnsSuffix("", "prod.example.").name == "prod.example"
    assert DnsSuffix("corp.example", "prod.example").name == "corp.example"


@pytest.mark.parametrize(
    ("dn", "expected"),
    [
        ("CN=HV01,OU=Hosts,DC=corp,DC=example", "corp.example"),
        ("cn=hv01, dc=Corp, dc=Example", "corp.example"),
        ("CN=HV01", ""),
    ],
)
def test_the_domain_of_an_account(dn, expected):
    assert dns_domain(dn) == expected
