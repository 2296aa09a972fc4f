from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vmm.firmware import same, turned, usable
from checks.vmm.vmm_13_own_machine import own_machine
from scanner.api import CloudPair, GapReason, Status
from scanner.facts.firmware import SystemProduct
from scanner.facts.host import ComputerSystem
from scanner.facts.vmm import Cloud, VmmServer
from scanner.facts.vmm_machines import VmmVirtualMachine
from tests.checks.vmm import vmm_rows
from tests.checks.vmm.vmm_rows import PRIMARY, RECOVERY, SERVER, VMM1, VMM2, estate, machine

UUID, TURNED = "00112233-4455-6677-8899-AABBCCDDEEFF", "33221100-5544-7766-8899-aabbccddeeff"
GUEST = replace(SERVER, profile=4)
SYSTEM = ComputerSystem("VMM01", "vmm01", "corp.example", True, 3, "Microsoft Corporation", "Virtual Machine", True)
PHYSICAL = replace(SYSTEM, manufacturer="Contoso", model="Rack 2000", hypervisor=False)


def known(*machines, uuid: str | None = UUID, system=SYSTEM, name=VMM1, **given):
    return vmm_rows.facts(machines=machines, name=name, **given) | {
        (SystemProduct, name): [SystemProduct(uuid)],
        (ComputerSystem, name): [system],
    }


def judged(judge, *machines, where=None, more=None, **given):
    return judge(own_machine, known(*machines, **given) | (more or {}), where or estate(), subject=VMM1)


@pytest.mark.parametrize("bios", [UUID, UUID.lower(), TURNED, f"{{{TURNED}}}"])
@pytest.mark.parametrize("cloud", ["Primary", "Recovery"])
def test_in_a_cloud_of_a_pair(judge, bios, cloud):
    finding = judged(judge, machine("vmm01", cloud=cloud, bios_guid=bios))
    assert finding.status is Status.WARN
    assert cloud in finding.seen
    assert judged(judge, machine("vmm01", cloud=cloud, bios_guid=bios), server=GUEST).status is Status.WARN


@pytest.mark.parametrize("cloud", [None, "Tools"])
def test_outside(judge, cloud):
    clouds = [PRIMARY, RECOVERY, vmm_rows.cloud("c3", "Tools")]
    own = machine("vmm01", cloud=cloud, bios_guid=UUID)
    assert judged(judge, own, clouds=clouds).status is Status.PASS
    assert judged(judge, own, clouds=clouds, server=GUEST).status is Status.UNKNOWN
    protected = [PRIMARY, RECOVERY, replace(clouds[2], protected=True)]
    expected = Status.WARN if cloud else Status.PASS
    assert judged(judge, own, clouds=protected).status is expected, "VMM says that Site Recovery protects it"


def test_a_machine_of_the_same_name_is_another_one(judge):
    assert judged(judge, machine("vmm01", bios_guid=UUID.replace("0011", "1111"))).status is Status.PASS
    assert judged(judge).status is Status.PASS
    assert judged(judge, server=GUEST).status is Status.UNKNOWN


def test_a_machine_without_a_uuid_may_be_it(judge):
    assert judged(judge, machine("x")).status is Status.UNKNOWN
    assert judged(judge, machine("x", cloud=None)).status is Status.PASS
    assert judged(judge, machine("x"), machine("vmm01", cloud=None, bios_guid=UUID)).status is Status.PASS


def test_no_virtual_machine(judge):
    assert judged(judge, machine("x"), system=PHYSICAL).status is Status.NOT_APPLICABLE
    assert judged(judge, system=PHYSICAL, uuid=None).status is Status.NOT_APPLICABLE
    own = machine("vmm01", bios_guid=UUID)
    assert judged(judge, own, system=PHYSICAL).status is Status.WARN, "the UUID says more"
    assert judged(judge, system=replace(PHYSICAL, hypervisor=None)).status is Status.PASS


@pytest.mark.parametrize(
    "uuid", [None, "", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "zz112233-4455-6677-8899-aabbccddeeff"]
)
def test_firmware_that_tells_no_uuid(judge, uuid):
    assert judged(judge, machine("x", bios_guid=uuid), uuid=uuid).status is Status.UNKNOWN


def test_two_servers(judge):
    where = estate(vmm_servers=(VMM1, VMM2), cloud_pairs=(CloudPair(VMM1, "Primary", VMM2, "Recovery"),))
    own = machine("vmm01", bios_guid=UUID)
    assert judged(judge, own, where=where, more=known(name=VMM2)).status is Status.NOT_APPLICABLE


def test_nodes_of_one_server(judge):
    where = estate(vmm_servers=(VMM1, VMM2))
    own = machine("vmm02", bios_guid=TURNED)
    facts = vmm_rows.ha_facts(machines=[own]) | {
        (SystemProduct, VMM1): [SystemProduct(UUID.replace("0011", "1111"))], (ComputerSystem, VMM1): [SYSTEM],
        (SystemProduct, VMM2): [SystemProduct(UUID)], (ComputerSystem, VMM2): [SYSTEM],
    }  # fmt: skip
    assert judge(own_machine, facts, where, subject=VMM1).status is Status.PASS
    assert judge(own_machine, facts, where, subject=VMM2).status is Status.WARN


@pytest.mark.parametrize("fact", [VmmVirtualMachine, SystemProduct, ComputerSystem])
def test_unread(judge, fact):
    assert judged(judge, more={(fact, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_clouds_and_account_unread(judge):
    own = machine("vmm01", bios_guid=UUID)
    assert judged(judge, own, more={(Cloud, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN
    assert judged(judge, more={(VmmServer, VMM1): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_uuids():
    assert turned(UUID.lower()) == TURNED
    assert same(UUID, TURNED)
    assert not same(UUID, None)
    assert not same(None, None)
    assert usable(UUID)
    assert not usable("00000000-0000-0000-0000-000000000000")


def test_what_vmm_lists_and_the_machine_denies(judge):
    """Its UUID is that of a machine outside of clouds, and its own word is that it is none."""
    assert judged(judge, machine("vmm01", bios_guid=UUID, cloud=None), system=PHYSICAL).status is Status.PASS


def test_firmware_that_tells_no_uuid_beside_machines_that_have_one(judge):
    assert judged(judge, machine("x", bios_guid=UUID), uuid=None).status is Status.UNKNOWN
