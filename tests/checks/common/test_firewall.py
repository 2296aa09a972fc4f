from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from checks.common.firewall import FIREWALL, decide
from checks.common.firewall_rule import Flow, covers
from scanner.api import GapReason, MissingEvidence, View
from scanner.facts.firewall import (
    LOCAL_KEY,
    POLICY_KEY,
    FirewallProfile,
    FirewallRule,
    PolicyFirewallProfile,
    PolicyFirewallRule,
)
from scanner.facts.host import Service
from tests.conftest import HV02, estate, evidence

ALLOW = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=6600|App=%systemroot%\\system32\\vmms.exe|Svc=vmms|"
BLOCK = "v2.30|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=6600|"
OURS, OTHERS = ip_address("10.20.0.5"), ip_address("10.30.0.5")


def flow(*remotes: str, local: str = "10.20.0.6", port: int = 6600) -> Flow:
    sources = tuple(map(ip_address, remotes or ("10.20.0.5",)))
    network = ip_network(f"{local}/{64 if ':' in local else 24}", strict=False)
    return Flow(port, r"\system32\vmms.exe", "vmms", network, ip_address(local), sources)


def rule(text: str, name: str = "RULE") -> FirewallRule:
    return FirewallRule(name, text)


def policy_rule(text: str, name: str = "RULE") -> PolicyFirewallRule:
    return PolicyFirewallRule(name, text)


IN = "Action=Allow|Active=TRUE|Dir=In|"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ALLOW, True),
        (IN, True),
        (IN + "Protocol=6", True),
        (IN + "Protocol=256", True),
        (IN + "Protocol=17", False),
        (IN + "Protocol=tcp", None),
        (IN + "Profile=Private", True),
        (IN + "profile=PRIVATE", True),
        (IN + "Profile=Domain|Profile=Private", True),
        (IN + "Profile=Domain", False),
        (IN + "Profile=Domain|Profile=Public", False),
        (IN + "LPort=6601", False),
        (IN + "LPort=6601|LPort=6600", True),
        (IN + "LPort2_10=6000-6600", True),
        (IN + "LPort2_10=6600-7000", True),
        (IN + "LPort2_10=6000-6599", False),
        (IN + "LPort2_10=6601-7000", False),
        (IN + "LPort=445|LPort2_10=6000-7000", True),
        (IN + "LPort2_10=1-66|LPort2_10=69-55554", True),
        (IN + "LPort=RPC", False),
        (IN + "LPort=RPC-EPMap", False),
        (IN + "LPort2_10=IPHTTPSIn", False),
        (IN + "LPort=?", None),
        (IN + "LPort=", None),
        (IN + "LPort2_10=6000-", None),
        (IN + "LPort=?|LPort=6600", True),
        (IN + r"App=C:\Windows\System32\VMMS.exe", True),
        (IN + r"App=%SystemRoot%\system32\svchost.exe", False),
        (IN + "App=System", False),
        (IN + "Svc=*", True),
        (IN + "Svc=VMMS", True),
        (IN + "Svc=WinRM", False),
        (IN + "LA4=10.20.0.6", True),
        (IN + "LA4=10.20.0.7", False),
        (IN + "LA6=fd00::6", False),
        (IN + "RA4=10.20.0.5", True),
        (IN + "RA4=10.20.0.0/24", True),
        (IN + "RA4=10.20.0.0/255.255.255.0", True),
        (IN + "RA4=10.20.0.1-10.20.0.9", True),
        (IN + "RA4=10.20.0.6-10.20.0.9", False),
        (IN + "RA4=10.30.0.0/16", False),
        (IN + "RA4=10.30.0.0/16|RA4=10.20.0.5", True),
        (IN + "RA4=10.30.0.0/16|RA6=fd00::/8", False),
        (IN + "RA6=fd00::1-fd00::9", False),
        (IN + "RA4=LocalSubnet", True),
        (IN + "RA4=LocalSubnet|RA6=LocalSubnet", True),
        (IN + "RA4=DNS", None),
        (IN + "RA4=Intranet|RA4=10.20.0.5", True),
        (IN + "RA4=10.20.0.9-10.20.0", None),
        (IN + "Edge=TRUE|Defer=App|LSM=TRUE", True),
        (IN + "Security=Authenticate", None),
        (IN + "RMauth=O:LSD:(A;;CC;;;S-1-5-21-1)", None),
        (IN + "LUAuth=O:LSD:(D;;CC;;;S-1-2-1)", None),
        (IN + "IF={11111111-2222-3333-4444-555555555555}", None),
        (IN + "IFType=Wireless", None),
        (IN + "RPort=1024", None),
        (IN + "Platform2=GTEQ|Platform=2:10:0", None),
        (IN + "LPort=445|Security=Authenticate", False),
    ],
)
def test_what_a_rule_covers(text, expected):
    assert covers(rule(text), "Private", flow()) is expected


