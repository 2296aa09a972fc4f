from __future__ import annotations

import pytest

from checks.replica.let_in import OPENS
from checks.replica.rep_04_firewall_rule import firewall_rule
from scanner.api import Status
from scanner.facts.firewall import FirewallProfile, FirewallRule, PolicyFirewallProfile, PolicyFirewallRule
from scanner.facts.host import Service
from scanner.facts.network import ConnectionProfile, EndpointProbe, IPAddress, NetworkAdapter
from scanner.facts.replica import ReplicationServer
from scanner.facts.replica_certificates import BrokerCertificate
from tests.checks.common.builders import GONE, adapter, address, probe
from tests.checks.common.test_firewall import policy_rule, profiles, rule, setting
from tests.checks.replica.builders import ASR, CERTIFICATE, OFF, OWN, RUNS, Known, module, node, plan, receiving
from tests.conftest import HV01, HV02, Judge

HTTP, HTTPS = "VIRT-HVRHTTPL-In-TCP-NoScope", "VIRT-HVRHTTPSL-In-TCP-NoScope"
ON = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|App=System|"
SWITCHED_OFF = ON.replace("TRUE", "FALSE")
FIREWALL_RUNS = Service("mpssvc", "Running", "Auto", 7, None)
FIREWALL_STOPPED = Service("mpssvc", "Stopped", "Disabled", 0, None)
HERE, THERE = "10.20.0.9", "10.20.0.5"
OTHER_PORT = ReplicationServer(True, 1, 8083, 443)


def facts(*rules, outcome="TimedOut", port=80, own=OWN, more: Known | None = None, category=1) -> Known:
    where = {"local": HERE, "remote": THERE} if outcome == "Connected" else {"addresses": (THERE,)}
    known: Known = receiving(own, services=(RUNS, FIREWALL_RUNS)) | {
        (IPAddress, HV01): [address(f"{HERE}/24")],
        (IPAddress, HV02): [address(f"{THERE}/24")],
        (NetworkAdapter, HV01): [adapter()],
        (NetworkAdapter, HV02): [adapter()],
        (FirewallRule, HV02): [r for r in rules if isinstance(r, FirewallRule)],
        (PolicyFirewallRule, HV02): [r for r in rules if isinstance(r, PolicyFirewallRule)],
        (FirewallProfile, HV02): profiles(),
        (PolicyFirewallProfile, HV02): [],
        (ConnectionProfile, HV02): [ConnectionProfile(i, category, 1, 1) for i in (7, 9)],
        (EndpointProbe, HV01): [probe(f"{HV02}:{port}", outcome, **where)],
    }
    return known | (more or {})


