from __future__ import annotations

import pytest

from checks.delegation.account import MEMBERS
from checks.delegation.coverage import MIGRATION, Coverage, Form, coverage, shorten
from scanner.api import View
from scanner.facts.directory import ComputerAccount
from tests.checks.delegation.domain import ANY_PROTOCOL, COMPUTERS, OPEN, SERVICE, SIDS, account, both, known
from tests.conftest import BRANCH, HV01, HV02, HV11, evidence

SHORT, FULL = both(HV02)
ME, GROUP = SIDS[HV01], "S-1-5-21-1-1-1-2000"
THERE = "S-1-5-21-2-2-2-2000"
"""A group of the other domain, or a machine nobody knows."""


def judged(source: ComputerAccount, destination: ComputerAccount, to: str = HV02) -> Coverage:
    facts = known(source, destination, hosts=(HV01, to))
    return coverage(View(evidence(facts), MEMBERS), HV01, to, MIGRATION)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((SHORT, FULL), Form.BOTH),
        ((SHORT.upper(), FULL.lower()), Form.BOTH),
        ((f" {SHORT}  ", f"\t{FULL}\n"), Form.BOTH),
        ((SHORT,), Form.ONE),
        ((FULL,), Form.ONE),
        ((), Form.NONE),
        (both(HV11), Form.NONE),
        (("Microsoft  Virtual System Migration Service/HV02", f"{FULL}:6600"), Form.NONE),
        (("Virtual System Migration Service/HV02", f"{SERVICE} /HV02"), Form.NONE),
        (("Microsoft Virtual System Migrations Service/HV02", f"{SERVICE}/HV02/x"), Form.NONE),
        (("Microsoft Virtual Console Service/HV02", *both(HV02, "cifs")), Form.NONE),
        ((f"{SERVICE}/HV022", f"{SERVICE}/hv02.corp.example.org"), Form.NONE),
    ],
)
def test_listed_names(names, expected):
    assert judged(account(HV01, *names), account(HV02)).form is expected


@pytest.mark.parametrize(
    ("target", "groups", "expected"),
    [
        pytest.param(account(HV02, allowed=(ME,)), None, Form.RESOURCE, id="itself"),
        pytest.param(account(HV02, allowed=(GROUP,)), (GROUP,), Form.RESOURCE, id="its group"),
        pytest.param(account(HV02, allowed=("S-1-5-11",)), None, Form.RESOURCE, id="authenticated users"),
        pytest.param(account(HV02, allowed=(SIDS[HV11],)), None, Form.NONE, id="another machine"),
        pytest.param(account(HV02, allowed=(ME,), denied=(ME,)), None, Form.DENIED, id="deny wins"),
        pytest.param(account(HV02, allowed=(ME,), denied=(GROUP,)), (GROUP,), Form.DENIED, id="deny of a group wins"),
        pytest.param(account(HV02, allowed=(ME,), denied=("S-1-1-0",)), None, Form.DENIED, id="deny of everyone"),
        pytest.param(account(HV02, denied=(SIDS[HV11],), allowed=(ME,)), None, Form.RESOURCE, id="deny of another"),
    ],
)
def test_resource_based(target, groups, expected):
    found = judged(account(HV01, groups=groups), target)
    assert found.form is expected
    assert not found.unsettled


def test_one_name_and_resource_based_is_resource_based():
    assert judged(account(HV01, FULL), account(HV02, allowed=(ME,))).form is Form.RESOURCE


def test_one_name_stands_against_a_deny_entry():
    assert judged(account(HV01, FULL), account(HV02, denied=(ME,))).form is Form.ONE


def test_unconstrained_counts_only_alone_and_within_the_domain():
    assert judged(account(HV01, uac=OPEN), account(HV02)).form is Form.UNCONSTRAINED
    assert judged(account(HV01, uac=OPEN), account(HV11), HV11).form is Form.NONE
    assert judged(account(HV01, SHORT, FULL, uac=OPEN), account(HV02)).form is Form.BOTH


def test_across_domains_names_do_not_count():
    found = judged(account(HV01, *both(HV11), uac=ANY_PROTOCOL), account(HV11), HV11)
    assert (found.form, found.missing, found.local) == (Form.NONE, (), False)
    assert found.listed == both(HV11)
    assert judged(account(HV01, both(HV11)[0]), account(HV11), HV11).form is Form.NONE
    assert judged(account(HV01), account(HV11, allowed=(ME,)), HV11).form is Form.RESOURCE


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(account(HV01), account(HV11, allowed=(THERE,)), True, id="perhaps a group over there"),
        pytest.param(account(HV01), account(HV11, allowed=(ME, THERE)), False, id="named besides"),
        pytest.param(account(HV01), account(HV11, allowed=(ME,), denied=(THERE,)), True, id="perhaps denied by group"),
        pytest.param(account(HV01), account(HV11, allowed=(SIDS[HV11],)), False, id="a machine that is known"),
        pytest.param(account(HV01), account(HV11, allowed=(GROUP,)), False, id="its own domain's groups are known"),
        pytest.param(account(HV01), account(HV11), False, id="nobody named"),
    ],
)
def test_unsettled_across_domains(source, target, expected):
    assert judged(source, target, HV11).unsettled is expected


@pytest.mark.parametrize("sid", ["S-1-5-15", "S-1-5-32-545", "S-1-18-2"])
def test_an_identity_that_no_list_of_groups_tells_leaves_it_unsettled(sid):
    assert judged(account(HV01), account(HV02, allowed=(ME,), denied=(sid,))).unsettled
    assert judged(account(HV01), account(HV02, allowed=(sid,))).unsettled
    assert not judged(account(HV01, groups=(sid,)), account(HV02, allowed=(sid,))).unsettled


def test_unsettled_when_no_group_of_the_source_is_known():
    target = account(HV02, allowed=(GROUP,))
    assert judged(account(HV01, groups=()), target).unsettled
    assert not judged(account(HV01, groups=(COMPUTERS["corp.example"],)), target).unsettled


def test_seen_tells_both_lists():
    listed = ("host/HV02", "ldap/HV02/corp.example", "cifs/hv02.corp.example:445")
    found = judged(account(HV01, *both(HV11), *listed), account(HV02, denied=(ME,)))
    assert found.listed == listed
    assert found.seen == (
        "msDS-AllowedToDelegateTo of HV01: host/HV02, ldap/HV02/corp.example, cifs/hv02.corp.example:445; "
        "msDS-AllowedToActOnBehalfOfOtherIdentity of HV02: denies HV01"
    )
    assert len(judged(account(HV01, f"cifs/HV02/{'x' * 1_000_000}"), account(HV02)).seen) < 500
    assert "nothing of HV02; " in judged(account(HV01), account(HV02)).seen
    assert judged(account(HV01), account(HV02)).seen.endswith("HV02: not set")
    assert judged(account(HV01), account(HV02, allowed=(ME,))).seen.endswith("HV02: names HV01")
    assert judged(account(HV01), account(HV02, allowed=(SIDS[HV11],))).seen.endswith("HV02: does not name HV01")


def test_shorten():
    assert shorten(()) == ""
    assert shorten("abcdefghij") == "a, b, c, d, e, f, g, h, i, j"
    assert shorten("abcdefghijkl").endswith("i, j, and 2 more")
    assert len(shorten(["x" * 1_000_000])) == 201
    assert shorten(["x" * 200]) == "x" * 200
    assert BRANCH in shorten([BRANCH])