@pytest.mark.parametrize(
    ("text", "remotes", "expected"),
    [
        ("RA4=10.20.0.0/24", ("10.20.0.5", "10.30.0.5"), None),
        ("RA4=10.0.0.0/8", ("10.20.0.5", "10.30.0.5"), True),
        ("RA4=172.16.0.0/12", ("10.20.0.5", "10.30.0.5"), False),
        ("RA4=LocalSubnet", ("10.30.0.5",), False),
        ("RA4=10.20.0.77/24", ("10.20.0.5",), True),
        ("RA4=10.20.0.5-10.20.0.9", ("10.20.0.5",), True),
        ("RA4=10.20.0.1-10.20.0.5", ("10.20.0.5",), True),
        ("RA4=10.20.0.6-10.20.0.9", ("10.20.0.5",), False),
        ("RA4=10.20.0.1-10.20.0.4", ("10.20.0.5",), False),
        ("RA4=0.0.0.0-255.255.255.255", ("::5",), False),
        ("RA6=::-::ffff:ffff", ("0.0.0.5",), False),
    ],
)
def test_whence_it_comes(text, remotes, expected):
    assert covers(rule(IN + text), "Private", flow(*remotes)) is expected


def test_whence_nobody_knows():
    known = Flow(6600, r"\system32\vmms.exe", "vmms", ip_network("10.20.0.0/24"), ip_address("10.20.0.6"), ())
    assert covers(rule(IN + "RA4=10.0.0.0/8"), "Private", known) is None
    assert covers(rule(IN), "Private", known) in (True, None)


def test_ipv6():
    six = flow("fd00::5", local="fd00::6")
    assert covers(rule(IN + "RA6=fd00::/8"), "Private", six)
    assert covers(rule(IN + "RA6=fd00::1-fd00::9"), "Private", six)
    assert covers(rule(IN + "RA6=LocalSubnet"), "Private", six)
    assert covers(rule(IN + "LA6=fd00::6"), "Private", six)
    assert covers(rule(IN + "LA6=fd00::7"), "Private", six) is False
    assert covers(rule(IN + "RA4=10.0.0.0/8"), "Private", six) is False


# ---- decisions


def profiles(**private: int | None) -> list[FirewallProfile]:
    """The machine's own settings, those of Private as the words say."""
    on: dict[str, int | None] = {"enabled": 1, "inbound": None, "no_exceptions": None}
    path = f"Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\{LOCAL_KEY}\\"
    named = (("DomainProfile", on), ("StandardProfile", on | private), ("PublicProfile", on))
    return [FirewallProfile(path + key, **words) for key, words in named]


def setting(key: str, **words: int | None) -> PolicyFirewallProfile:
    """A policy's."""
    given: dict[str, int | None] = dict.fromkeys(("enabled", "inbound", "no_exceptions", "merges"))
    return PolicyFirewallProfile(f"Registry::HKEY_LOCAL_MACHINE\\{POLICY_KEY}\\{key}", **(given | words))


