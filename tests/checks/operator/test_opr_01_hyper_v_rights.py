from __future__ import annotations

import pytest

from checks.operator.opr_01_hyper_v_rights import hyper_v_rights, questions
from scanner.api import GapReason, Route, Status, Subject, View, scopes
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
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, evidence

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
        pytest.param(
            {"there": groups(ADMINISTRATORS), "windows_": windows(9200)}, Status.UNKNOWN, id="nor in Windows 2012"
        ),
        pytest.param(
            {"there": groups(HYPER_V), "hyper_v": [member(HYPER, SID)]}, Status.PASS, id="no group of administrators"
        ),
        pytest.param(
            {"there": groups(HYPER_V), "administrators": [member(ADMIN, SID)]},
            Status.UNKNOWN,
            id="members of a group that is not shown",
        ),
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


@pytest.mark.parametrize(
    "sid",
    ["S-1-2-0", "S-1-2-1", "S-1-5-2", "S-1-5-3", "S-1-5-4", "S-1-5-14", "S-1-5-15", "S-1-18-1"],
)
def test_who_is_one_by_his_way_to_sign_in_may_be_in_the_group(judge: Judge, sid):
    """LOCAL, CONSOLE LOGON, NETWORK, BATCH, INTERACTIVE, REMOTE INTERACTIVE, This Organization, asserted identity."""
    facts = known(administrators=[WITNESS], hyper_v=[WITNESS, member(HYPER, sid)])
    finding = run(judge, facts)
    assert finding.status is Status.UNKNOWN
    assert "depends on how he signs in" in finding.note


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


def test_on_a_controller_of_another_domain_the_groups_of_his_own_controllers_are_not_its(judge: Judge):
    controller, his = windows(kind=ProductType.DOMAIN_CONTROLLER), [ops(group_sids=(GROUP, HYPER_V))]
    words = {"windows_": controller, "account": his, "domain": BRANCH, "elsewhere": ()}
    assert run(judge, known(**words), domains=(CORP, BRANCH)).status is Status.FAIL
    words["elsewhere"] = [OperatorElsewhere(SID, (HYPER_V,))]
    assert run(judge, known(**words), domains=(CORP, BRANCH)).status is Status.PASS


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
    three = (CORP, BRANCH, "third.example")
    assert run(judge, beside, domains=three).status is Status.PASS
    assert run(judge, beside, domains=three, routes=(Route(HV02, HV01),)).status is Status.PASS
    far = (
        known(**mine, domain=BRANCH) | {(OperatorAccount, "third.example"): [strange]} | {(ComputerSystem, HV02): GONE}
    )
    assert run(judge, far, domains=three).status is Status.UNKNOWN


def test_groups_that_hold_another_operator_hold_nobody_else(judge: Judge):
    rows = [OperatorElsewhere(f"{DOMAIN}-1999", (f"{OTHER}-77",))]
    facts = known(domain=BRANCH, administrators=[member(ADMIN, f"{OTHER}-77"), WITNESS], elsewhere=rows)
    assert run(judge, facts, domains=(CORP, BRANCH)).status is Status.FAIL


THIRD = "third.example"
STRANGE = ops(sid=f"{OTHER}-1", dn="CN=ops,DC=third,DC=example")
MINE = {"administrators": [member(ADMIN, SID)], "elsewhere": ()}


def test_a_directory_that_was_not_read_hides_no_account_of_another(judge: Judge):
    facts = known(**MINE) | {(OperatorAccount, BRANCH): GONE}
    assert run(judge, facts, domains=(CORP, BRANCH)).status is Status.PASS


@pytest.mark.parametrize(
    ("beside", "routes"),
    [
        pytest.param(
            ComputerSystem("HV02", "hv02", CORP, False, 2), (Route(HV01, HV02),), id="a work group of that name"
        ),
        pytest.param(system(HV02), (Route(HV02, HV11),), id="a host to which nothing moves from here"),
    ],
)
def test_which_of_two_accounts_is_meant_tells_no_host_that_is_not_beside_it(judge: Judge, beside, routes):
    facts = known(**MINE, domain=BRANCH) | {(OperatorAccount, THIRD): [STRANGE], (ComputerSystem, HV02): [beside]}
    facts[ComputerSystem, HV11] = GONE
    routes = (*routes, Route(HV01, HV11))
    found = run(judge, facts, domains=(CORP, BRANCH, THIRD), hosts=(HV01, HV02, HV11), routes=routes)
    assert found.status is Status.UNKNOWN
    assert "may mean" in found.note


def test_a_name_with_its_domain_behind_it_means_no_nearer_one(judge: Judge):
    """Of DOMAIN\\name alone the nearer domain is meant; another spelling that two domains show is none's."""
    full = "ops@corp.example"
    rows = {
        (OperatorAccount, domain): [ops(full, dn=f"CN=ops,DC={domain[:-8]},DC=example")] for domain in (CORP, THIRD)
    }
    words = {"domains": (CORP, THIRD), "operators": (full,)}
    facts = known(**MINE) | rows
    assert judge(hyper_v_rights, facts, where(**words), subject=f"{full}/{HV01}").status is Status.UNKNOWN


def test_a_work_group_has_no_directory_to_ask():
    assert not [ask for ask in asked(known(joined=False)) if ask.fact is OperatorElsewhere]
