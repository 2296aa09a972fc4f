from __future__ import annotations

from dataclasses import replace

import pytest

from checks.network.encryption import PROVING, by_machine, by_smb, ipsec_hint, protection
from scanner.api import Route, View
from scanner.facts.hyperv import MigrationPerformance, MigrationSettings, VMHost
from scanner.facts.network import (
    ConnectionSecurityRule,
)
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration
from scanner.facts.vm import VirtualMachineSettings, VmSecurity, VmStorage
from tests.checks.common.builders import GONE, checkpoint, disk, machine, module, security, settings
from tests.conftest import HV01, HV02, estate, evidence

SMB, BOTH, PLAIN = settings(smb=True, compression=False), settings(smb=True, compression=True), settings()
ON_A_SHARE, LOCAL = disk(r"\\fs01\vms\web-01.vhdx"), disk(r"D:\VMs\web-01.vhdx")
TCP = settings(smb=False, compression=False)


def view(facts, *, storage: bool = False) -> View:
    known = {(VmStorage, HV01): [ON_A_SHARE]} | facts
    return View(evidence(known, estate(routes=(Route(HV01, HV02, storage),))), PROVING)


@pytest.mark.parametrize(
    ("machines", "flags", "expected"),
    [
        pytest.param([machine(1), machine(2)], [security(1), security(2)], True, id="all"),
        pytest.param([machine(1), checkpoint(2)], [security(1)], True, id="a checkpoint is no machine"),
        pytest.param([machine(1), machine(2)], [security(1)], False, id="one has no flag"),
        pytest.param([machine(1), machine(2)], [security(1), security(2, False)], False, id="one is off"),
        pytest.param([machine(1)], [security(1, None)], False, id="null"),
        pytest.param([machine(1)], [], False, id="release without flags"),
        pytest.param([], [], False, id="no machine proves nothing"),
        pytest.param(GONE, [security(1)], None, id="machines unread"),
        pytest.param([machine(1)], GONE, None, id="flags unread"),
    ],
)
def test_by_machine(machines, flags, expected):
    known = {(VirtualMachineSettings, HV01): machines, (VmSecurity, HV01): flags}
    assert by_machine(view(known), HV01).holds is expected


def server(encrypts: bool, rejects: bool | None = True):
    return [SmbServerConfiguration(encrypts, rejects)]


def client(requires: bool | None):
    return [SmbClientConfiguration(requires, True)]


@pytest.mark.parametrize(
    ("source", "destination", "serves", "uses", "expected"),
    [
        pytest.param([SMB], [SMB], server(True), client(None), True, id="server encrypts"),
        pytest.param([SMB], [SMB], server(True), GONE, True, id="server encrypts, client unread"),
        pytest.param([SMB], [SMB], server(False), client(True), True, id="client requires"),
        pytest.param([SMB], [SMB], GONE, client(True), True, id="client requires, server unread"),
        pytest.param([SMB], [SMB], server(True, False), client(None), False, id="clear text is let in"),
        pytest.param([SMB], [SMB], server(True, None), client(None), False, id="not told"),
        pytest.param([SMB], [SMB], server(False), client(False), False, id="nobody encrypts"),
        pytest.param([SMB], [SMB], server(False), GONE, None, id="client unread"),
        pytest.param([SMB], [SMB], GONE, client(None), None, id="server unread"),
        pytest.param([SMB], [SMB], [], client(None), None, id="server tells nothing"),
        pytest.param([SMB], [SMB], server(False), [], None, id="client tells nothing"),
        pytest.param([SMB], [SMB], [], [], None, id="neither tells anything"),
        pytest.param([PLAIN], [SMB], server(True), client(True), False, id="source compresses"),
        pytest.param([SMB], [PLAIN], server(True), client(True), False, id="destination compresses"),
        pytest.param([BOTH], [SMB], server(True), client(True), None, id="both flags at once"),
        pytest.param([BOTH], [SMB], server(False), client(False), False, id="both flags, nobody encrypts"),
        pytest.param([BOTH], [PLAIN], server(True), client(True), False, id="both flags, destination compresses"),
        pytest.param([TCP], [SMB], server(True), client(True), False, id="neither flag"),
        pytest.param([PLAIN], GONE, server(True), client(True), False, id="source compresses, other unread"),
        pytest.param(GONE, [SMB], server(True), client(True), None, id="source unread"),
        pytest.param([SMB], [], server(True), client(True), None, id="destination tells nothing"),
        pytest.param(GONE, [SMB], server(False), client(False), False, id="source unread, nobody encrypts"),
    ],
)
def test_by_smb(source, destination, serves, uses, expected):
    known = {
        (MigrationSettings, HV01): source,
        (MigrationSettings, HV02): destination,
        (SmbServerConfiguration, HV02): serves,
        (SmbClientConfiguration, HV01): uses,
    }
    assert by_smb(view(known), HV01, HV02).holds is expected


