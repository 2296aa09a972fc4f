"""Which accounts a host may mean by a name that an answer tells."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from checks.delegation.account import MEMBERS, member
from checks.delegation.named import accounts_called, domains_of, is_domain, names_of
from scanner.api import View
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from tests.checks.delegation.domain import account, known
from tests.conftest import BRANCH, CORP, HV01, estate, evidence

FS = "fs01.corp.example"


def named(host: str, **words) -> NamedAccount:
    row = account(host, **words)
    return NamedAccount(**{field.name: getattr(row, field.name) for field in fields(row)})


def view(*found: NamedAccount, told_by: str = CORP) -> View:
    facts = known(account(HV01), hosts=(HV01,)) | {(ComputerAccount, BRANCH): []}
    facts |= {(NamedAccount, CORP): [], (NamedAccount, BRANCH): []} | {(NamedAccount, told_by): list(found)}
    return View(evidence(facts, estate(domains=(CORP, BRANCH))), {*MEMBERS, NamedAccount})


@pytest.mark.parametrize(
    ("row", "server", "found"),
    [
        pytest.param(named(FS), FS, True, id="its full name"),
        pytest.param(named(FS), f"{FS.upper()}.", True, id="in capitals, with the dot of the root"),
        pytest.param(named(FS, dns=f"{FS.upper()}."), FS, True, id="the account has both"),
        pytest.param(named(FS, dns=""), FS, True, id="by the name that it signs in by, in its own domain"),
        pytest.param(named(FS, dns=""), "FS01", True, id="by that alone"),
        pytest.param(named(FS, dns=""), "fs01.branch.example", False, id="of another domain"),
        pytest.param(named(FS, dns="", sam="OTHER$", spns=("HOST/files",)), "files", True, id="HOST of its own"),
        pytest.param(named(FS, dns="", sam="OTHER$", spns=(" CIFS/files ",)), "files", True, id="cifs of its own"),
        pytest.param(named(FS, dns="", sam="OTHER$", spns=("http/files",)), "files", False, id="another class"),
        pytest.param(named("fs01.branch.example", dns=""), "fs01", False, id="a namesake elsewhere"),
    ],
)
def test_whom_a_name_means(row, server, found):
    here = view(row, told_by=CORP if row.dn.endswith("corp,DC=example") else BRANCH)
    assert [one.account for one in accounts_called(here, member(here, HV01), server)] == [row] * found


def test_a_domain_may_be_asked_by_its_name_within_windows():
    row = named(FS)
    here = view(row, told_by="corp")
    assert [one.account for one in accounts_called(here, member(here, HV01), FS)] == [row]
    there = view(row, told_by="dc1.corp.example")
    assert accounts_called(there, member(there, HV01), FS) == (), "what a single controller tells is not among it"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fs01", (CORP,)),
        (FS, (CORP,)),
        ("fs01.branch.example", (CORP, BRANCH)),
        ("FS01.Branch.Example.", (CORP, BRANCH)),
        ("fs01.third.example", (CORP,)),
    ],
)
def test_where_a_name_is_looked_for(name, expected):
    assert domains_of(view(), CORP, name) == expected


@pytest.mark.parametrize(
    ("server", "expected"),
    [(CORP, True), ("CORP.example.", True), ("corp", True), (BRANCH, True), ("branch", False), (FS, False)],
)
def test_what_is_a_domains_name(server, expected):
    here = view()
    assert is_domain(here, member(here, HV01), server) is expected


def test_every_name_of_an_account():
    row = replace(account(FS), spns=("cifs/Files", "HOST/FS01", "http/web", "cifs"), dns_name="FS01.Corp.Example.")
    assert names_of(row) == {"files", "fs01", "fs01.corp.example", "fs01$"}
    assert names_of(replace(row, dns_name="")) == {"files", "fs01", "fs01$"}
