"""Rows of a VMM server with two clouds, for tests of checks."""

from __future__ import annotations

from scanner.api import CloudPair, Estate, GapReason, Profile
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmVirtualMachine
from tests.conftest import HV01, HV02

VMM1, VMM2 = "vmm01.corp.example", "vmm02.corp.example"
SERVER = VmmServer("localhost", VMM1, "4.0.2775.0", "CORP\\vmm", False, (), None, 1)
PAIR = CloudPair(VMM1, "Primary", VMM1, "Recovery")


def cloud(own_id: str, name: str, *groups: str, profiles: tuple[str, ...] = ("Hyper-V",)) -> Cloud:
    return Cloud(own_id, name, groups or (f"All Hosts\\{name}",), profiles, (), (), False)


PRIMARY, RECOVERY = cloud("c1", "Primary"), cloud("c2", "Recovery")


def host(name: str, /, *, group: str | None = "All Hosts\\Primary", **values: object) -> VmmHost:
    full = name if "." in name else f"{name}.corp.example"
    usual: dict[str, object] = {
        "id": f"id of {name}", "name": full, "fqdn": full, "group": group, "cluster": None,
        "os_version": "10.0.14393", "platform": 2, "hyper_v_state": 0, "overall_state": 0,
        "overall_state_text": "OK", "communication_state": 1, "communication_state_text": "Responding",
        "run_as": "Hosts",
    }  # fmt: skip
    return VmmHost(**(usual | values))  # type: ignore[arg-type]


def machine(name: str, /, *, on: str = HV01, cloud: str | None = "Primary", **values: object) -> VmmVirtualMachine:
    usual: dict[str, object] = {
        "id": f"id of {name}", "hyper_v_id": f"of {name}", "name": name, "cloud": cloud, "host": on,
        "group_path": "All Hosts\\Primary", "bios_guid": None, "status": 0, "generation": 2,
    }  # fmt: skip
    return VmmVirtualMachine(**(usual | values))  # type: ignore[arg-type]


HOSTS = (host("hv01"), host("hv02", group="All Hosts\\Recovery"))
MACHINES = (machine("web-01"), machine("app-01", on=HV02, cloud="Recovery"))


def facts(*, server=SERVER, clouds=(PRIMARY, RECOVERY), hosts=HOSTS, machines=MACHINES, name=VMM1):
    """What one VMM server says."""
    return {
        (VmmServer, name): [server],
        (Cloud, name): list(clouds),
        (VmmHost, name): list(hosts),
        (VmmVirtualMachine, name): list(machines),
        (Service, name): [Service("SCVMMService", "Running", "Auto", 4, None)],
        (ClusterInfo, name): [],
    }


def ha_facts(**given):
    """What two nodes of a highly available server say, of which the first is active."""
    active = VmmServer("localhost", VMM1, "4.0.2775.0", "CORP\\vmm", True, ("vmm01", "vmm02"), "vmm01", 1)
    nodes = [ClusterInfo("VMMCLU", "vmmclu.corp.example", 9)]
    silent = dict.fromkeys(
        ((fact, VMM2) for fact in (VmmServer, Cloud, VmmHost, VmmVirtualMachine)), GapReason.NOT_COLLECTED
    )
    return (
        facts(server=active, **given)
        | silent
        | {(ClusterInfo, VMM1): nodes, (ClusterInfo, VMM2): nodes}
        | {(Service, VMM2): [Service("SCVMMService", "Stopped", "Manual", 0, None)]}
    )


def estate(**words: object) -> Estate:
    usual: dict[str, object] = {
        "profiles": frozenset({Profile.ASR_VMM}), "hosts": (HV01, HV02), "vmm_servers": (VMM1,), "cloud_pairs": (PAIR,),
    }  # fmt: skip
    return Estate(**(usual | words))  # type: ignore[arg-type]
