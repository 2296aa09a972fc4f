"""What one practice machine is, in the words of its administrator: the structure of a machine file (TOML).

Every key has a default, so that a healthy host takes a few lines; an unknown key or a value of another kind is refused.
The tables of CIM classes, registry keys and modules follow from it (the other files of this folder).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from lab import contract
from lab.windows.machine.languages import Code
from lab.windows.machine.parts import (
    Adapter,
    Asr,
    Certificate,
    Cluster,
    Defaults,
    DeviceGuard,
    Firewall,
    Folder,
    Hardware,
    Members,
    Migration,
    Policy,
    Replica,
    ServiceState,
    Smb,
    Switch,
    Vm,
    Volume,
    WinHttp,
)
from lab.windows.machine.vmm_parts import Vmm


class Configuration(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A session configuration: its .pssc and .psrc files (relative to the machine file) and who may use it."""

    name: str
    files: list[str]
    users: list[str] = []


class Faults(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What goes wrong.

    denied: namespaces, registry keys or cmdlets that answer access denied. hang: classes, cmdlets or query names that
    never answer. hidden: namespaces whose classes give no row and no error, as to who may not look.
    failing: CIM class -> HRESULT text ("0x80041001"). missing_module: modules that are not installed.
    limited: users who are no administrators. wire: names of faults of the endpoint (lab.windows.wsman.CATALOGUE).
    """

    denied: list[str] = []
    hang: list[str] = []
    hidden: list[str] = []
    failing: dict[str, str] = {}
    missing_module: list[str] = []
    limited: list[str] = []
    wire: list[str] = []


class State(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A whole machine file."""

    name: str
    release: Literal["2012", "2012R2", "2016", "2019", "2022", "2025"]
    domain: str = ""
    stored_name: str = ""
    sku: int | None = None
    domain_controller: bool = False
    powershell: Literal["", "3.0", "4.0", "5.1", "7"] = ""
    patch: int = 5000
    edition: Literal["Server", "Server Core", "Azure Local", "Client"] = "Server Core"
    language: Code = "en"
    site: str = "Default-First-Site-Name"
    controller: str = ""
    dns_suffix: str = ""
    clock_offset: float = 0
    clock: datetime | None = None
    booted: datetime | None = None
    hyper_v: bool = True
    management_tools: bool = False
    hardware: Hardware = msgspec.field(default_factory=Hardware)
    services: dict[str, ServiceState] = {}
    service_accounts: dict[str, str] = {}
    defaults: Defaults = msgspec.field(default_factory=Defaults)
    migration: Migration = msgspec.field(default_factory=Migration)
    adapter: list[Adapter] = []
    switch: list[Switch] = []
    vm: list[Vm] = []
    replica: Replica = msgspec.field(default_factory=Replica)
    smb: Smb = msgspec.field(default_factory=Smb)
    folder: list[Folder] = []
    cluster: Cluster | None = None
    firewall: Firewall = msgspec.field(default_factory=Firewall)
    volume: list[Volume] = msgspec.field(default_factory=lambda: [Volume("C:\\"), Volume("D:\\", 4000, 2500)])
    members: Members = msgspec.field(default_factory=Members)
    policy: Policy = msgspec.field(default_factory=Policy)
    device_guard: DeviceGuard = msgspec.field(default_factory=DeviceGuard)
    updates: dict[str, str] = msgspec.field(default_factory=lambda: {"KB5044277": "20 days ago"})
    listening: list[int] = []
    certificate: list[Certificate] = []
    files: dict[str, str] = {}
    asr: Asr | None = None
    winhttp: WinHttp = msgspec.field(default_factory=WinHttp)
    vmm: Vmm | None = None
    registry: dict[str, dict[str, Any] | bool] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    configuration: list[Configuration] = []
    faults: Faults = msgspec.field(default_factory=Faults)

    def __post_init__(self) -> None:
        """Refuse rows of a class, or with a property, that no release has."""
        for name, rows in self.rows.items():
            known = contract.class_properties(name)
            if not known:
                raise ValueError(f"rows.{name}: the contract has no such class")
            if unknown := sorted({p for row in rows for p in row} - known):
                raise ValueError(f"rows.{name} has no property {', '.join(unknown)}")


def parse(text: str) -> State:
    """A machine from the text of its file. Raises msgspec.ValidationError naming the key, or msgspec.DecodeError."""
    return msgspec.toml.decode(text, type=State)


def read(path: Path) -> State:
    """A machine from its file; see `parse`."""
    return parse(path.read_text(encoding="utf-8"))
