from __future__ import annotations

from dataclasses import replace

import pytest

from checks.delegation.del_09_unique_names import unique_names
from scanner.api import GapReason, Route, Status
from scanner.facts.delegation import ServiceName, names_of, service_names
from scanner.facts.directory import ComputerAccount, DomainInfo
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import CREDSSP, SIDS, account, both, known, settings, system
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate

SPNS = (*both(HV02), *both(HV02, "HOST"))
MINE = account(HV02, spns=SPNS)
OLD_DN, OLD_SID = "CN=OLD,DC=corp,DC=example", "S-1-5-21-1-1-1-1900"
FAR_DN = "CN=APP,DC=apac,DC=corp,DC=example"
FOREST = {(DomainInfo, CORP): [DomainInfo(CORP, CORP, "DC=x", 7)]}


def catalogue(*held: tuple[str, str, str], but: tuple[str, ...] = (), spns=SPNS, host=HV02) -> list[ServiceName]:
    """What a catalogue tells of the names of one host: its own, and those that are told to be held besides."""
    rows = []
    for spn in service_names(*names_of(host)):
        found = {MINE.dn: MINE.sid} if spn in spns and spn not in but else {}
        found |= {dn: sid for name, dn, sid in held if name == spn}
        rows.append(ServiceName(spn, tuple(found), tuple(found.values())))
    return rows


def run(judge: Judge, rows=None, mine=MINE, facts=None, where=None):
    base = known(account(HV01), mine) | FOREST | {(MigrationSettings, HV01): [settings()]}
    base[ServiceName, CORP] = catalogue() if rows is None else rows
    return judge(unique_names, base | (facts or {}), where, subject=HV02)


def test_alone(judge: Judge):
    assert run(judge).status is Status.PASS


@pytest.mark.parametrize("spn", service_names(*names_of(HV02)))
@pytest.mark.parametrize("dn", [OLD_DN, FAR_DN])
def test_another_holder_anywhere_in_the_forest(judge: Judge, spn, dn):
    """cifs is on nobody's list but the other's: HOST stands for it, so that is a conflict, too."""
    finding = run(judge, catalogue((spn, dn, OLD_SID)))
    assert finding.status is Status.FAIL
    assert f"{dn} holds {spn}" in finding.seen
    assert finding.remedy.startswith("Find out which")


def test_a_holder_without_a_sid_is_another(judge: Judge):
    assert run(judge, catalogue((SPNS[0], "CN=S,DC=corp,DC=example", ""))).status is Status.FAIL


def test_a_holder_beyond_the_list_of_sids_is_another(judge: Judge):
    rows = [replace(row, holders=(*row.holders, OLD_DN)) for row in catalogue()]
    assert run(judge, rows).status is Status.FAIL


def test_the_account_under_another_place_is_the_same(judge: Judge):
    moved = [replace(row, holders=("CN=HV02,OU=New,DC=corp,DC=example",) * len(row.holders)) for row in catalogue()]
    assert run(judge, moved).status is Status.PASS


def test_the_account_before_it_joined_anew_is_another(judge: Judge):
    old = [replace(row, sids=(OLD_SID,) * len(row.sids)) for row in catalogue()]
    assert run(judge, old).status is Status.FAIL


def test_another_holds_it_in_place_of_the_host(judge: Judge):
    finding = run(judge, catalogue((SPNS[0], OLD_DN, OLD_SID), but=SPNS[:1]), account(HV02, spns=SPNS[1:]))
    assert (finding.status, finding.seen) == (Status.FAIL, f"{OLD_DN} holds {SPNS[0]}")


def test_names_that_nobody_holds_are_another_checks_matter(judge: Judge):
    assert run(judge, catalogue(spns=()), account(HV02)).status is Status.PASS


def test_case_and_spaces_do_not_matter(judge: Judge):
    mine = account(HV02, spns=tuple(f" {spn.upper()} " for spn in SPNS))
    rows = [replace(row, spn=row.spn.upper()) for row in catalogue()]
    assert run(judge, rows, mine).status is Status.PASS