@pytest.mark.parametrize("host", [HV01, HV02])
def test_the_settings_say_smb_and_the_module_does_not(host):
    known = {
        (MigrationSettings, HV01): [SMB],
        (MigrationSettings, HV02): [SMB],
        (SmbServerConfiguration, HV02): server(True),
    }
    for told in (MigrationPerformance.COMPRESSION, MigrationPerformance.TCPIP):
        proof = by_smb(view(known | {(VMHost, host): [replace(module(), performance=told)]}), HV01, HV02)
        assert (proof.holds, f"memory of {host}: the settings say SMB" in proof.text) == (None, True)
    agreed = {(VMHost, host): [replace(module(), performance=MigrationPerformance.SMB)]}
    assert by_smb(view(known | agreed), HV01, HV02).holds is True


@pytest.mark.parametrize(
    ("source", "destination", "serves", "uses", "text"),
    [
        pytest.param(
            [SMB], GONE, server(True), client(True), "MigrationSettings of hv02.corp.example: timeout", id="setting"
        ),
        pytest.param(
            [],
            [SMB],
            server(True),
            client(True),
            "MigrationSettings of hv01.corp.example: 0 rows where one was expected",
            id="no setting",
        ),
        pytest.param(
            [SMB],
            [SMB, SMB],
            server(True),
            client(True),
            "MigrationSettings of hv02.corp.example: 2 rows where one was expected",
            id="two settings there",
        ),
        pytest.param(
            [SMB], [SMB], GONE, client(None), "SmbServerConfiguration of hv02.corp.example: timeout", id="server"
        ),
        pytest.param(
            [SMB],
            [SMB],
            server(False),
            [],
            "the SMB configuration of hv01.corp.example or hv02.corp.example has no row",
            id="no row",
        ),
    ],
)
def test_by_smb_tells_what_is_missing(source, destination, serves, uses, text):
    known = {
        (MigrationSettings, HV01): source,
        (MigrationSettings, HV02): destination,
        (SmbServerConfiguration, HV02): serves,
        (SmbClientConfiguration, HV01): uses,
    }
    proof = by_smb(view(known), HV01, HV02)
    assert (proof.holds, proof.text) == (None, text)


def test_protection_takes_the_best_proof():
    flags = {(VirtualMachineSettings, HV01): [machine(1)], (VmSecurity, HV01): [security(1)]}
    assert protection(view(flags), HV01, HV02).holds is True
    off = flags | {(VmSecurity, HV01): [security(1, False)]}
    assert protection(view(off), HV01, HV02).holds is None
    plain = off | {(MigrationSettings, HV01): [PLAIN], (MigrationSettings, HV02): [PLAIN]}
    proof = protection(view(plain), HV01, HV02)
    assert proof.holds is False
    assert "1 of 1 virtual machine of" in proof.text
    assert "do not use SMB" in proof.text


@pytest.mark.parametrize(
    ("serves", "uses", "expected", "words"),
    [
        pytest.param(server(True), client(None), True, "disks move: hv02.corp.example encrypts", id="there"),
        pytest.param(server(False), client(True), True, "disks move: hv01.corp.example requires", id="here"),
        pytest.param(server(False), client(False), False, "disks move: neither", id="nobody"),
        pytest.param(GONE, client(False), None, "disks move: SmbServerConfiguration of hv02", id="unread"),
    ],
)
def test_a_machine_encrypts_no_disk_of_its_own_on_the_way(serves, uses, expected, words):
    known = {
        (VirtualMachineSettings, HV01): [machine(1)],
        (VmSecurity, HV01): [security(1)],
        (MigrationSettings, HV01): [PLAIN],
        (MigrationSettings, HV02): [PLAIN],
        (SmbServerConfiguration, HV02): serves,
        (SmbClientConfiguration, HV01): uses,
    }
    proof = protection(view(known, storage=True), HV01, HV02)
    assert proof.holds is expected
    assert words in proof.text
    assert protection(view(known), HV01, HV02).holds is True
    local = protection(view(known | {(VmStorage, HV01): [ON_A_SHARE, LOCAL]}), HV01, HV02)
    assert (local.holds, local.text) == (proof.holds, proof.text)


def test_where_nobody_saw_the_disks_they_may_move():
    known = {(VirtualMachineSettings, HV01): [machine(1)], (VmSecurity, HV01): [security(1)], (VmStorage, HV01): GONE}
    proof = protection(view(known), HV01, HV02)
    assert proof.holds is None
    assert "whether disks move is not known: VmStorage of hv01.corp.example" in proof.text


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (["v2.31|Action=SecureServer|Name=X|Active=TRUE|"], True),
        (["v2.31|Action=Secure|Active=TRUE|"], True),
        (["v2.31|Action=Boundary|Active=TRUE|"], False),
        (["v2.31|Action=DoNotSecure|Active=TRUE|"], False),
        (["v2.31|Action=Secure|Active=FALSE|"], False),
        (["v2.31|Action=Secure|"], False),
        ([], False),
        (GONE, None),
    ],
)
def test_ipsec_hint(rules, expected):
    rows = rules if rules is GONE else [ConnectionSecurityRule(f"r{n}", text) for n, text in enumerate(rules)]
    assert ipsec_hint(view({(ConnectionSecurityRule, HV02): rows}), HV01, HV02).holds is expected
