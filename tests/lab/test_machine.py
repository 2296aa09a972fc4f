"""A practice machine's file and the tables that follow from it."""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1

from lab import contract
from lab.windows import machine as machines
from lab.windows.machine import Machine, parse, tables
from lab.windows.machine.registry import keys
from lab.windows.machine.tables import TABLES
from lab.windows.trial import Trial
from lab.windows.wsman import certificates

EXAMPLES = Path(machines.__file__).parent / "examples"
EVERYTHING = """
name = "hv07"
domain = "corp.example"
release = "2025"
[migration]
networks = ["10.20.0.0/24", "fd00:20::/64"]
performance = "smb"
[[adapter]]
name = "Lan"
addresses = ["10.10.0.7/24", "fd00:10::7/64"]
gateway = true
[[adapter]]
name = "Fast"
addresses = ["10.20.0.7/24"]
vlan = 20
rdma = true
over = ["Lan"]
[[switch]]
name = "External"
vlan = 5
[[switch]]
name = "Lonely"
kind = "private"
[[vm]]
name = "odd"
disks = ['C:\\VMs\\odd.vhdx']
shared_disks = ['C:\\ClusterStorage\\V1\\quorum.vhds']
pass_through = ["Microsoft:7\\\\2"]
dvd = 'C:\\iso\\a.iso'
floppy = ""
checkpoints = ["one", "two"]
switch = "External"
pci_devices = ["PCIP\\\\VEN_10DE"]
gpu_partitions = 2
fibre_channel = ["C003FF1234560000"]
remotefx = true
critical = true
clustered = true
[vm.replication]
replica = "hv11.branch.example"
health = "Warning"
[replica]
enabled = true
authentication = "both"
allow = [{ primary = "*" }]
[cluster]
name = "clu1"
nodes = ["hv07", "hv08"]
groups = { "Replica Broker" = 115 }
resource = [{ name = "Broker CAP", type = "Network Name", values = { DnsName = "broker" } }]
[members]
administrators = [{ name = 'CORP\\Domain Admins', sid = "S-1-5-21-1-2-3-512" }]
[policy]
rights = { SeServiceLogonRight = ["*S-1-5-80-0"] }
[device_guard]
status = "running"
credential_guard = true
[asr]
registered = true
proxy = "http://proxy.corp.example"
proxy_port = 3128
[vmm]
account = 'CORP\\vmm'
[smb]
share = [{ name = "Replica", path = 'D:\\Replica' }]
"""
WHOLE = {"String": str, "Boolean": bool, "DateTime": datetime}


def _example(name: str) -> Machine:
    return Machine.load(EXAMPLES / f"{name}.toml")


def _fits(value: Any, kind: str) -> bool:
    if value is None:
        return True
    if kind.endswith("[]"):
        return isinstance(value, list) and all(_fits(item, kind[:-2]) for item in value)
    if kind in WHOLE:
        return isinstance(value, WHOLE[kind])
    return isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**64


@pytest.mark.parametrize("machine", [Machine(parse(EVERYTHING)), _example("hv01-2019"), _example("hv11-2012r2")])
def test_every_row_is_what_the_contract_says(machine: Machine) -> None:
    seen = 0
    for key in TABLES:
        found = tables.find(machine, *key)
        if found is None or not tables.has_namespace(machine, found.namespace):
            continue
        kinds = contract.properties(found.type_name, machine.release)
        read = {p.rstrip("?") for p in contract.load("types")[found.type_name]["read"]}
        for row in found.instances(machine):
            seen += 1
            assert set(row) == set(kinds)
            assert read & set(kinds) <= set(row)
            wrong = {p: v for p, v in row.items() if not _fits(v, kinds[p])}
            assert not wrong, found.name
    assert seen > 60


def test_a_machine_that_has_everything_fills_every_property_the_plan_reads() -> None:
    machine = Machine(parse(EVERYTHING))
    for key in TABLES:
        found = tables.find(machine, *key)
        assert found is not None
        rows = found.instances(machine)
        assert rows, found.name
        read = {p.rstrip("?") for p in contract.load("types")[found.type_name]["read"]}
        silent = {p for p in read if all(row[p] is None for row in rows)}
        assert silent <= {"MaximumParallelMigrations"}, (found.name, silent)


def test_a_healthy_host_takes_few_lines() -> None:
    text = (EXAMPLES / "hv01-2019.toml").read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line and not line.startswith("#")]) <= 45
    smallest = Machine(parse('name = "a"\nrelease = "2022"'))
    assert smallest.running("vmms")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "a"\nrelease = "2020"', "release"),
        ('name = "a"\nrelease = "2019"\ncolour = "red"', "colour"),
        ('name = "a"\nrelease = "2019"\n[migration]\nenabled = "yes"', "migration.enabled"),
        ('name = "a"\nrelease = "2019"\n[[vm]]\nmemory = 1', "name"),
        ('name = "a"\nrelease = "2019"\n[[rows.Win32_Servcie]]', "rows.Win32_Servcie: the contract has no such class"),
        ('name = "a"\nrelease = "2019"\n[[rows.Win32_Service]]\nNmae = "x"', "rows.Win32_Service has no property Nmae"),
        ("name = ", "TOML|expected|Invalid"),
    ],
)
def test_a_wrong_file_is_refused(text: str, says: str) -> None:
    with pytest.raises(msgspec.DecodeError, match=says):
        parse(text)


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("", ["KB5044277"]),
        ('[[rows.Win32_QuickFixEngineering]]\nHotFixID = "KB1"', ["KB1"]),
        ("[rows]\nWin32_QuickFixEngineering = []", []),
    ],
)
def test_a_file_may_give_a_class_other_rows(said: str, seen: list[str]) -> None:
    trial = Trial.of(f'name = "a"\nrelease = "2019"\n{said}')
    rows = trial.ask(("Get-CimInstance", {"ClassName": "Win32_QuickFixEngineering"}))["rows"]
    assert [row["HotFixID"] for row in rows] == seen


