"""Facts of two hosts in short words, for the tests of networks, settings and reachability."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.api import GapReason
from scanner.facts.adapter import AdapterLayer
from scanner.facts.hyperv import (
    USER_MANAGED_ALL,
    MigrationAuthentication,
    MigrationNetwork,
    MigrationPerformance,
    MigrationSettings,
    VMHost,
)
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress, NetworkAdapter
from scanner.facts.switches import SwitchConnection, VirtualSwitch
from scanner.facts.vm import VirtualMachineSettings, VmSecurity, VmStorage
from tests.conftest import HV01, HV02

GUID = "11111111-2222-3333-4444-55555555555{}"
HOSTILE = "x'; Remove-Item C:\\ -Recurse # \x1b[31m \u202e"


def address(text: str, *, interface: int = 7, state: int = 4, store: int | None = 1) -> IPAddress:
    """``10.20.0.5/24`` as Windows lists it."""
    host, _, prefix = text.partition("/")
    return IPAddress(host, int(prefix), interface, 23 if ":" in host else 2, state, store)


def adapter(interface: int = 7, status: int | None = 1, link_layer: str | None = None) -> NetworkAdapter:
    return NetworkAdapter(interface, f"Ethernet {interface}", status, 1, 10_000_000_000, link_layer, ())


def layer(
    interface: int = 7,
    *,
    hardware: bool | None = True,
    vlan: int | None = None,
    lower: Sequence[int] = (),
    guid: str | None = None,
) -> AdapterLayer:
    return AdapterLayer(interface, guid, hardware, vlan, tuple(lower))


def neighbour(text: str, link_layer: str | None, *, interface: int = 7, state: int = 5) -> Neighbour:
    return Neighbour(text, link_layer, interface, state)


def network(text: str, *tags: str) -> MigrationNetwork:
    subnet, _, prefix = text.partition("/")
    return MigrationNetwork(f"Microsoft:{text}", subnet, int(prefix), 0, tags or ("Microsoft:UserManaged",))


ANY4, ANY6 = network("0.0.0.0/0", USER_MANAGED_ALL), network("::/0", USER_MANAGED_ALL)
ANY = [ANY4, ANY6]


def module(*, any_network: bool = False, versions: tuple[str, ...] = ()) -> VMHost:
    return VMHost(True, MigrationAuthentication.KERBEROS, MigrationPerformance.COMPRESSION, any_network, versions)


def settings(
    *,
    enabled: bool = True,
    authentication: MigrationAuthentication = MigrationAuthentication.KERBEROS,
    compression: bool | None = True,
    smb: bool | None = False,
) -> MigrationSettings:
    return MigrationSettings(enabled, authentication, compression, smb, 2, 2)


def probe(target: str, outcome: str = "Connected", **more: object) -> EndpointProbe:
    words: dict[str, object] = {
        "addresses": (), "remote": None, "local": None, "milliseconds": 1, "proxy_status": None, "tls_outcome": None,
        "certificate_subject": None, "certificate_issuer": None, "server_date": None,
    }  # fmt: skip
    return EndpointProbe(target=target, outcome=outcome, **(words | more))  # type: ignore[arg-type]


def machine(number: int = 1, version: str | None = "9.0", name: str = "web-01") -> VirtualMachineSettings:
    guid = GUID.format(number)
    kind = "Microsoft:Hyper-V:System:Realized"
    return VirtualMachineSettings(f"Microsoft:{guid.upper()}", guid.upper(), kind, None, name, version, None, None)


def checkpoint(number: int = 1, version: str = "9.0") -> VirtualMachineSettings:
    own = "99999999-2222-3333-4444-555555555559"
    kind = "Microsoft:Hyper-V:Snapshot:Realized"
    return VirtualMachineSettings(f"Microsoft:{own}", GUID.format(number), kind, None, "before", version, None, None)


def security(number: int = 1, encrypts: bool | None = True) -> VmSecurity:
    return VmSecurity(f"Microsoft:{GUID.format(number)}\\x", encrypts, False)


def disk(path: str, kind: str = "Microsoft:Hyper-V:Virtual Hard Disk") -> VmStorage:
    return VmStorage(f"Microsoft:{GUID.format(1)}\\y", kind, (path,) if path else ())


GONE = GapReason.TIMEOUT

NEXT_TO_IT = {
    (IPAddress, HV01): [address("10.20.0.9/24")],
    (IPAddress, HV02): [address("10.20.0.5/24")],
    (NetworkAdapter, HV01): [adapter()],
    (NetworkAdapter, HV02): [adapter()],
}
"""Both hosts in 10.20.0.0/24, up, each with an address of its own."""

SWITCH_PATH = (
    r"\\HV\root\virtualization\v2:Msvm_VirtualEthernetSwitch"
    r'.CreationClassName="Msvm_VirtualEthernetSwitch",Name="{}"'
)
SWITCH_ID = "aaaaaaaa-2222-3333-4444-55555555555{}"


def switch(number: int, name: str) -> VirtualSwitch:
    return VirtualSwitch(SWITCH_ID.format(number).upper(), name)


def hangs(number: int | None = 1, *, of: str = GUID.format(1), state: int | None = 2, pool: str = "", nic: str = "n"):
    """An adapter of a machine on the switch of this number; of none it names nothing."""
    resources = (SWITCH_PATH.format(SWITCH_ID.format(number).upper()),) if number else ()
    return SwitchConnection(f"Microsoft:{of.upper()}\\{nic}\\C", state, resources, pool)


def port(number: int, what: str) -> SwitchConnection:
    """A switch's own port, to the host's adapter (``ExternalEthernetPort``) or to the host (``ComputerSystem``)."""
    of = SWITCH_ID.format(number).upper()
    return SwitchConnection(f"Microsoft:{of}\\{what}", 2, (rf'\\HV\root\virtualization\v2:Msvm_{what}.Name="x"',), "")
