from __future__ import annotations

import pytest

from checks.host.host_13_hypervisor import hypervisor
from scanner.api import GapReason, Profile, Status
from scanner.facts.host import ComputerSystem, Service
from tests.conftest import CORP, HV01, Judge, estate

VMMS = [Service("vmms", "Running", "Auto", 4, "LocalSystem")]
STOPPED = [Service("VMMS", "Stopped", "Auto", 0, "LocalSystem")]
OTHERS = [Service("WinRM", "Running", "Auto", 4, "NetworkService")]
BEFORE = [Service("ClusSvc", "Running", "Auto", 4, "LocalSystem"), *OTHERS]


def run(judge: Judge, present: bool | None, services=VMMS, maker="Contoso", model="Rack 2000", profile=Profile.REPLICA):
    system = [ComputerSystem("HV01", "hv01", CORP, True, 3, maker, model, present)]
    where = estate(hosts=(HV01,), routes=(), profiles=frozenset({profile}))
    return judge(hypervisor, {(ComputerSystem, HV01): system, (Service, HV01): services}, where)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize(
    ("present", "services", "expected"),
    [
        pytest.param(True, VMMS, Status.PASS, id="runs"),
        pytest.param(False, VMMS, Status.FAIL, id="does not, though the service does"),
        pytest.param(False, STOPPED, Status.FAIL, id="neither does"),
        pytest.param(None, VMMS, Status.UNKNOWN, id="not told"),
        pytest.param(False, OTHERS, Status.NOT_APPLICABLE, id="no Hyper-V"),
        pytest.param(False, BEFORE, Status.NOT_APPLICABLE, id="no Hyper-V, and services of other names"),
        pytest.param(True, [], Status.NOT_APPLICABLE, id="no Hyper-V, yet a hypervisor"),
        pytest.param(False, GapReason.TIMEOUT, Status.FAIL, id="does not, whatever the services are"),
        pytest.param(True, GapReason.TIMEOUT, Status.PASS, id="runs, services unread"),
    ],
)
def test_hypervisor(judge: Judge, present, services, expected, profile):
    assert run(judge, present, services, profile=profile).status is expected


@pytest.mark.parametrize(
    ("maker", "model"),
    [
        ("Microsoft Corporation", "Virtual Machine"),
        ("VMware, Inc.", "VMware7,1"),
        ("innotek GmbH", "VirtualBox"),
        ("QEMU", "Standard PC (Q35 + ICH9, 2009)"),
        ("Xen", "HVM domU"),
        (None, "VMware Virtual Platform"),
        ("Amazon EC2", None),
        ("Amazon EC2", "m5.large"),
        ("FreeBSD", "BHYVE"),
        (" ", "bhyve"),
        ("KubeVirt", "None"),
        ("Red Hat", "KVM"),
        ("Joyent", "SmartDC HVM"),
        ("Apple Inc.", "Apple Virtualization Generic Platform"),
        ("Cloud Hypervisor", "cloud-hypervisor"),
        ("OpenStack Foundation", "OpenStack Nova"),
        ("Hetzner", "vServer"),
        *(
            ("maker", model)
            for model in (
                "Virtual Platform",
                "VMware",
                "VirtualBox",
                "innotek",
                "KVM",
                "QEMU",
                "Xen",
                "HVM domU",
                "Parallels",
                "OpenStack",
                "oVirt",
                "RHEV",
                "KubeVirt",
                "Bochs",
                "bhyve",
                "cloud hypervisor",
                "Apple Virtualization",
                "SmartDC",
                "Nutanix AHV",
                "Standard PC",
                "Google Compute Engine",
                "Alibaba Cloud ECS",
                "DigitalOcean",
                "Droplet",
                "Vultr",
                "UpCloud",
                "Exoscale",
                "Linode",
                "Akamai",
                "Scaleway",
                "vmware",
                "qemu",
            )
        ),
    ],
)
def test_nested(judge: Judge, maker, model):
    finding = run(judge, True, maker=maker, model=model)
    assert finding.status is Status.NOT_APPLICABLE
    assert finding.note.startswith("nested: ")
    assert run(judge, False, maker=maker, model=model).status is Status.FAIL


@pytest.mark.parametrize(
    ("maker", "model"),
    [
        ("Microsoft Corporation", "Surface Pro 9"),
        ("Dell Inc.", "PowerEdge R740"),
        ("Nutanix", "NX-3060-G5"),
        ("Oracle Corporation", "ORACLE SERVER X8-2"),
        ("Amazon EC2", "i3.metal"),
        ("Amazon EC2", "m7i.metal-24xl"),
    ],
)
def test_a_machine_of_its_own(judge: Judge, maker, model):
    assert run(judge, True, maker=maker, model=model).status is Status.PASS


@pytest.mark.parametrize(("maker", "model"), [(None, None), ("", "")])
def test_a_machine_that_does_not_say_what_it_is(judge: Judge, maker, model):
    assert run(judge, True, maker=maker, model=model).status is Status.UNKNOWN
    assert run(judge, False, maker=maker, model=model).status is Status.FAIL


def test_unread(judge: Judge):
    where = estate(hosts=(HV01,), routes=())
    facts = {(ComputerSystem, HV01): GapReason.TIMEOUT, (Service, HV01): VMMS}
    assert judge(hypervisor, facts, where).status is Status.UNKNOWN