def test_a_host_has_addresses_in_both_stores_and_of_all_kinds() -> None:
    rows = Trial(_example("hv01-2019")).ask(
        ("Get-CimInstance", {"Namespace": "root\\StandardCimv2", "ClassName": "MSFT_NetIPAddress"})
    )["rows"]
    stores = [(r["IPAddress"], r["Store"], r["AddressState"]) for r in rows]
    assert ("10.20.0.11", 1, 4) in stores
    assert ("10.20.0.11", 0, 0) in stores
    assert ("127.0.0.1", 1, 4) in stores
    assert any(address.startswith("fe80::") and "%" in address for address, _, _ in stores)


def test_listeners_follow_from_networks_addresses_and_service() -> None:
    assert _example("hv01-2019").migration_listeners() == ["10.20.0.11"]
    assert _example("hv11-2012r2").migration_listeners() == ["10.30.0.11", "fd00:30::11"]
    stopped = 'name = "a"\nrelease = "2019"\n[services]\nvmms = "stopped"\n[migration]\nlistening = ["10.0.0.1"]'
    assert Machine(parse(stopped)).migration_listeners() == []
    ports = {(a, p) for a, p, _ in _example("hv01-2019").listening()}
    assert {("10.20.0.11", 6600), ("0.0.0.0", 8083), ("0.0.0.0", 445)} <= ports


def test_checkpoints_keep_the_disk_and_the_machine_writes_to_a_difference() -> None:
    machine = Machine(parse(EVERYTHING))
    found = tables.find(machine, "root\\virtualization\\v2", "Msvm_StorageAllocationSettingData")
    assert found is not None
    rows = found.instances(machine)
    files = [row["HostResource"][0] for row in rows if row["HostResource"] and "odd" in row["HostResource"][0]]
    assert files == ["C:\\VMs\\odd_2.avhdx", "C:\\VMs\\odd.vhdx", "C:\\VMs\\odd_1.avhdx"]
    assert any(row["InstanceID"].startswith("Microsoft:Definition\\") for row in rows)


def test_ids_stay_the_same_and_differ_between_machines() -> None:
    one, other = _example("hv01-2019"), _example("hv11-2012r2")
    assert one.guid("vm", "web-01") == _example("hv01-2019").guid("vm", "web-01")
    assert one.guid("vm", "web-01") != other.guid("vm", "web-01")


def test_registry_follows_from_the_state_and_the_file_has_the_last_word() -> None:
    head = 'name = "a"\nrelease = "2019"\ndomain = "corp.example"\n[registry]\n'
    said = (
        'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" = { UBR = 1 }\n'
        '"HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon" = false\n'
        '"HKLM:\\SOFTWARE\\Own" = { A = "b" }\n'
    ).replace("\\", "\\\\")
    found = keys(Machine(parse(f'{head}"{said}')))
    assert found["HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"]["UBR"] == 1
    assert not [key for key in found if "Netlogon" in key]
    assert found["HKEY_LOCAL_MACHINE\\SOFTWARE\\Own"] == {"A": "b"}


def test_contract_tells_what_is_wrong_with_a_command() -> None:
    assert contract.complaints("Get-VMHost", [], "2012") == []
    assert contract.complaints("Get-VMHost", ["CimSession"], "2012R2")
    assert contract.complaints("Get-Nothing", [], "2019") == ["Get-Nothing is not in the contract"]
    assert contract.complaints("Get-CimAssociatedInstance", ["Association"], "2019", piped=True) == []
    assert contract.complaints("Get-CimAssociatedInstance", ["Association"], "2019")
    assert contract.complaints("Select-Object", ["First", "Index"], "2019")


def test_contract_knows_what_is_younger_than_a_release() -> None:
    processors = "CIM:root\\virtualization\\v2:Msvm_ProcessorSettingData"
    assert "LimitProcessorFeaturesMode" not in contract.properties(processors, "2019")
    assert "LimitProcessorFeaturesMode" in contract.properties(processors, "2025")
    assert not contract.properties("CIM:root\\virtualization\\v2:Msvm_SecuritySettingData", "2012R2")
    entries = [entry for name, entry in contract.load("types").items() if name.startswith("CIM:")]
    young = [
        entry["properties_since"].keys() - entry["properties"].keys()
        for entry in entries
        if "properties_since" in entry
    ]
    assert len(young) > 5
    assert not any(young)


def test_certificates_of_the_machine_store_are_elements_of_a_blob(tmp_path: Path) -> None:
    made = certificates.make(tmp_path, ["hv01.corp.example"])
    pem = Path(made.server.certificate).read_text(encoding="ascii")
    head = 'name = "hv01"\nrelease = "2019"\n[[certificate]]\nfriendly_name = "Replica"\npem = """\n'
    asked = {"Path": ["Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SystemCertificates\\MY\\Certificates\\*"]}
    (row,) = Trial.of(f'{head}{pem}"""').ask(("Get-ItemProperty", asked))["rows"]
    blob, elements = bytes(row["Blob"]), {}
    while blob:
        number, _, length = struct.unpack_from("<III", blob)
        elements[number], blob = blob[12 : 12 + length], blob[12 + length :]
    parsed = x509.load_der_x509_certificate(elements[32])
    assert parsed == x509.load_pem_x509_certificate(pem.encode())
    assert row["PSChildName"] == parsed.fingerprint(SHA1()).hex().upper()
    assert elements[11].decode("utf-16-le") == "Replica\0"
    assert 2 in elements
