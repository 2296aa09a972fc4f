from __future__ import annotations

import pytest

from checks.reach.rch_05_firewall_rule import firewall_rule
from scanner.api import Fact, GapReason, Route, Status
from scanner.facts.firewall import FirewallProfile, FirewallRule, PolicyFirewallProfile, PolicyFirewallRule
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationNetwork, MigrationService, VMHost
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import ConnectionProfile, EndpointProbe, IPAddress, NetworkAdapter
from scanner.judge.judging import asks_of
from tests.checks.common.builders import ANY, GONE, adapter, address, module, neighbour, network, probe
from tests.checks.common.test_firewall import ALLOW, BLOCK, OFF, RUNS, STOPPED, policy_rule, profiles, rule, setting
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

BUILT_IN = "VIRT-MIGL-In-TCP-NoScope"
ON = rule(ALLOW, BUILT_IN)
SWITCHED_OFF = rule(OFF, BUILT_IN)
A, B = "10.20.0.6", "10.30.0.6"
OK, NO, RST = "Connected", "TimedOut", "Refused"
COMMAND = f"Enable-NetFirewallRule -CimSession 'hv02.corp.example' -Name '{BUILT_IN}'"
Known = dict[tuple[type[Fact], str], object]


def facts(*rules, tried=None, category=1, there=(f"{A}/24",), rows=None, **changes):
    """hv01 at 10.20.0.5 and hv02; attempts by address."""
    known: Known = {
        (MigrationNetwork, HV02): [network("10.20.0.0/24"), network("10.30.0.0/24")] if rows is None else rows,
        (VMHost, HV02): [module(any_network=rows is ANY)],
        (MigrationService, HV02): [MigrationService((A, B))],
        (IPAddress, HV01): [address("10.20.0.5/24")],
        (IPAddress, HV02): [address(text, interface=7 if "10.20." in text else 9) for text in there],
        (NetworkAdapter, HV01): [adapter()],
        (NetworkAdapter, HV02): [adapter(), adapter(9)],
        (FirewallRule, HV02): [r for r in rules or [ON] if isinstance(r, FirewallRule)],
        (PolicyFirewallRule, HV02): [r for r in rules if isinstance(r, PolicyFirewallRule)],
        (FirewallProfile, HV02): profiles(),
        (PolicyFirewallProfile, HV02): [],
        (Service, HV02): RUNS,
        (ConnectionProfile, HV02): [] if category is None else [ConnectionProfile(i, category, 1, 1) for i in (7, 9)],
        (EndpointProbe, HV01): [
            probe(f"{text}:6600", how, local="10.20.0.5", remote=text) for text, how in (tried or {}).items()
        ],
    }
    named = {
        "service": (MigrationService, HV02),
        "firewall": (Service, HV02),
        "settings": (FirewallProfile, HV02),
        "policies": (PolicyFirewallProfile, HV02),
        "policy_rules": (PolicyFirewallRule, HV02),
        "unread": (FirewallRule, HV02),
        "categories": (ConnectionProfile, HV02),
        "probes": (EndpointProbe, HV01),
        "here": (IPAddress, HV01),
        "own": (IPAddress, HV02),
        "listed": (MigrationNetwork, HV02),
        "flag": (VMHost, HV02),
    }
    return known | {named[name]: value for name, value in changes.items()}


