from __future__ import annotations

from dataclasses import replace

import pytest

from checks.network.net_01_untrusted_network import FACTS, untrusted_network
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationNetwork, MigrationPerformance, MigrationService, MigrationSettings, VMHost
from scanner.facts.network import (
    ConnectionProfile,
    ConnectionSecurityRule,
    DefaultRoute,
    EndpointProbe,
    IPAddress,
    NetworkAdapter,
)
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration
from scanner.facts.vm import VirtualMachineSettings, VmSecurity, VmStorage
from tests.checks.common.builders import (
    ANY,
    ANY6,
    GONE,
    adapter,
    address,
    disk,
    machine,
    module,
    network,
    probe,
    security,
    settings,
)
from tests.conftest import HV01, HV02, HV11, Judge, estate

GOOD, BAD = address("10.20.0.5/24"), address("8.8.8.5/24", interface=9)
NETS = [network("10.20.0.0/24"), network("8.8.8.0/24")]
OTHER_RULE = ConnectionSecurityRule("r", "v2.31|Action=Secure|Active=TRUE|Protocol=17|")
RULE = ConnectionSecurityRule("r", "v2.31|Action=Secure|Active=TRUE|")


def facts(**changes):
    """A destination that takes migrations on a private and on a public network; nothing is encrypted."""
    rows = {
        (MigrationNetwork, HV02): NETS,
        (VMHost, HV02): [module()],
        (MigrationService, HV02): [MigrationService(())],
        (IPAddress, HV02): [GOOD, BAD],
        (NetworkAdapter, HV02): [adapter(7), adapter(9)],
        (ConnectionProfile, HV02): [ConnectionProfile(7, 1, 1, 1), ConnectionProfile(9, 0, 4, 0)],
        (DefaultRoute, HV02): [DefaultRoute("0.0.0.0/0", "8.8.8.1", 9, 0, 1)],
        (VirtualMachineSettings, HV01): [machine(1)],
        (VmSecurity, HV01): [security(1, False)],
        (VmStorage, HV01): [disk(r"\\fs01\vms\web-01.vhdx")],
        (MigrationSettings, HV01): [settings()],
        (MigrationSettings, HV02): [settings()],
        (SmbServerConfiguration, HV02): [SmbServerConfiguration(False, True)],
        (SmbClientConfiguration, HV01): [SmbClientConfiguration(None, True)],
        (ConnectionSecurityRule, HV02): [],
        (EndpointProbe, HV01): [],
    }
    for name, value in changes.items():
        fact = next(f for f in FACTS if f.__name__ == name.removesuffix("_1"))
        rows[fact, HV01 if name.endswith("_1") else HV02] = value
    return rows


