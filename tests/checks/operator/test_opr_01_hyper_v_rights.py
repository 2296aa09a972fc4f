from __future__ import annotations

import pytest

from checks.operator.opr_01_hyper_v_rights import hyper_v_rights, questions
from scanner.api import GapReason, Status, Subject, View, scopes
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from scanner.facts.local_group import (
    ADMINISTRATORS,
    HYPER_V,
    Administrator,
    HyperVAdministrator,
    LocalGroup,
    RemoteManagementUser,
)
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from tests.checks.operator.people import (
    DOMAIN,
    GONE,
    GROUP,
    LOCAL,
    OPS,
    OTHER,
    SID,
    USERS,
    WITNESS,
    groups,
    known,
    member,
    ops,
    system,
    where,
    windows,
)
from tests.conftest import BRANCH, CORP, HV01, HV02, Judge, evidence

ON_HV01 = f"{OPS}/{HV01}"
ADMIN, HYPER = Administrator, HyperVAdministrator


def run(judge: Judge, facts, **words):
    return judge(hyper_v_rights, facts, where(**words), subject=ON_HV01)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"administrators": [LOCAL, member(ADMIN, SID)]}, Status.PASS, id="himself an administrator"),
        pytest.param({"administrators": [member(ADMIN, GROUP)]}, Status.PASS, id="by a group, nested"),
        pytest.param({"administrators": [LOCAL], "hyper_v": [member(HYPER, SID)]}, Status.PASS, id="of Hyper-V"),
        pytest.param({"hyper_v": [member(HYPER, USERS)]}, Status.PASS, id="by the primary group"),
        pytest.param({"hyper_v": [member(HYPER, "S-1-5-11")]}, Status.PASS, id="Authenticated Users"),
        pytest.param({"hyper_v": [member(HYPER, "S-1-1-0")]}, Status.PASS, id="Everyone"),
        pytest.param({"administrators": GONE, "hyper_v": [member(HYPER, SID)]}, Status.PASS, id="one list is enough"),
        pytest.param({"there": groups(ADMINISTRATORS), "administrators": [member(ADMIN, SID)]}, Status.PASS, id="none"),
        pytest.param({}, Status.FAIL, id="neither"),
        pytest.param({"hyper_v": [member(HYPER, f"{DOMAIN}-1699")]}, Status.FAIL, id="others"),
        pytest.param({"hyper_v": [member(HYPER, "S-1-5-32-545")]}, Status.FAIL, id="a group of his controllers"),
        pytest.param({"administrators": [LOCAL]}, Status.UNKNOWN, id="nobody of his domain is shown"),
        pytest.param({"administrators": [member(ADMIN, f"{OTHER}-512")]}, Status.UNKNOWN, id="only another domain's"),
        pytest.param({"administrators": [WITNESS, member(ADMIN, None)]}, Status.UNKNOWN, id="one without a SID"),
        pytest.param({"hyper_v": [member(HYPER, "S-1-5-4", "INTERACTIVE")]}, Status.UNKNOWN, id="by sign-in"),
        pytest.param({"there": groups(ADMINISTRATORS)}, Status.UNKNOWN, id="no group of Hyper-V"),
        pytest.param({"there": GONE}, Status.UNKNOWN, id="groups unread"),
        pytest.param({"hyper_v": GONE}, Status.UNKNOWN, id="members of Hyper-V unread"),
        pytest.param({"administrators": GONE}, Status.UNKNOWN, id="administrators unread"),
        pytest.param({"account": GONE}, Status.UNKNOWN, id="directory unread"),
        pytest.param({"account": ()}, Status.UNKNOWN, id="no such account"),
        pytest.param({"account": [ops(), ops(dn="CN=x", sid=f"{OTHER}-1")]}, Status.UNKNOWN, id="two of the name"),
        pytest.param({"account": [ops(unread="tokenGroups: refused")]}, Status.UNKNOWN, id="groups of his unread"),
        pytest.param({"account": [ops("CORP\\else")]}, Status.UNKNOWN, id="another operator's account"),
        pytest.param({"joined": False}, Status.NOT_APPLICABLE, id="a host in no domain"),
    ],
)  # fmt: skip
def test_membership(judge: Judge, facts, expected):
    assert run(judge, known(**facts)).status is expected


@pytest.mark.parametrize("fact", [ComputerSystem, OperatingSystem, LocalGroup])
def test_what_is_missing_is_no_verdict(judge: Judge, fact):
    assert run(judge, known() | {(fact, HV01): GapReason.ACCESS_DENIED}).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("elsewhere", "members", "expected"),
    [
        pytest.param((), [member(ADMIN, SID)], Status.PASS, id="directly"),
        pytest.param(GONE, [member(ADMIN, GROUP)], Status.PASS, id="directly, whatever the other domain says"),
        pytest.param((f"{OTHER}-77",), [member(ADMIN, f"{OTHER}-77")], Status.PASS, id="by a group there"),
        pytest.param((), [member(ADMIN, f"{OTHER}-77"), WITNESS], Status.FAIL, id="a group that does not hold him"),
        pytest.param((), [member(ADMIN, f"{OTHER}-77")], Status.UNKNOWN, id="and nobody of his domain is shown"),
        pytest.param(GONE, [member(ADMIN, f"{OTHER}-77"), WITNESS], Status.UNKNOWN, id="nobody knows whom it holds"),
    ],
)  # fmt: skip
def test_an_operator_of_another_domain(judge: Judge, elsewhere, members, expected):
    rows = elsewhere if isinstance(elsewhere, GapReason) else [OperatorElsewhere(SID, elsewhere)] if elsewhere else ()
    facts = known(domain=BRANCH, administrators=members, elsewhere=rows)
    assert run(judge, facts, domains=(CORP, BRANCH)).status is expected