BLOCKED = policy_rule(BLOCK, "{1}")
DOMAIN_ONLY = rule(ALLOW + "Profile=Domain|", BUILT_IN)
FROM_ELSEWHERE = rule(ALLOW + "RA4=10.99.0.0/16|", BUILT_IN)
OTHER_PROGRAM = rule(ALLOW.replace("vmms.exe", "vmwp.exe"), BUILT_IN)
OTHER_SERVICE = rule(ALLOW.replace("Svc=vmms", "Svc=vmcompute"), BUILT_IN)
OTHER_PORT = rule(ALLOW.replace("6600", "6601"), BUILT_IN)


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        pytest.param(facts(), Status.PASS, BUILT_IN, id="active, nobody tried"),
        pytest.param(facts(tried={A: OK}), Status.PASS, "connects", id="active, connects"),
        pytest.param(facts(SWITCHED_OFF), Status.FAIL, "no active rule", id="switched off"),
        pytest.param(facts(SWITCHED_OFF, tried={A: NO}), Status.FAIL, "no active rule", id="switched off, no answer"),
        pytest.param(facts(SWITCHED_OFF, tried={A: OK}), Status.PASS, "outweighs", id="switched off, connects"),
        pytest.param(facts(ON, BLOCKED, tried={A: OK}), Status.PASS, "outweighs", id="blocked, connects"),
        pytest.param(facts(ON, BLOCKED), Status.FAIL, "{1}", id="blocked by a policy"),
        pytest.param(facts(ON, tried={A: NO}), Status.UNKNOWN, "RCH-01", id="active, and no answer"),
        pytest.param(facts(ON, tried={A: RST}), Status.PASS, BUILT_IN, id="active, refused: for RCH-01"),
        pytest.param(
            facts(ON, tried={A: NO}, service=[MigrationService(())]), Status.PASS, BUILT_IN, id="nobody listens there"
        ),
        pytest.param(facts(ON, tried={A: NO}, service=GONE), Status.UNKNOWN, "RCH-01", id="whether is not known"),
        pytest.param(facts(ON, tried={A: NO}, service=[]), Status.UNKNOWN, "RCH-01", id="nor is it told"),
        pytest.param(facts(ON, probes=GONE), Status.PASS, BUILT_IN, id="probes unread"),
        pytest.param(facts(rule(ALLOW, "MyOwn")), Status.PASS, "MyOwn", id="another rule"),
        pytest.param(facts(DOMAIN_ONLY), Status.FAIL, "profile Private", id="another profile"),
        pytest.param(facts(DOMAIN_ONLY, category=2), Status.PASS, "profile Domain", id="its profile"),
        pytest.param(facts(DOMAIN_ONLY, category=0), Status.FAIL, "profile Public", id="public"),
        pytest.param(facts(category=0), Status.PASS, "profile Public", id="public, every profile"),
        pytest.param(facts(category=None), Status.PASS, BUILT_IN, id="no profile, every profile"),
        pytest.param(facts(DOMAIN_ONLY, category=None), Status.UNKNOWN, "profile P", id="no profile, one profile"),
        pytest.param(facts(SWITCHED_OFF, category=None), Status.FAIL, "no active", id="no profile, no rule"),
        pytest.param(facts(category=3), Status.UNKNOWN, "category 3", id="a category nobody knows"),
        pytest.param(facts(category=3, tried={A: OK}), Status.PASS, "connects", id="likewise, connects"),
        pytest.param(facts(FROM_ELSEWHERE), Status.FAIL, "no active rule", id="for other sources"),
        pytest.param(facts(OTHER_PORT), Status.FAIL, "no active rule", id="for another port"),
        pytest.param(facts(OTHER_PROGRAM), Status.FAIL, "no active rule", id="for another program"),
        pytest.param(facts(OTHER_SERVICE), Status.FAIL, "no active rule", id="for another service"),
        pytest.param(facts(SWITCHED_OFF, settings=profiles(enabled=0)), Status.PASS, "is off", id="off"),
        pytest.param(facts(SWITCHED_OFF, firewall=STOPPED), Status.PASS, "stopped", id="stopped"),
        pytest.param(facts(settings=profiles(no_exceptions=1)), Status.FAIL, "keeps out all", id="shields up"),
        pytest.param(
            facts(policies=[setting("PrivateProfile", merges=0)]), Status.FAIL, "leaves out", id="own left out"
        ),
        pytest.param(facts(unread=GapReason.ACCESS_DENIED), Status.UNKNOWN, "FirewallRule", id="rules unread"),
        pytest.param(facts(unread=GONE, tried={A: OK}), Status.PASS, "connects", id="rules unread, connects"),
        pytest.param(facts(settings=GONE), Status.UNKNOWN, "FirewallProfile", id="settings unread"),
        pytest.param(facts(policies=GONE), Status.UNKNOWN, "PolicyFirewallProfile", id="policies unread"),
        pytest.param(facts(policy_rules=GONE), Status.UNKNOWN, "PolicyFirewallRule", id="policies' rules unread"),
        pytest.param(facts(firewall=GONE), Status.UNKNOWN, "Service", id="services unread"),
        pytest.param(facts(categories=GONE), Status.UNKNOWN, "ConnectionProfile", id="categories unread"),
        pytest.param(facts(here=GONE), Status.UNKNOWN, "IPAddress", id="source's addresses unread"),
        pytest.param(facts(own=GONE), Status.UNKNOWN, "IPAddress", id="addresses unread"),
        pytest.param(facts(listed=GONE), Status.UNKNOWN, "MigrationNetwork", id="networks unread"),
        pytest.param(facts(flag=GONE), Status.UNKNOWN, "VMHost", id="flag unread"),
        pytest.param(facts(rows=[]), Status.NOT_APPLICABLE, "LM-08", id="no network"),
        pytest.param(facts(there=["10.20.0.5/24"]), Status.NOT_APPLICABLE, "NET-09", id="one address of both"),
        pytest.param(facts(rows=ANY), Status.PASS, BUILT_IN, id="any network"),
    ],
)
def test_firewall_rule(judge: Judge, known, expected, said):
    finding = judge(firewall_rule, known)
    assert finding.status is expected, finding
    assert said in finding.seen + finding.note