BUILT_IN = rule(ON, HTTP)
BLOCKS = policy_rule(ON.replace("Allow", "Block"), "{1}")
DOMAIN_ONLY = rule(f"{ON}Profile=Domain|", HTTP)
EVERY_SERVICE = rule(ON.replace("App=System|", "Svc=*|"), "SERVICES")
VMMS_ONLY = rule(ON.replace("App=System", r"App=C:\Windows\system32\vmms.exe"), "VMMS")


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        pytest.param(facts(BUILT_IN, outcome="Connected"), Status.PASS, "connects", id="connects"),
        pytest.param(facts(outcome="Connected"), Status.PASS, "outweighs", id="connects, whatever rules say"),
        pytest.param(facts(BUILT_IN, outcome="Refused"), Status.PASS, HTTP, id="let in, refused"),
        pytest.param(facts(BUILT_IN), Status.UNKNOWN, "RCH-06", id="let in, and no answer"),
        pytest.param(facts(), Status.FAIL, "no active rule", id="no rule"),
        pytest.param(facts(outcome="Refused"), Status.FAIL, "no active rule", id="no rule, refused"),
        pytest.param(facts(rule(SWITCHED_OFF, HTTP)), Status.FAIL, "no active rule", id="switched off"),
        pytest.param(facts(BUILT_IN, port=8083, own=OTHER_PORT), Status.FAIL, "no active", id="the rule is of port 80"),
        pytest.param(facts(DOMAIN_ONLY), Status.FAIL, "profile Private", id="another profile"),
        pytest.param(facts(DOMAIN_ONLY, category=2, outcome="Refused"), Status.PASS, "Domain", id="its profile"),
        pytest.param(facts(BUILT_IN, BLOCKS), Status.FAIL, "{1}", id="a rule keeps it out"),
        pytest.param(facts(EVERY_SERVICE), Status.FAIL, "no active rule", id="http.sys is no service"),
        pytest.param(facts(VMMS_ONLY), Status.FAIL, "no active rule", id="http.sys is not vmms"),
        pytest.param(facts(rule(f"{ON}RA4=10.99.0.0/16|", HTTP)), Status.FAIL, "no active rule", id="from elsewhere"),
        pytest.param(
            facts(rule(f"{ON}RA4={HERE}|", HTTP), outcome="Refused"), Status.PASS, HTTP, id="from this source"
        ),
        pytest.param(facts(rule(f"{ON}RMauth=x|", HTTP)), Status.UNKNOWN, "may let it in", id="not plain"),
        pytest.param(facts(rule(ON.replace("LPort=80", "LPort2_10=79-81"), "R"), outcome="Refused"), Status.PASS, "R",
                     id="a range"),
    ],
)  # fmt: skip
def test_firewall_rule(judge: Judge, known, expected, said):
    finding = judge(firewall_rule, known, plan())
    assert finding.status is expected
    assert said in f"{finding.seen} {finding.note}"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({(Service, HV02): [RUNS, FIREWALL_STOPPED]}, Status.PASS, id="the firewall is stopped"),
        pytest.param(
            {(PolicyFirewallProfile, HV02): [setting("PrivateProfile", enabled=0)]}, Status.PASS, id="it is off"
        ),
        pytest.param(
            {(PolicyFirewallProfile, HV02): [setting("PrivateProfile", no_exceptions=1)]},
            Status.FAIL,
            id="it keeps out all",
        ),
        pytest.param({(FirewallRule, HV02): GONE}, Status.UNKNOWN, id="rules unread"),
        pytest.param({(PolicyFirewallRule, HV02): GONE}, Status.UNKNOWN, id="policies unread"),
        pytest.param({(FirewallProfile, HV02): GONE}, Status.UNKNOWN, id="settings unread"),
        pytest.param({(ConnectionProfile, HV02): GONE}, Status.UNKNOWN, id="categories unread"),
        pytest.param({(ConnectionProfile, HV02): []}, Status.FAIL, id="no category: no profile lets it in"),
        pytest.param({(IPAddress, HV02): GONE}, Status.UNKNOWN, id="addresses unread"),
        pytest.param({(IPAddress, HV02): []}, Status.NOT_APPLICABLE, id="no address"),
        pytest.param({(EndpointProbe, HV01): GONE}, Status.UNKNOWN, id="no rule, and nobody tried"),
        pytest.param(
            {(EndpointProbe, HV01): GONE, (FirewallRule, HV02): [BUILT_IN]}, Status.PASS, id="a rule, and nobody tried"
        ),
        pytest.param(
            {(EndpointProbe, HV01): [probe(f"{HV02}:80", remote=THERE)], (IPAddress, HV01): GONE},
            Status.UNKNOWN,
            id="nobody knows who answered",
        ),
        pytest.param({(Service, HV02): GONE}, Status.UNKNOWN, id="services unread"),
    ],
)
def test_what_else_decides(judge: Judge, more, expected):
    assert judge(firewall_rule, facts(outcome="Refused", more=more), plan()).status is expected


def test_without_a_port_nothing_is_judged(judge: Judge):
    known = facts(more=receiving(GONE, GONE))
    assert judge(firewall_rule, known, plan()).status is Status.UNKNOWN


TWO = {
    (IPAddress, HV02): [address(f"{THERE}/24"), address("10.30.0.5/24", interface=9)],
    (NetworkAdapter, HV02): [adapter(), adapter(9)],
    (ConnectionProfile, HV02): [ConnectionProfile(7, 2, 1, 1), ConnectionProfile(9, 1, 1, 1)],
}


def test_the_address_that_its_name_leads_to_counts(judge: Judge):
    known = facts(DOMAIN_ONLY, outcome="Refused", more=TWO)
    assert judge(firewall_rule, known, plan()).status is Status.PASS
    elsewhere = known | {(EndpointProbe, HV01): [probe(f"{HV02}:80", "Refused", addresses=("10.30.0.5",))]}
    assert judge(firewall_rule, elsewhere, plan()).status is Status.FAIL
    nowhere = known | {(EndpointProbe, HV01): [probe(f"{HV02}:80", "Unresolved")]}
    assert judge(firewall_rule, nowhere, plan()).status is Status.UNKNOWN