ROUTE = f"{HV01}/{HV02}"
STAY = (Route(HV01, HV02, storage=False),)
STAYS = estate(routes=STAY)
"""storage stays where it is"""
LOCAL = disk(r"D:\VMs\web-01.vhdx")
SMB = [settings(smb=True, compression=False)]
BY_SMB = [replace(module(), performance=MigrationPerformance.SMB)]
ENCRYPTS = [SmbServerConfiguration(True, True)]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(), Status.FAIL, id="one is public"),
        pytest.param(facts(MigrationNetwork=NETS[:1]), Status.PASS, id="private only"),
        pytest.param(facts(MigrationNetwork=NETS[1:]), Status.FAIL, id="public only"),
        pytest.param(facts(MigrationNetwork=ANY, VMHost=[module(any_network=True)]), Status.FAIL, id="any network"),
        pytest.param(facts(MigrationNetwork=GONE, VMHost=[module(any_network=True)]), Status.FAIL, id="any by module"),
        pytest.param(facts(MigrationNetwork=[*NETS[:1], ANY6]), Status.PASS, id="one family without an address"),
        pytest.param(facts(NetworkAdapter=[adapter(7), adapter(9, 2)]), Status.PASS, id="public adapter is down"),
        pytest.param(facts(NetworkAdapter=GONE), Status.UNKNOWN, id="adapters unread"),
        pytest.param(facts(NetworkAdapter=GONE, MigrationNetwork=NETS[:1]), Status.PASS, id="unread, all trusted"),
        pytest.param(facts(ConnectionProfile=GONE), Status.FAIL, id="profiles unread do not hide the public one"),
        pytest.param(facts(ConnectionProfile=GONE, MigrationNetwork=NETS[:1]), Status.UNKNOWN, id="profiles unread"),
        pytest.param(facts(IPAddress=GONE), Status.UNKNOWN, id="addresses unread"),
        pytest.param(facts(MigrationNetwork=GONE), Status.UNKNOWN, id="networks unread"),
        pytest.param(facts(MigrationNetwork=[], VMHost=GONE), Status.UNKNOWN, id="setting unread"),
        pytest.param(facts(MigrationNetwork=NETS[:1], VMHost=GONE), Status.UNKNOWN, id="flag unread, all trusted"),
        pytest.param(facts(MigrationNetwork=[*NETS, network("junk/8")]), Status.FAIL, id="junk hides nothing"),
        pytest.param(facts(MigrationNetwork=[NETS[0], network("junk/8")]), Status.UNKNOWN, id="junk is not green"),
        pytest.param(facts(MigrationNetwork=[]), Status.NOT_APPLICABLE, id="no network"),
        pytest.param(
            facts(MigrationNetwork=GONE, VMHost=[module(any_network=True)], IPAddress=[GOOD]),
            Status.PASS,
            id="any by module, all trusted",
        ),
        pytest.param(facts(VmSecurity_1=[security(1)], MigrationNetwork=NETS[1:]), Status.PASS, id="public, encrypted"),
        pytest.param(facts(VmSecurity_1=[security(1)]), Status.PASS, id="machines encrypt"),
        pytest.param(facts(VmSecurity_1=[security(1)], ConnectionProfile=GONE), Status.PASS, id="so trust is moot"),
        pytest.param(facts(VmSecurity_1=[security(1)], VmStorage_1=[LOCAL]), Status.FAIL, id="a local disk moves"),
        pytest.param(facts(VmSecurity_1=[security(1)], VmStorage_1=GONE), Status.UNKNOWN, id="disks unread"),
        pytest.param(facts(VmSecurity_1=GONE), Status.UNKNOWN, id="machines' flags unread"),
        pytest.param(facts(MigrationSettings_1=SMB, MigrationSettings=SMB), Status.FAIL, id="SMB in clear"),
        pytest.param(
            facts(MigrationSettings_1=SMB, MigrationSettings=SMB, SmbServerConfiguration=ENCRYPTS, VMHost=BY_SMB),
            Status.PASS,
            id="SMB encrypted",
        ),
        pytest.param(
            facts(MigrationSettings_1=SMB, MigrationSettings=SMB, SmbServerConfiguration=ENCRYPTS),
            Status.UNKNOWN,
            id="SMB encrypted, the module says compression",
        ),
        pytest.param(facts(SmbServerConfiguration=ENCRYPTS), Status.FAIL, id="SMB encrypted but not used"),
        pytest.param(facts(ConnectionSecurityRule=[RULE]), Status.UNKNOWN, id="an IPsec rule may cover it"),
        pytest.param(facts(ConnectionSecurityRule=[OTHER_RULE]), Status.FAIL, id="an IPsec rule for something else"),
        pytest.param(facts(ConnectionSecurityRule=GONE), Status.UNKNOWN, id="IPsec unread"),
        pytest.param(facts(MigrationNetwork=NETS[:1], ConnectionProfile=[]), Status.WARN, id="no profile"),
        pytest.param(
            facts(ConnectionSecurityRule=GONE, MigrationNetwork=NETS[:1]), Status.PASS, id="IPsec not asked for"
        ),
    ],
)
def test_untrusted_network(judge: Judge, known, expected):
    assert judge(untrusted_network, known, STAYS, subject=ROUTE).status is expected
    if expected not in (Status.FAIL, Status.WARN):
        assert judge(untrusted_network, known, STAYS, subject=ROUTE).remedy == "", "there is nothing to be mended"


def test_declared_trust_decides(judge: Judge):
    where = estate(trusted=("10.20.0.0/24", "8.8.8.0/24"), routes=STAY)
    assert judge(untrusted_network, facts(ConnectionProfile=GONE), where, subject=ROUTE).status is Status.PASS
    where = estate(trusted=("8.8.8.0/24",), untrusted=("10.20.0.0/16",))
    finding = judge(untrusted_network, facts(), where, subject=ROUTE)
    assert finding.status is Status.FAIL
    assert "10.20.0.0/24 (interface 7): declared untrusted" in finding.seen
    assert "8.8.8.0" not in finding.seen