FROM_ONE = rule(ALLOW + "RA4=10.20.0.5|", BUILT_IN)
HERE = address("10.20.0.5/24")


def listed(*addresses, rules=(FROM_ONE,), status=1, **more):
    known = facts(*rules, here=[HERE, *addresses], **more)
    known[NetworkAdapter, HV01] = [adapter(), adapter(9, status)]
    return known


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(listed(), Status.PASS, id="its only address"),
        pytest.param(listed(address("10.20.0.8/24")), Status.UNKNOWN, id="one of two that are near"),
        pytest.param(listed(address("10.20.0.8/24", state=3)), Status.UNKNOWN, id="the other one is going away"),
        pytest.param(listed(address("10.20.0.8/24", interface=9)), Status.UNKNOWN, id="by another adapter"),
        pytest.param(listed(address("10.20.0.8/24", interface=9), status=2), Status.PASS, id="which is down"),
        pytest.param(listed(address("10.99.0.8/24", interface=9)), Status.PASS, id="the other one is far"),
        pytest.param(
            facts(rule(ALLOW + "RA4=10.99.0.5|", BUILT_IN), here=[address("10.99.0.5/24"), address("2001:db8::5/64")]),
            Status.PASS,
            id="none is near, and the other family does not come in there",
        ),
        pytest.param(
            listed(
                address("10.20.0.8/24"),
                rules=(
                    rule(ALLOW + "Profile=Domain|RA4=10.20.0.5|", BUILT_IN),
                    rule(ALLOW + "Profile=Private|", "a"),
                    rule(ALLOW + "Profile=Public|", "b"),
                ),
                category=None,
            ),
            Status.UNKNOWN,
            id="let in for sure in two of three profiles, any of which may apply",
        ),
    ],
)
def test_from_which_addresses_a_source_may_come(judge: Judge, known, expected):
    assert judge(firewall_rule, known).status is expected


FAR = rule(ALLOW + "LA4=10.20.0.6|", BUILT_IN)


@pytest.mark.parametrize(
    ("tried", "expected"),
    [({}, Status.FAIL), ({A: OK}, Status.WARN), ({A: NO}, Status.FAIL), ({A: OK, B: OK}, Status.PASS)],
)
def test_one_of_two_addresses_is_let_in(judge: Judge, tried, expected):
    finding = judge(firewall_rule, facts(FAR, there=[f"{A}/24", f"{B}/24"], tried=tried))
    assert finding.status is expected
    assert expected is not Status.FAIL or B in finding.seen
    assert expected is not Status.WARN or "another address" in finding.works


def test_no_answer_at_an_address_beside_one_that_connects_is_for_another_check(judge: Judge):
    known = facts(ON, there=[f"{A}/24", f"{B}/24"], tried={A: OK, B: NO})
    assert judge(firewall_rule, known).status is Status.PASS
    assert judge(firewall_rule, facts(ON, there=[f"{A}/24", f"{B}/24"], tried={A: RST, B: NO})).status is Status.UNKNOWN


def test_one_of_the_sources_own_network_stays_a_failure(judge: Judge):
    known = facts(FAR, there=[f"{A}/24", f"{B}/24"], tried={A: OK})
    known[IPAddress, HV01] = [address("10.20.0.5/24"), address("10.30.0.5/24", interface=9)]
    known[NetworkAdapter, HV01] = [adapter(), adapter(9)]
    assert judge(firewall_rule, known).status is Status.FAIL