RUNS, STOPPED = ([Service("MpsSvc", state, "Auto", 1, "")] for state in ("Running", "Stopped"))


def view_of(rules, *policies, services=RUNS, settings=None) -> View:
    known = {
        (FirewallRule, HV02): rules,
        (PolicyFirewallRule, HV02): [p for p in policies if isinstance(p, PolicyFirewallRule)],
        (FirewallProfile, HV02): profiles() if settings is None else settings,
        (PolicyFirewallProfile, HV02): [p for p in policies if isinstance(p, PolicyFirewallProfile)],
        (Service, HV02): services,
    }
    return View(evidence(known, estate()), FIREWALL)


POLICY_ALLOW = policy_rule(ALLOW, "{1}")
NO_MERGE = setting("PrivateProfile", merges=0)
OFF = ALLOW.replace("TRUE", "FALSE")


@pytest.mark.parametrize(
    ("view", "expected", "said"),
    [
        pytest.param(view_of([rule(ALLOW)]), True, "lets it in: RULE", id="allowed"),
        pytest.param(view_of([rule(OFF)]), False, "no active rule", id="switched off"),
        pytest.param(view_of([rule(ALLOW.replace("Dir=In", "Dir=Out"))]), False, "no active rule", id="outbound"),
        pytest.param(view_of([]), False, "no active rule", id="no rule"),
        pytest.param(view_of([rule(ALLOW), rule(BLOCK, name="B")]), False, "keeps it out: B", id="blocked, too"),
        pytest.param(view_of([rule(BLOCK)]), False, "keeps it out", id="blocked alone"),
        pytest.param(
            view_of([rule(ALLOW), rule(BLOCK.replace("TRUE", "FALSE"))]), True, "lets it in", id="block switched off"
        ),
        pytest.param(view_of([rule(ALLOW), rule(BLOCK + "LUAuth=X|")]), None, "may keep it out", id="maybe blocked"),
        pytest.param(view_of([rule(BLOCK + "LUAuth=X|")]), False, "no active rule", id="maybe blocked, not allowed"),
        pytest.param(view_of([rule(ALLOW + "Security=Authenticate|")]), None, "may let it in", id="maybe allowed"),
        pytest.param(view_of([rule(ALLOW.replace("Allow", "ByPass"))]), True, "lets it in", id="by-pass"),
        pytest.param(view_of([rule(ALLOW.replace("Allow", "Other"))]), False, "no active rule", id="another action"),
        pytest.param(view_of([], settings=profiles(enabled=0)), True, "is off", id="off"),
        pytest.param(view_of([rule(BLOCK)], settings=profiles(enabled=0)), True, "is off", id="off, a rule blocks"),
        pytest.param(view_of([], settings=profiles(enabled=None)), False, "no active rule", id="not set is on"),
        pytest.param(view_of([], settings=profiles(enabled=2)), None, "not plain", id="a number nobody knows"),
        pytest.param(view_of([], settings=profiles(inbound=0)), True, "no rule keeps out", id="lets in by default"),
        pytest.param(
            view_of([rule(BLOCK)], settings=profiles(inbound=0)), False, "keeps it out", id="likewise, blocked"
        ),
        pytest.param(
            view_of([rule(BLOCK + "LUAuth=X|")], settings=profiles(inbound=0)),
            None,
            "may keep",
            id="likewise, maybe blocked",
        ),
        pytest.param(
            view_of([rule(ALLOW)], settings=profiles(inbound=1)), True, "lets it in", id="keeps out by default"
        ),
        pytest.param(
            view_of([rule(ALLOW)], settings=profiles(no_exceptions=1)), False, "keeps out all", id="shields up"
        ),
        pytest.param(view_of([rule(ALLOW)], settings=profiles(no_exceptions=0)), True, "lets it in", id="shields down"),
        pytest.param(view_of([rule(BLOCK)], services=STOPPED), True, "service is stopped", id="service stopped"),
        pytest.param(view_of([], services=[]), False, "no active rule", id="no service row"),
        pytest.param(
            view_of([], services=[*RUNS, Service("WinRM", "Stopped", "Auto", 1, "")]),
            False,
            "no active",
            id="another's",
        ),
        pytest.param(view_of([], setting("PrivateProfile", enabled=0)), True, "is off", id="off by a policy"),
        pytest.param(view_of([], setting("StandardProfile", enabled=0)), True, "is off", id="by its other name"),
        pytest.param(
            view_of([], setting("PrivateProfile", enabled=1), settings=profiles(enabled=0)),
            False,
            "no active",
            id="policy wins",
        ),
        pytest.param(
            view_of([], setting("PrivateProfile", enabled=1), setting("StandardProfile", enabled=0)),
            None,
            "not plain",
            id="two names, two values",
        ),
        pytest.param(view_of([], setting("DomainProfile", enabled=0)), False, "no active", id="of another"),
        pytest.param(view_of([rule(ALLOW)], setting("PrivateProfile", no_exceptions=1)), False, "all", id="by policy"),
        pytest.param(view_of([rule(ALLOW)], NO_MERGE), False, "leaves out the machine's own", id="rules left out"),
        pytest.param(view_of([rule(ALLOW)], POLICY_ALLOW, NO_MERGE), True, "{1}", id="a policy's rule"),
        pytest.param(view_of([rule(OFF)], POLICY_ALLOW), True, "{1}", id="a policy's rule beside the own"),
        pytest.param(view_of([rule(BLOCK)], POLICY_ALLOW, NO_MERGE), True, "{1}", id="a block that is left out"),
        pytest.param(
            view_of([rule(ALLOW)], policy_rule(BLOCK)), False, "keeps it out", id="a policy blocks what is allowed"
        ),
        pytest.param(view_of([rule(ALLOW)], setting("PrivateProfile", merges=1)), True, "lets it in", id="merged"),
        pytest.param(view_of([rule(ALLOW)], setting("PrivateProfile", merges=7)), None, "not plain", id="merges 7"),
    ],
)
def test_decisions(view, expected, said):
    found = decide(view, HV02, "Private", flow())
    assert found.lets_in is expected, found
    assert said in found.why