def test_each_route_is_as_encrypted_as_its_own_source(judge: Judge):
    where = estate(
        hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02, storage=False), Route(HV11, HV02, storage=False))
    )
    known = facts(VmSecurity_1=[security(1)]) | {
        (VirtualMachineSettings, HV11): [machine(2)],
        (VmSecurity, HV11): [security(2, False)],
        (MigrationSettings, HV11): [settings()],
        (SmbClientConfiguration, HV11): [],
        (EndpointProbe, HV11): [],
    }
    finding = judge(untrusted_network, known, where, subject=f"{HV11}/{HV02}")
    assert finding.status is Status.FAIL
    assert finding.note.startswith("not encrypted: 1 of 1 virtual machine of hv11.branch.example without")
    encrypted = judge(untrusted_network, known, where, subject=ROUTE)
    assert (encrypted.status, "every virtual machine of hv01" in encrypted.note) == (Status.PASS, True)


def test_warning_stays_a_warning_unless_encrypted(judge: Judge):
    unsettled = facts(MigrationNetwork=NETS[:1], ConnectionProfile=[])
    assert judge(untrusted_network, unsettled, STAYS, subject=ROUTE).status is Status.WARN
    clear = unsettled | {(VmSecurity, HV01): [security(1)]}
    finding = judge(untrusted_network, clear, STAYS, subject=ROUTE)
    assert finding.status is Status.PASS
    assert "encrypts its migration" in finding.note
    assert finding.remedy == ""


def test_what_is_not_known_is_told(judge: Judge):
    flags = judge(untrusted_network, facts(VmSecurity_1=GONE), subject=ROUTE)
    assert "encrypted is not known: VmSecurity of hv01.corp.example: timeout" in flags.note
    rules = judge(untrusted_network, facts(ConnectionSecurityRule=GONE), subject=ROUTE)
    assert "encrypted is not known: ConnectionSecurityRule of hv02.corp.example: timeout" in rules.note
    clear = judge(untrusted_network, facts(VmSecurity_1=[security(1)], MigrationNetwork=NETS[1:]), STAYS, subject=ROUTE)
    assert clear.seen == "8.8.8.0/24 (interface 9): public address space"
    moot = facts(VmSecurity_1=[security(1)], ConnectionProfile=GONE, MigrationNetwork=NETS[:1])
    assert "ConnectionProfile of hv02" in judge(untrusted_network, moot, STAYS, subject=ROUTE).seen
    assert "LM-08" in judge(untrusted_network, facts(MigrationNetwork=[]), STAYS, subject=ROUTE).note


def test_every_warning_says_why_the_move_works(judge: Judge):
    finding = judge(untrusted_network, facts(MigrationNetwork=NETS[:1], ConnectionProfile=[]), STAYS, subject=ROUTE)
    assert (finding.status, finding.works.startswith("Hyper-V migrates over any network")) == (Status.WARN, True)


def test_texts(judge: Judge):
    finding = judge(untrusted_network, facts(), estate(trusted=("10.20.0.0/24",)), subject=ROUTE)
    assert finding.seen == "8.8.8.0/24 (interface 9): public address space"
    assert "networks.trusted" in finding.wanted
    assert finding.note.startswith("not encrypted: 1 of 1 virtual machine of hv01.corp.example without")
    assert finding.remedy == ""  # whether hv01 has another way is not known


def test_what_is_untrusted_is_taken_away_where_another_way_stays(judge: Judge):
    known = facts() | {(IPAddress, HV01): [address("10.20.0.9/24")], (NetworkAdapter, HV01): [adapter()]}
    finding = judge(untrusted_network, known, subject=ROUTE)
    assert finding.remedy == "Remove-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '8.8.8.0/24'"
    known[EndpointProbe, HV01] = [probe("10.20.0.5:6600", "TimedOut"), probe("8.8.8.5:6600", local="10.20.0.9")]
    assert judge(untrusted_network, known, subject=ROUTE).remedy == ""
    anything = known | facts(MigrationNetwork=ANY, VMHost=[module(any_network=True)])
    anything[EndpointProbe, HV01] = [probe("10.20.0.5:6600", local="10.20.0.9")]
    where = estate(trusted=("10.20.0.0/24",))
    assert judge(untrusted_network, anything, where, subject=ROUTE).remedy.splitlines() == [
        "Add-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10.20.0.0/24'",
        "Set-VMHost -ComputerName 'hv02.corp.example' -UseAnyNetworkForMigration $false",
    ]


LEAVES = {
    (IPAddress, HV01): [address("10.20.0.9/24"), address("9.9.9.9/24", interface=9)],
    (NetworkAdapter, HV01): [adapter(), adapter(9)],
    (ConnectionProfile, HV01): [ConnectionProfile(7, 1, 1, 1), ConnectionProfile(9, 0, 4, 0)],
    (DefaultRoute, HV01): [],
}