def test_a_node_is_tried_by_its_own_name(judge: Judge):
    """That no answer came is no doubt about the broker: it has a name of its own, which RCH-06 tries."""
    known = facts(BUILT_IN, more=node(OWN, [module(OWN)]))
    assert judge(firewall_rule, known, plan()).status is Status.UNKNOWN
    refused = facts(BUILT_IN, outcome="Refused", more=node(OWN, [module(OWN)]))
    assert judge(firewall_rule, refused, plan()).status is Status.PASS


def test_a_node_is_tried_on_its_port_of_the_table(judge: Judge):
    table = {(BrokerCertificate, HV02): [BrokerCertificate("", (f"{HV02}=8083",), ())]}
    known = facts(BUILT_IN, port=8083, more=node(OWN, [module(OWN)]) | table)
    assert judge(firewall_rule, known, plan()).status is Status.FAIL
    let_in = facts(BUILT_IN, outcome="Connected", port=8083, more=node(OWN, [module(OWN)]) | table)
    assert judge(firewall_rule, let_in, plan()).status is Status.PASS


@pytest.mark.parametrize(
    ("rules", "more", "expected"),
    [
        pytest.param((), {}, Status.WARN, id="it opens the port"),
        pytest.param((BLOCKS,), {}, Status.PASS, id="a rule against another port"),
        pytest.param((policy_rule(ON.replace("Allow", "Block").replace("80", "8083"), "{1}"),), {}, Status.FAIL,
                     id="a rule keeps it out all the same"),
        pytest.param((), {(PolicyFirewallProfile, HV02): [setting("PrivateProfile", merges=0)]}, Status.FAIL,
                     id="its own rules do not count"),
    ],
)  # fmt: skip
def test_before_site_recovery_sets_it_up(judge: Judge, rules, more, expected):
    known = facts(*rules, outcome="Refused", port=8083, own=OFF, more=more)
    finding = judge(firewall_rule, known, plan(*ASR, configured=False))
    assert finding.status is (Status.WARN if expected is Status.PASS else expected)
    assert (finding.works == OPENS) is (finding.status is Status.WARN)


def test_set_up_it_must_be_open(judge: Judge):
    known = facts(outcome="Refused", port=8083, own=OTHER_PORT)
    assert judge(firewall_rule, known, plan(*ASR)).status is Status.FAIL


ENABLE = f"Enable-NetFirewallRule -CimSession '{HV02}' -Name '{HTTP}'"
NEW = (
    f"New-NetFirewallRule -CimSession '{HV02}' -DisplayName 'Hyper-V Replica 8083 from {HV01}' -Direction Inbound"
    f" -Protocol TCP -LocalPort '8083' -RemoteAddress '{HERE}' -Action Allow"
)
NONE = ""


@pytest.mark.parametrize(
    ("known", "where", "remedy"),
    [
        pytest.param(facts(rule(SWITCHED_OFF, HTTP)), plan(), ENABLE, id="the rule of the role"),
        pytest.param(
            facts(rule(SWITCHED_OFF.replace("80", "443"), HTTPS), port=443, own=ReplicationServer(True, 2, 80, 443)),
            plan(**CERTIFICATE),
            ENABLE.replace(HTTP, HTTPS),
            id="that of certificates",
        ),
        pytest.param(facts(port=8083, own=OTHER_PORT), plan(), NEW, id="a port of its own"),
        pytest.param(facts(), plan(), NONE, id="the rule is not there"),
        pytest.param(
            facts(rule(SWITCHED_OFF, HTTP), own=ReplicationServer(True, 2, 80, 443)), plan(), NONE, id="not by Kerberos"
        ),
        pytest.param(
            facts(rule(SWITCHED_OFF, HTTP), own=ReplicationServer(False, 1, 80, 443)), plan(), NONE, id="it takes none"
        ),
        pytest.param(facts(rule(SWITCHED_OFF.replace("80", "81"), HTTP)), plan(), NONE, id="it would not do"),
        pytest.param(facts(rule(SWITCHED_OFF, HTTP), BLOCKS), plan(), NONE, id="another keeps it out"),
        pytest.param(
            facts(
                port=8083, own=OTHER_PORT, more={(PolicyFirewallProfile, HV02): [setting("PrivateProfile", merges=0)]}
            ),
            plan(),
            NONE,
            id="own rules do not count",
        ),
    ],
)
def test_what_opens_it(judge: Judge, known, where, remedy):
    finding = judge(firewall_rule, known, where)
    assert finding.status is Status.FAIL
    assert finding.remedy == remedy