@pytest.mark.parametrize("place", range(4))
def test_a_catalogue_that_lags_is_no_proof(judge: Judge, place):
    finding = run(judge, catalogue(but=(SPNS[place],)))
    assert finding.status is Status.UNKNOWN
    assert f"holds {SPNS[place]}, and the global catalogue does not know it yet" in finding.note


@pytest.mark.parametrize("place", range(6))
def test_a_name_that_was_not_asked_for_is_unknown(judge: Judge, place):
    rows = catalogue()
    del rows[place]
    assert run(judge, rows).status is Status.UNKNOWN


@pytest.mark.parametrize("reason", [GapReason.UNREACHABLE, GapReason.ACCESS_DENIED])
def test_what_one_domain_tells_is_no_proof(judge: Judge, reason):
    finding = run(judge, reason)
    assert finding.status is Status.UNKNOWN
    assert finding.note.startswith("ServiceName of corp.example")


def test_another_domain_of_the_forest_may_have_the_catalogue(judge: Judge):
    branch = {(DomainInfo, BRANCH): [DomainInfo(BRANCH, CORP, "DC=x", 7)], (ServiceName, BRANCH): catalogue()}
    assert run(judge, GapReason.UNREACHABLE, facts=branch).status is Status.PASS
    apart = branch | {(DomainInfo, BRANCH): [DomainInfo(BRANCH, BRANCH, "DC=x", 7)]}
    assert run(judge, GapReason.UNREACHABLE, facts=apart).status is Status.UNKNOWN


def test_each_catalogue_of_the_forest_is_heard(judge: Judge):
    facts = {(DomainInfo, BRANCH): [DomainInfo(BRANCH, CORP, "DC=x", 7)]}
    facts |= {(ServiceName, BRANCH): catalogue((SPNS[0], FAR_DN, OLD_SID))}
    assert run(judge, facts=facts).status is Status.FAIL


def test_another_forest_may_call_a_machine_the_same(judge: Judge):
    facts = {(DomainInfo, BRANCH): [DomainInfo(BRANCH, BRANCH, "DC=x", 7)]}
    facts |= {(ServiceName, BRANCH): catalogue((SPNS[0], "CN=HV02,DC=branch,DC=example", OLD_SID))}
    assert run(judge, facts=facts).status is Status.PASS


@pytest.mark.parametrize(("forest", "expected"), [(CORP, Status.UNKNOWN), (BRANCH, Status.PASS)])
def test_a_domain_tells_of_a_holder_that_the_catalogue_does_not(judge: Judge, forest, expected):
    other = replace(account(HV11, spns=SPNS[:1]), sid=SIDS[HV11])
    facts = {(DomainInfo, BRANCH): [DomainInfo(BRANCH, forest, "DC=x", 7)], (ComputerAccount, BRANCH): [other]}
    assert run(judge, facts=facts).status is expected
    if forest == CORP:
        told = {(ServiceName, BRANCH): catalogue((SPNS[0], other.dn.upper(), other.sid))}
        assert run(judge, facts=facts | told).status is Status.FAIL


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN),
        ({(DomainInfo, CORP): GapReason.TIMEOUT}, Status.UNKNOWN),
        ({(ComputerSystem, HV02): GapReason.TIMEOUT}, Status.UNKNOWN),
        ({(ComputerSystem, HV02): [system(HV02, joined=False)]}, Status.NOT_APPLICABLE),
    ],
)
def test_gaps(judge: Judge, facts, expected):
    assert run(judge, facts=facts).status is expected


def test_whom_it_is_for(judge: Judge):
    local = estate(remote_initiated=False)
    assert run(judge, facts={(MigrationSettings, HV01): [CREDSSP]}, where=local).status is Status.NOT_APPLICABLE
    idle = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV11),))
    assert run(judge, where=idle).status is Status.NOT_APPLICABLE


def test_a_source_is_found_by_its_names_too(judge: Judge):
    base = known(account(HV01), MINE) | FOREST | {(MigrationSettings, HV01): [settings()]}
    spn = both(HV01, "HOST")[0]
    rows = [ServiceName(n, (OLD_DN,) * (n == spn), (OLD_SID,) * (n == spn)) for n in service_names(*names_of(HV01))]
    assert judge(unique_names, base | {(ServiceName, CORP): rows}, None, subject=HV01).status is Status.FAIL