@pytest.mark.parametrize(
    ("known", "expected", "words"),
    [
        pytest.param({}, Status.PASS, "", id="no attempt"),
        pytest.param(
            {"local": "9.9.9.9", "gone": EndpointProbe}, Status.UNKNOWN, "EndpointProbe of hv01", id="attempts"
        ),
        pytest.param({"local": "10.20.0.9"}, Status.PASS, "", id="through a trusted one"),
        pytest.param({"local": "9.9.9.9"}, Status.FAIL, "from hv01.corp.example: 9.9.9.0/24", id="untrusted"),
        pytest.param({"local": "9.9.9.9", "outcome": "TimedOut"}, Status.PASS, "", id="it did not connect"),
        pytest.param({"local": "10.99.0.1"}, Status.UNKNOWN, "through which of its networks", id="none of its own"),
        pytest.param({"local": "9.9.9.9", "gone": IPAddress}, Status.UNKNOWN, "IPAddress of hv01", id="unread"),
        pytest.param({"local": "9.9.9.9", "gone": ConnectionProfile}, Status.FAIL, "public", id="profiles unread"),
    ],
)
def test_a_way_is_as_trusted_as_the_network_it_leaves_through(judge: Judge, known, expected, words):
    rows = facts(MigrationNetwork=NETS[:1]) | LEAVES
    if known:
        answer = probe("10.20.0.5:6600", known.get("outcome", "Connected"), local=known["local"])
        rows[EndpointProbe, HV01] = [answer]
    if "gone" in known:
        rows[known["gone"], HV01] = GONE
    finding = judge(untrusted_network, rows, STAYS, subject=ROUTE)
    assert finding.status is expected
    assert words in finding.seen + finding.note
    assert finding.remedy == ""


def test_a_list_that_mends_nothing_is_not_offered(judge: Judge):
    rows = facts(MigrationNetwork=ANY, VMHost=[module(any_network=True)], IPAddress=[GOOD]) | LEAVES
    rows[EndpointProbe, HV01] = [probe("10.20.0.5:6600", local="9.9.9.9")]
    finding = judge(untrusted_network, rows, estate(trusted=("10.20.0.0/24",)), subject=ROUTE)
    assert (finding.status, finding.remedy) == (Status.FAIL, "")


def test_encryption_clears_the_way_out_too(judge: Judge):
    rows = facts(MigrationNetwork=NETS[:1], VmSecurity_1=[security(1)]) | LEAVES
    rows[EndpointProbe, HV01] = [probe("10.20.0.5:6600", local="9.9.9.9")]
    assert judge(untrusted_network, rows, STAYS, subject=ROUTE).status is Status.PASS
    finding = judge(untrusted_network, rows, subject=ROUTE)
    assert (finding.status, "disks move" in finding.note) == (Status.FAIL, True)


def test_a_network_in_which_the_sources_meet_themselves_is_no_way(judge: Judge):
    rows = facts() | {(IPAddress, HV01): [address("8.8.8.5/24", interface=9)], (NetworkAdapter, HV01): [adapter(9)]}
    assert judge(untrusted_network, rows, STAYS, subject=ROUTE).status is Status.PASS


def test_an_ipsec_rule_is_no_proof(judge: Judge):
    finding = judge(untrusted_network, facts(ConnectionSecurityRule=[RULE]), STAYS, subject=ROUTE)
    assert finding.note.endswith(
        "protected traffic is required by 1 active connection security rule; whether it covers the move and encrypts "
        "is not examined"
    )


SAFE = address("10.20.0.7/24", state=3)
GOING = address("8.8.8.5/24", interface=9, state=3)
"""a public address that the host still holds, and offers to nobody"""