TWO_PROFILES = {(ConnectionProfile, HV02): [ConnectionProfile(7, 2, 1, 1), ConnectionProfile(7, 1, 1, 1)]}


def test_what_keeps_it_out_in_one_profile_is_mended_by_no_rule_and_not_by_site_recovery(judge: Judge):
    """In one profile a rule is missing, in the other one blocks."""
    blocks = policy_rule(ON.replace("Allow", "Block").replace("LPort=80", "LPort=8083") + "Profile=Domain|", "{1}")
    known = facts(blocks, rule(SWITCHED_OFF, HTTP), port=8083, own=OTHER_PORT, more=TWO_PROFILES)
    assert judge(firewall_rule, known, plan(*ASR, configured=False)).status is Status.FAIL
    blocked = policy_rule(ON.replace("Allow", "Block") + "Profile=Domain|", "{1}")
    finding = judge(firewall_rule, facts(blocked, rule(SWITCHED_OFF, HTTP), more=TWO_PROFILES), plan())
    assert (finding.status, finding.remedy) == (Status.FAIL, "")


def test_the_rule_of_the_role_is_offered_where_it_would_do_in_every_profile(judge: Judge):
    half = facts(rule(f"{SWITCHED_OFF}Profile=Domain|", HTTP), more=TWO_PROFILES)
    assert "Enable-NetFirewallRule" not in judge(firewall_rule, half, plan()).remedy
    whole = facts(rule(SWITCHED_OFF, "Other"), rule(SWITCHED_OFF, HTTP), more=TWO_PROFILES)
    assert "Enable-NetFirewallRule" in judge(firewall_rule, whole, plan()).remedy


def test_what_is_let_in_and_connects_needs_no_note(judge: Judge):
    assert judge(firewall_rule, facts(BUILT_IN, outcome="Connected"), plan()).note == ""


def test_no_command_where_more_than_a_rule_is_missing(judge: Judge):
    """At one address a rule is missing, at the other one keeps it out."""
    kept_out = policy_rule(ON.replace("Allow", "Block") + "Profile=Domain|", "{1}")
    addresses = {(EndpointProbe, HV01): [probe(f"{HV02}:80", addresses=(THERE, "10.30.0.5"), outcome="TimedOut")]}
    finding = judge(firewall_rule, facts(rule(SWITCHED_OFF, HTTP), kept_out, more=TWO | addresses), plan())
    assert (finding.status, finding.remedy) == (Status.FAIL, NONE)


@pytest.mark.parametrize(
    ("own", "told", "remedy"),
    [(OWN, [module(OFF)], NONE), (OFF, [module(OWN)], NONE), (OWN, [module(OWN)], ENABLE), (GONE, GONE, ENABLE)],
)
def test_a_port_is_opened_for_what_the_host_is_set_to_take(judge: Judge, own, told, remedy):
    more = receiving(own, told, services=(RUNS, FIREWALL_RUNS))
    finding = judge(firewall_rule, facts(rule(SWITCHED_OFF, HTTP), more=more), plan(port=80))
    assert (finding.status, finding.remedy) == (Status.FAIL, remedy)


def test_no_rule_of_its_own_where_one_keeps_it_out_at_one_address(judge: Judge):
    kept_out = policy_rule(ON.replace("Allow", "Block").replace("80", "8083") + "Profile=Domain|", "{1}")
    tried = {(EndpointProbe, HV01): [probe(f"{HV02}:8083", addresses=(THERE, "10.30.0.5"), outcome="TimedOut")]}
    finding = judge(firewall_rule, facts(kept_out, port=8083, own=OTHER_PORT, more=TWO | tried), plan())
    assert (finding.status, finding.remedy) == (Status.FAIL, NONE)
    missing = judge(firewall_rule, facts(port=8083, own=OTHER_PORT, more=TWO | tried), plan())
    assert missing.remedy == NEW