def test_each_source_by_itself(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV11, HV02)))
    known = facts(rule(ALLOW + "RA4=10.20.0.5|", BUILT_IN)) | {
        (IPAddress, HV11): [address("10.20.0.9/24")],
        (NetworkAdapter, HV11): [adapter()],
        (EndpointProbe, HV11): [],
    }
    assert judge(firewall_rule, known, where, subject=f"{HV01}/{HV02}").status is Status.PASS
    finding = judge(firewall_rule, known, where, subject=f"{HV11}/{HV02}")
    assert finding.status is Status.FAIL
    assert HV11 in finding.seen


@pytest.mark.parametrize(("answered", "expected"), [("02", Status.PASS), ("03", Status.FAIL), (None, Status.FAIL)])
def test_an_attempt_that_met_another_machine_says_nothing_of_this_firewall(judge: Judge, answered, expected):
    known = facts(SWITCHED_OFF, tried={A: OK}) | {(IPAddress, HV11): [address(f"{A}/24")]}
    for host, last in ((HV02, "02"), (HV11, "03")):
        known[NetworkAdapter, host] = [adapter(link_layer=f"00-15-5D-00-00-{last}"), adapter(9)]
    known[Neighbour, HV01] = [neighbour(A, f"00-15-5D-00-00-{answered}")] if answered else []
    assert judge(firewall_rule, known, estate(hosts=(HV01, HV02, HV11)), subject=f"{HV01}/{HV02}").status is expected


def test_any_of_its_listeners_counts(judge: Judge):
    service = [MigrationService((B,)), MigrationService((A,))]
    assert judge(firewall_rule, facts(ON, tried={A: NO}, service=service)).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("known", "remedy"),
    [
        pytest.param(facts(SWITCHED_OFF), COMMAND, id="switched off"),
        pytest.param(facts(rule(OFF, BUILT_IN.upper())), COMMAND, id="in other letters"),
        pytest.param(facts(rule(OFF, "Other")), "", id="the rule is not there"),
        pytest.param(facts(policy_rule(OFF, BUILT_IN)), "", id="a policy's"),
        pytest.param(facts(SWITCHED_OFF, BLOCKED), "", id="a policy blocks it all the same"),
        pytest.param(facts(SWITCHED_OFF, policies=[setting("PrivateProfile", merges=0)]), "", id="left out"),
        pytest.param(facts(SWITCHED_OFF, settings=profiles(no_exceptions=1)), "", id="shields up"),
        pytest.param(facts(FROM_ELSEWHERE), "", id="active, for other sources"),
        pytest.param(facts(rule(OFF + "Profile=Domain|", BUILT_IN)), "", id="for another profile"),
        pytest.param(
            facts(rule(OFF + "Profile=Domain|", BUILT_IN), category=None), "", id="for one of those that may apply"
        ),
    ],
)
def test_a_command_only_where_it_cures(judge: Judge, known, remedy):
    finding = judge(firewall_rule, known)
    assert finding.status is Status.FAIL
    assert finding.remedy == remedy


def test_it_asks_what_outweighs_the_rules():
    asked = {(ask.fact, ask.target, ask.argument) for ask in asks_of([firewall_rule], evidence(facts(), estate()))}
    assert asked == {(EndpointProbe, HV01, f"{A}:6600")}
    own = evidence(facts(there=["10.20.0.5/24"]), estate())
    assert not [ask for ask in asks_of([firewall_rule], own) if ask.fact is not Neighbour]
    shared = evidence(facts() | {(IPAddress, HV11): [address(f"{A}/24")]}, estate(hosts=(HV01, HV02, HV11)))
    assert [ask.argument for ask in asks_of([firewall_rule], shared) if ask.fact is Neighbour] == [A]


def test_any_network_needs_no_rows(judge: Judge):
    told = facts() | {(VMHost, HV02): [module(any_network=True)], (MigrationNetwork, HV02): GONE}
    finding = judge(firewall_rule, told)
    assert "MigrationNetwork of" not in finding.note
    assert finding.status is Status.PASS


def test_the_profile_of_the_addresss_own_adapter_counts(judge: Judge):
    """A rule for private networks, at an adapter in one; what others are in does not matter."""
    private = rule(ALLOW + "Profile=Private|", BUILT_IN)
    for there, expected in (((1, 0), Status.PASS), ((0, 1), Status.FAIL)):
        categories = [ConnectionProfile(i, category, 1, 1) for i, category in zip((7, 9), there, strict=True)]
        assert judge(firewall_rule, facts(private, categories=categories)).status is expected