def test_each_profile_by_its_own_settings():
    view = view_of([rule(ALLOW + "Profile=Domain|")], settings=profiles(enabled=0))
    assert decide(view, HV02, "Private", flow()).lets_in is True
    assert decide(view, HV02, "Domain", flow()).lets_in is True
    assert decide(view, HV02, "Public", flow()).lets_in is False


def test_what_would_be_if_a_rule_were_active():
    view = view_of([rule(OFF, name="Virt-Migl")])
    assert decide(view, HV02, "Private", flow(), activated="VIRT-MIGL").lets_in is True
    assert decide(view, HV02, "Private", flow(), activated="OTHER").lets_in is False
    assert decide(view, HV02, "Private", flow(), activated="ZZZ").lets_in is False
    of_a_policy = view_of([], policy_rule(OFF, "VIRT-MIGL"))
    assert decide(of_a_policy, HV02, "Private", flow(), activated="VIRT-MIGL").lets_in is False


@pytest.mark.parametrize(
    "view",
    [
        view_of(GapReason.ACCESS_DENIED),
        view_of([rule(ALLOW)], settings=GapReason.TIMEOUT),
        view_of([rule(ALLOW)], services=GapReason.TIMEOUT),
    ],
)
def test_what_was_not_read(view):
    with pytest.raises(MissingEvidence):
        decide(view, HV02, "Private", flow())


def test_a_thousand_rules_are_counted():
    view = view_of([rule(BLOCK, name="x" * 300 + str(n)) for n in range(1000)])
    assert len(decide(view, HV02, "Private", flow()).why) < 1000
