"""What is asked of whom: facts that enabled checks need, and domains that only answers name."""

from __future__ import annotations

from scanner.api import Check, Estate, Fact, Scope, Severity, Who, check, passed, scopes
from scanner.collect.plan import needs_of
from scanner.collect.widening import beyond
from scanner.facts.directory import ComputerAccount, DomainInfo, Trust
from scanner.facts.host import ComputerSystem
from scanner.facts.keyfile import RegistrationKey
from scanner.facts.vm import VirtualMachineSettings
from tests.conftest import BRANCH, CORP, HV01, HV02, evidence


def a_check(*needs: type[Fact], scope: Scope = scopes.HOST) -> Check:
    made = check(
        id="X-01", title="t", severity=Severity.LOW, who=Who.HOST, scope=scope, seed="s", needs=needs, remedy="r"
    )
    return made(lambda _subject, _view: passed(""))


def test_the_machines_are_read_where_they_are_subjects():
    assert list(needs_of(a_check(ComputerSystem, scope=scopes.VM))) == [VirtualMachineSettings, ComputerSystem]
    assert list(needs_of(a_check(scope=scopes.VM_ROUTE))) == [VirtualMachineSettings]
    assert list(needs_of(a_check(ComputerSystem))) == [ComputerSystem]


def member(domain: str, *, joined: bool = True) -> ComputerSystem:
    return ComputerSystem("HV", "hv", domain, joined, 3 if joined else 2)


ROOT = "root.example"
HERE = {
    (ComputerSystem, HV01): [member(BRANCH)],
    (ComputerSystem, HV02): [member("WORKGROUP", joined=False)],
    (DomainInfo, CORP): [DomainInfo(CORP, ROOT, "DC=corp,DC=example", 7)],
    (Trust, CORP): [Trust(BRANCH, "BRANCH", 3, 2, 8)],
}
TWO = Estate(hosts=(HV01, HV02))


def more(*needs: type[Fact], facts=HERE):
    """Who is asked besides, and who is not."""
    found = beyond([a_check(*needs)], evidence(facts, TWO), follows_trusts=True)
    return {want.target: want.facts for want in found.wants}, set(found.left)


def test_a_domain_is_asked_what_checks_need_of_a_domain():
    asked = (DomainInfo, Trust)
    assert more(ComputerSystem, DomainInfo, Trust, RegistrationKey) == ({BRANCH: asked, ROOT: asked}, set())


def test_nothing_of_a_domain_is_needed():
    assert more(ComputerSystem, RegistrationKey) == ({}, set())


def test_the_root_of_a_forest_is_asked_only_for_what_a_root_knows():
    assert more(ComputerAccount) == ({BRANCH: (ComputerAccount,)}, set())
    assert set(more(ComputerAccount, Trust)[0]) == {BRANCH, ROOT}
    assert set(more(ComputerAccount, DomainInfo)[0]) == {BRANCH, ROOT}


def test_a_domain_of_which_something_was_read_is_not_asked_again():
    read = HERE | {(Trust, BRANCH): []}
    assert more(DomainInfo, Trust, facts=read) == ({ROOT: (DomainInfo, Trust)}, {BRANCH})


def test_a_host_that_names_no_domain_makes_none():
    nameless = HERE | {(ComputerSystem, HV01): [member("")], (DomainInfo, CORP): []}
    assert more(Trust, facts=nameless) == ({}, set())