def test_what_the_other_domain_could_not_read_is_a_doubt(judge: Judge):
    rows = [OperatorElsewhere(SID, (), "groups: refused")]
    facts = known(domain=BRANCH, elsewhere=rows)
    assert run(judge, facts, domains=(CORP, BRANCH)).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("sids", "expected"), [((GROUP, HYPER_V), Status.PASS), ((ADMINISTRATORS,), Status.PASS), ((GROUP,), Status.FAIL)]
)
def test_on_a_controller_the_groups_are_the_domains(judge: Judge, sids, expected):
    controller = windows(kind=ProductType.DOMAIN_CONTROLLER)
    facts = known(windows_=controller, account=[ops(group_sids=sids)], there=GONE, administrators=GONE, hyper_v=GONE)
    finding = run(judge, facts)
    assert finding.status is expected
    assert "Invoke-Command" not in finding.remedy


@pytest.mark.parametrize(("build", "command"), [(14393, True), (9600, False)])
def test_the_remedy_is_one_the_release_has(judge: Judge, build, command):
    remedy = run(judge, known(windows_=windows(build))).remedy
    assert ("Add-LocalGroupMember -SID S-1-5-32-578 -Member 'CORP\\ops'" in remedy) is command


def test_where_no_route_leads_and_where_nobody_is_named(judge: Judge):
    assert run(judge, known(), routes=()).status is Status.NOT_APPLICABLE
    assert judge(hyper_v_rights, known(), where(operators=())).status is Status.NOT_APPLICABLE


def asked(facts, host: str = HV01, **words):
    view = View(evidence(facts, where(**words)), hyper_v_rights.needs)
    return list(questions(Subject(scopes.OPERATOR_HOST, (OPS, host)), view))


def test_members_are_asked_by_the_machines_own_names():
    found = asked(known())
    assert [(ask.fact, ask.argument) for ask in found] == [
        (Administrator, "HV01\\Administratoren"),
        (HyperVAdministrator, "HV01\\Hyper-V-Administratoren"),
    ]
    assert RemoteManagementUser not in {ask.fact for ask in found}


def test_no_other_machines_group_is_asked_for():
    assert asked(known(there=groups(domain="CORP"))) == []
    assert (
        asked(known(there=[LocalGroup(HYPER_V, 'x"} WHERE', "HV01"), LocalGroup(ADMINISTRATORS, "a\nb", "HV01")])) == []
    )


def test_the_hosts_domain_is_asked_about_an_operator_of_another():
    (ask,) = (a for a in asked(known(domain=BRANCH), domains=(CORP, BRANCH)) if a.fact is OperatorElsewhere)
    assert ask.target == BRANCH
    assert ask.argument.split("\n") == [
        SID, GROUP, USERS, "S-1-5-32-545", "CN=ops,DC=corp,DC=example", "CN=movers,DC=corp,DC=example",
    ]  # fmt: skip


def test_a_finding_bears_on_the_hosts_moves(judge: Judge):
    facts = known() | {(ComputerSystem, HV02): [system(HV02)]}
    finding = run(judge, facts)
    assert finding.subject.host == HV01
    assert finding.bears == scopes.OPERATOR_HOST.bearing(finding.subject)
    assert (OperatorAccount, CORP) in facts


def test_of_two_accounts_of_one_name_it_is_the_nearer(judge: Judge):
    """Unrelated domains may bear one NetBIOS name; the host's own, then that of a host beside it, is meant."""
    strange = ops(sid=f"{OTHER}-1", dn="CN=ops,DC=branch,DC=example")
    mine = {"administrators": [member(ADMIN, SID)], "elsewhere": ()}
    facts = known(**mine) | {(OperatorAccount, BRANCH): [strange]}
    assert run(judge, facts, domains=(CORP, BRANCH)).status is Status.PASS
    beside = known(**mine, domain=BRANCH) | {(OperatorAccount, "third.example"): [strange]}
    assert run(judge, beside, domains=(CORP, BRANCH, "third.example")).status is Status.PASS
    far = (
        known(**mine, domain=BRANCH) | {(OperatorAccount, "third.example"): [strange]} | {(ComputerSystem, HV02): GONE}
    )
    assert run(judge, far, domains=(CORP, BRANCH, "third.example")).status is Status.UNKNOWN


def test_groups_that_hold_another_operator_hold_nobody_else(judge: Judge):
    rows = [OperatorElsewhere(f"{DOMAIN}-1999", (f"{OTHER}-77",))]
    facts = known(domain=BRANCH, administrators=[member(ADMIN, f"{OTHER}-77"), WITNESS], elsewhere=rows)
    assert run(judge, facts, domains=(CORP, BRANCH)).status is Status.FAIL
