"""A virtual machine of a host and what a VMM server knows of it and its networks, for tests of checks."""

from __future__ import annotations

from dataclasses import replace

from scanner.api import Estate, Profile, Route
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.switches import SwitchConnection
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import StorageClassification, VmNetwork
from tests.checks.common.builders import GUID
from tests.checks.common.builders import machine as of_hyper_v
from tests.checks.vmm import vmm_rows
from tests.checks.vmm.vmm_rows import PAIR, PRIMARY, RECOVERY, VMM1
from tests.conftest import HV01, HV02

OWN = GUID.format(1)
SUBJECT = f"{HV01}/{OWN}"


def row(on: str = HV01, cloud: str | None = "Primary", own_id: str = OWN, **values: object) -> VmmVirtualMachine:
    return vmm_rows.machine("web-01", on=on, cloud=cloud, hyper_v_id=own_id.upper(), **values)


def adapter(
    network: str | None = "Production", logical: str | None = "Production", switch: str | None = "S", owner: str = OWN
) -> VmmAdapter:
    return VmmAdapter("a", "web-01", f"Microsoft:{owner}\\{GUID.format(9)}", network, logical, switch, False)


def network(name: str, logical: str | None = "Production") -> VmNetwork:
    return VmNetwork(f"id of {name}", name, logical, 1)


def kind(name: str) -> StorageClassification:
    return StorageClassification(f"id of {name}", name)


NETWORKED = (
    replace(PRIMARY, logical_networks=("Production",), storage_classifications=("Gold",)),
    replace(RECOVERY, logical_networks=("Branch",), storage_classifications=("Silver",)),
)
NETWORKS = (network("Production"), network("Branch net", "Branch"))
STATE = VirtualMachineState(OWN.upper(), "web-01", 2, 5, (2,), 0, 0, 0)


def facts(*, mode=0, adapters=(), networks=NETWORKS, kinds=(), ports=(), clouds=NETWORKED, name=VMM1, **given):
    """What the host and one VMM server say."""
    state = replace(
        STATE, replication_mode=mode, replication_state=3 if mode else 0, replication_health=1 if mode else 0
    )
    given.setdefault("machines", (row(),))
    return vmm_rows.facts(clouds=clouds, name=name, **given) | {
        (VirtualMachineSettings, HV01): [of_hyper_v()],
        (VirtualMachineState, HV01): [state],
        (ReplicationRelationship, HV01): [
            ReplicationRelationship(f"Microsoft:{OWN.upper()}\\HVR\\0", 3 if mode else 0, 1 if mode else 0)
        ],
        (SwitchConnection, HV01): list(ports),
        (VmmAdapter, name): list(adapters),
        (VmNetwork, name): list(networks),
        (StorageClassification, name): list(kinds),
    }


def estate(**words: object) -> Estate:
    usual: dict[str, object] = {
        "profiles": frozenset({Profile.ASR_VMM}), "hosts": (HV01, HV02), "vmm_servers": (VMM1,),
        "cloud_pairs": (PAIR,), "routes": (Route(HV01, HV02),),
    }  # fmt: skip
    return Estate(**(usual | words))  # type: ignore[arg-type]