@pytest.mark.parametrize(
    ("known", "expected", "words"),
    [
        pytest.param(
            {"listens": ["10.20.0.5", "8.8.8.5"]}, Status.FAIL, "8.8.8.0/24 (interface 9): public", id="there"
        ),
        pytest.param({"listens": ["10.20.0.5"]}, Status.PASS, "", id="not there"),
        pytest.param(
            {"listens": ["8.8.8.5"], "NetworkAdapter": [adapter(7), adapter(9, 2)]}, Status.PASS, "", id="down"
        ),
        pytest.param(
            {"listens": ["8.8.8.5"], "NetworkAdapter": [adapter(7)]},
            Status.UNKNOWN,
            "its adapter is up",
            id="up or not",
        ),
        pytest.param(
            {"listens": ["8.8.8.5"], "MigrationNetwork": NETS[:1]}, Status.FAIL, "8.8.8.0/24", id="not listed"
        ),
        pytest.param(
            {"listens": ["8.8.8.5"], "IPAddress": [GOOD, BAD], "MigrationNetwork": NETS[:1]},
            Status.FAIL,
            "8.8.8.0/24",
            id="offered and not listed",
        ),
        pytest.param({"listens": GONE}, Status.UNKNOWN, "MigrationService of hv02", id="unread, opened by the list"),
        pytest.param(
            {"listens": GONE, "MigrationNetwork": NETS[:1]}, Status.UNKNOWN, "whether it listens there", id="unread"
        ),
        pytest.param({"listens": GONE, "IPAddress": [GOOD, SAFE]}, Status.PASS, "", id="unread, and none is wrong"),
        pytest.param({"listens": ["8.8.8.6"]}, Status.PASS, "", id="an address that it does not hold"),
    ],
)
def test_every_address_at_which_the_host_listens_counts(judge: Judge, known, expected, words):
    changes = {"IPAddress": [GOOD, GOING], **known}
    texts = changes.pop("listens")
    rows = facts(**changes, MigrationService=texts if texts is GONE else [MigrationService(tuple(texts))])
    finding = judge(untrusted_network, rows, STAYS, subject=ROUTE)
    assert finding.status is expected
    assert words in finding.seen + finding.note


def test_a_source_that_leaves_for_such_an_address_by_an_untrusted_network(judge: Judge):
    rows = facts(IPAddress=[GOOD, address("10.30.0.5/24", interface=9, state=3)], MigrationNetwork=NETS[:1]) | LEAVES
    rows[ConnectionProfile, HV02] = [ConnectionProfile(7, 1, 1, 1), ConnectionProfile(9, 1, 1, 1)]
    rows[DefaultRoute, HV02] = []
    rows[MigrationService, HV02] = [MigrationService(("10.20.0.5", "10.30.0.5"))]
    for local, expected in (("10.20.0.9", Status.PASS), ("9.9.9.9", Status.FAIL)):
        rows[EndpointProbe, HV01] = [probe("10.30.0.5:6600", local=local)]
        assert judge(untrusted_network, rows, STAYS, subject=ROUTE).status is expected


def test_the_list_is_mended_where_it_lets_in_what_is_untrusted(judge: Judge):
    opened = {"MigrationNetwork": ANY, "VMHost": [module(any_network=True)]}
    for changes, lines in ((opened, 2), ({"MigrationNetwork": NETS[:1]}, 0)):
        rows = facts(IPAddress=[GOOD, GOING], **changes) | LEAVES
        rows[MigrationService, HV02] = [MigrationService(("10.20.0.5", "8.8.8.5"))]
        rows[EndpointProbe, HV01] = [probe("10.20.0.5:6600", local="10.20.0.9")]
        finding = judge(untrusted_network, rows, estate(trusted=("10.20.0.0/24",), routes=STAY), subject=ROUTE)
        assert (finding.status, len(finding.remedy.splitlines())) == (Status.FAIL, lines)


def test_what_passes_is_not_mended(judge: Judge):
    known = facts(MigrationNetwork=ANY, VMHost=[module(any_network=True)], IPAddress=[GOOD])
    known |= {(IPAddress, HV01): [address("10.20.0.9/24")], (NetworkAdapter, HV01): [adapter()]}
    known[EndpointProbe, HV01] = [probe("10.20.0.5:6600", local="10.20.0.9")]
    finding = judge(untrusted_network, known, estate(trusted=("10.20.0.0/24",), routes=STAY), subject=ROUTE)
    assert (finding.status, finding.remedy) == (Status.PASS, "")


def test_a_warning_of_the_list_is_mended_by_it(judge: Judge):
    known = facts(MigrationNetwork=ANY, VMHost=[module(any_network=True)], ConnectionProfile=[])
    known[IPAddress, HV02] = [GOOD, address("10.30.0.5/24", interface=9)]
    known |= {(IPAddress, HV01): [address("10.20.0.9/24")], (NetworkAdapter, HV01): [adapter()]}
    known[EndpointProbe, HV01] = [probe("10.20.0.5:6600", local="10.20.0.9")]
    finding = judge(untrusted_network, known, estate(trusted=("10.20.0.0/24",), routes=STAY), subject=ROUTE)
    assert finding.status is Status.WARN
    assert finding.remedy.startswith("Add-VMMigrationNetwork -ComputerName 'hv02.corp.example' -Subnet '10.20.0.0/24'")
