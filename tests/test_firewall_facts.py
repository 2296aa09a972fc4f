"""Rules and profiles of Windows' firewall, and the host's adapters on virtual switches, as a machine answers them."""

from __future__ import annotations

import pytest

from lab.windows.trial import Trial
from scanner.collect.windows.decoder import Unparsable, decode
from scanner.facts.adapter import ManagementAdapter
from scanner.facts.firewall import (
    LOCAL_KEY,
    POLICY_KEY,
    FirewallProfile,
    FirewallRule,
    PolicyFirewallProfile,
    PolicyFirewallRule,
)
from scanner.words.query import Query

PATH = "Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\"
TEXT = (
    "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=6600|LPort2_10=7000-7001|LPort=6601|Name=@x.dll,-1|"
    "Desc=In|EmbedCtxt=@x.dll,-2|"
)
KEPT = "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=6600|LPort2_10=7000-7001|LPort=6601"


def rules(**values: object) -> tuple[FirewallRule, ...]:
    return decode(FirewallRule, [{"PSPath": f"{PATH}{LOCAL_KEY}\\FirewallRules", **values}])  # type: ignore[return-value]


def test_every_value_is_a_rule_without_what_people_read():
    assert rules(A=TEXT, B="v2.0|Dir=Out|Name=Dir=In|") == (FirewallRule("A", KEPT), FirewallRule("B", "v2.0|Dir=Out"))


def test_what_is_no_rule_is_left_out():
    assert rules(A=TEXT, Number=1, None_=None, App="v2.30|Action=Block|Active=TRUE|Dir=In|AppPkgId=S-1-15-2-1|") == (
        FirewallRule("A", KEPT),
    )


def test_a_repeated_key_is_a_list():
    (rule,) = rules(A=TEXT)
    assert rule.conditions["lport"] == ("6600", "6601")
    assert rule.conditions["lport2_10"] == ("7000-7001",)
    assert rule.active
    assert rule.inbound
    assert rule.allows
    assert not rule.blocks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("action=BLOCK|active=true|dir=in", (True, True, True, False)),
        ("Action=Block|Active=FALSE|Dir=Out", (False, False, True, False)),
        ("Action=ByPass|Active=TRUE|Dir=In", (True, True, False, True)),
        ("Action=Allow", (False, False, False, True)),
        ("", (False, False, False, False)),
        ("Description=Active=TRUE", (False, False, False, False)),
    ],
)
def test_what_a_rule_says(text, words):
    rule = FirewallRule("A", text)
    assert (rule.active, rule.inbound, rule.blocks, rule.allows) == words


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("DomainProfile", "Domain"),
        ("StandardProfile", "Private"),
        ("privateprofile", "Private"),
        ("PublicProfile", "Public"),
        ("FirewallRules", ""),
    ],
)
def test_the_profile_of_a_key(key, name):
    row = {"PSPath": f"{PATH}{POLICY_KEY}\\{key}", "EnableFirewall": 0}
    (found,) = decode(PolicyFirewallProfile, [row])
    assert isinstance(found, PolicyFirewallProfile)
    assert (found.profile, found.enabled, found.merges) == (name, 0, None)


MACHINE = """
name = "hv01"
release = "2019"
[firewall]
private = false
active = ["smb"]
rules = { "{1}" = "v2.30|Action=Block|Active=TRUE|Dir=In|" }
policy_rules = { "{2}" = "v2.30|Action=Allow|Active=TRUE|Dir=In|" }
[registry."HKLM\\\\SOFTWARE\\\\Policies\\\\Microsoft\\\\WindowsFirewall\\\\PrivateProfile"]
AllowLocalPolicyMerge = 0
[[switch]]
name = "Converged"
vlan = 30
[[switch]]
name = "Plain"
[[switch]]
name = "Inside"
kind = "private"
"""


def asked(query: Query) -> object:
    return Trial.of(MACHINE).plan(query.plan())[query.name]["rows"]


def test_a_practice_machine_answers_them():
    found = {row.name: row for row in decode(FirewallRule, asked(FirewallRule.query)) if isinstance(row, FirewallRule)}
    assert found["{1}"].blocks
    assert not found["VIRT-MIGL-In-TCP-NoScope"].active
    assert found["FPS-SMB-In-TCP"].active
    assert decode(PolicyFirewallRule, asked(PolicyFirewallRule.query)) == (
        PolicyFirewallRule("{2}", "v2.30|Action=Allow|Active=TRUE|Dir=In"),
    )
    own = {
        (p.profile, p.enabled)
        for p in decode(FirewallProfile, asked(FirewallProfile.query))
        if isinstance(p, FirewallProfile)
    }
    assert own == {("Domain", 1), ("Private", 0), ("Public", 1)}
    (policy,) = decode(PolicyFirewallProfile, asked(PolicyFirewallProfile.query))
    assert isinstance(policy, PolicyFirewallProfile)
    assert (policy.profile, policy.merges, policy.enabled) == ("Private", 0, None)


def test_adapters_on_virtual_switches():
    rows = decode(ManagementAdapter, asked(ManagementAdapter.query))
    found = {(row.switch, row.vlan) for row in rows if isinstance(row, ManagementAdapter)}
    assert found == {("Converged", 30), ("Plain", 0)}
    assert all(len(row.guid) == 36 for row in rows if isinstance(row, ManagementAdapter))


SETTING = {"AccessVlanId": 30, "NativeVlanId": 31, "PrimaryVlanId": 32}


@pytest.mark.parametrize(
    ("setting", "vlan"),
    [
        ({"OperationMode": 0, **SETTING}, 0),
        ({"OperationMode": 1, **SETTING}, 30),
        ({"OperationMode": 2, **SETTING}, 31),
        ({"OperationMode": 3, **SETTING}, 32),
        ({"OperationMode": 4, **SETTING}, None),
        ({"OperationMode": "Access", **SETTING}, None),
        ({"OperationMode": 1}, None),
        ({}, None),
        (None, None),
    ],
)
def test_the_vlan_of_a_mode(setting, vlan):
    row = {"Name": "LM", "DeviceId": "{X}", "SwitchName": None, "VlanSetting": setting}
    (found,) = decode(ManagementAdapter, [row])
    assert isinstance(found, ManagementAdapter)
    assert found.vlan == vlan


def test_a_vlan_that_is_a_text_is_none():
    with pytest.raises(Unparsable):
        decode(ManagementAdapter, [{"Name": "LM", "DeviceId": "{X}", "SwitchName": None, "VlanSetting": "Access"}])
