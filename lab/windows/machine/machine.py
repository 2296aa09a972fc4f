"""A practice machine: its state, and what follows from it whatever is asked: names, services, rights, network."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from ipaddress import ip_interface, ip_network
from pathlib import Path

import msgspec

from lab import contract
from lab.windows.machine.languages import LANGUAGES, named
from lab.windows.machine.parts import Adapter
from lab.windows.machine.state import State, read
from lab.windows.machine.values import Version

_IDS = uuid.UUID("5a8f3a52-3f6c-4a77-9f39-6d9a0c1d7a10")
_STATES = {"start pending": "Start Pending", "stop pending": "Stop Pending", "disabled": "Stopped"}


def derived_guid(machine: str, kind: str, *names: str) -> str:
    """The GUID in capitals that a machine of this NetBIOS name gives to a thing."""
    return str(uuid.uuid5(_IDS, "/".join((machine, kind, *names)))).upper()


class Machine:
    """One machine of the practice estate."""

    def __init__(self, state: State, folder: Path = Path()) -> None:
        self.language = LANGUAGES[state.language]
        self.state = self._named(state)
        self.folder = folder
        self.release = state.release
        self.build = contract.build(state.release)
        self.powershell = state.powershell or contract.shell(state.release)
        self.started = datetime.now(UTC)

    @classmethod
    def load(cls, path: Path | str) -> Machine:
        """The machine of a file. Raises msgspec.ValidationError or OSError."""
        path = Path(path)
        return cls(read(path), path.parent)

    def _named(self, state: State) -> State:
        """The state with the names that Windows of the machine's language gives to what it names itself."""
        language = self.language
        rights = {right: [language.account(name) for name in names] for right, names in state.policy.rights.items()}
        return msgspec.structs.replace(
            state,
            adapter=[named(adapter, language, "name", "over") for adapter in state.adapter],
            switch=[named(switch, language, "name") for switch in state.switch],
            vm=[named(vm, language, "switch") for vm in state.vm],
            policy=msgspec.structs.replace(state.policy, rights=rights),
        )

    # ---- names and time

    @property
    def name(self) -> str:
        """NetBIOS name as Windows writes it."""
        return self.state.name.upper()

    @property
    def fqdn(self) -> str:
        """DNS name."""
        return f"{self.state.name}.{self.state.domain}" if self.state.domain else self.state.name

    @property
    def ps_version(self) -> str:
        """PSVersion of the sessions."""
        fixed = {"3.0": "3.0", "4.0": "4.0", "7": "7.4.6"}
        return fixed.get(self.powershell) or f"5.1.{self.build}.{self.state.patch}"

    def now(self) -> datetime:
        """The machine's clock (UTC): fixed, or the real one with its offset."""
        return (self.state.clock or datetime.now(UTC)) + timedelta(seconds=self.state.clock_offset)

    def booted(self) -> datetime:
        """When it started (UTC)."""
        return self.state.booted or self.started - timedelta(days=9, hours=5)

    def guid(self, kind: str, *names: str) -> str:
        """A GUID in capitals, always the same for the same thing."""
        return derived_guid(self.name, kind, *names)

    def at_least(self, release: str) -> bool:
        """Whether the machine's release is this one or newer."""
        order = contract.releases()
        return order.index(self.release) >= order.index(release)

    # ---- services and rights

    def services(self) -> dict[str, tuple[str, str]]:
        """Service -> (State, StartMode) as Win32_Service has them; a service that is absent is not listed."""
        usual = dict.fromkeys(("WinRM", "MpsSvc", "LanmanServer", "W32Time", "wuauserv"), "running")
        usual["Netlogon"] = "running" if self.state.domain else "stopped"
        if self.state.hyper_v:
            usual["vmms"] = "running"
        if self.state.cluster:
            usual["ClusSvc"] = "running"
        if vmm := self.state.vmm:
            active = vmm.role is None or vmm.role.active.upper() == self.name
            usual["SCVMMService"] = "running" if active else "stopped"
        if self.state.asr and not self.state.vmm:  # beside VMM the provider is a library in its service's process
            usual["dra"] = "running"
        said = {**usual, **self.state.services}
        return {
            name: (_STATES.get(word, word.capitalize()), "Disabled" if word == "disabled" else "Auto")
            for name, word in said.items()
            if word != "absent"
        }

    def running(self, service: str) -> bool:
        """Whether a service is there and runs."""
        return self.services().get(service, ("",))[0] == "Running"

    def modules(self) -> list[tuple[str, Version]]:
        """PowerShell modules that only some machines have, and their versions."""
        found: list[tuple[str, Version]] = []
        if "vmms" in self.services() or self.state.management_tools:
            found.append(("Hyper-V", Version(1, 1) if self.at_least("2012R2") else Version(1, 0)))
            if self.at_least("2016"):
                found[0:0] = [("Hyper-V", Version(2, 0, 0, 0))]
        if self.state.cluster:
            found.append(("FailoverClusters", Version(2, 0, 0, 0)))
        if self.state.vmm:
            found.append(("VirtualMachineManager", Version(2, 0)))
        return [(name, version) for name, version in found if name not in self.state.faults.missing_module]

    def denied(self, thing: str, user: str = "") -> bool:
        """Whether a namespace, registry key or cmdlet is closed (to this user)."""
        if user and user.casefold() in {u.casefold() for u in self.state.faults.limited}:
            return not thing.casefold().startswith(("hklm", "hkey"))
        closed = [d.casefold().replace("hklm\\", "hkey_local_machine\\") for d in self.state.faults.denied]
        return any(thing.casefold() == d or thing.casefold().startswith(d + "\\") for d in closed)

    # ---- network

    def interfaces(self) -> list[tuple[int, Adapter]]:
        """Adapters with their interface indices."""
        return [(4 + 3 * i, adapter) for i, adapter in enumerate(self.state.adapter)]

    def interface(self, name: str) -> int | None:
        """Interface index of an adapter."""
        return next((index for index, adapter in self.interfaces() if adapter.name == name), None)

    def addresses(self) -> list[str]:
        """Addresses of adapters that are up, without prefix."""
        return [str(ip_interface(a).ip) for _, n in self.interfaces() if n.up for a in n.addresses]

    def link_local(self, index: int) -> str:
        """The IPv6 link-local address of an interface."""
        return f"fe80::{self.build:x}:{index:x}ff:fe00:{index:x}"

    def migration_listeners(self) -> list[str]:
        """Addresses the migration service listens on."""
        settings = self.state.migration
        if not settings.enabled or not self.running("vmms"):
            return []
        if settings.listening is not None:
            return settings.listening
        nets = [ip_network(n, strict=False) for n in settings.networks]
        return [a for a in self.addresses() if settings.any_network or any(ip_interface(a).ip in net for net in nets)]

    def listening(self) -> list[tuple[str, int, int]]:
        """(address, port, process id) of what listens, as the state says. 0.0.0.0 = every address."""
        found = [("0.0.0.0", 135, 984), ("0.0.0.0", 5985, 4), ("0.0.0.0", 5986, 4)]
        if self.running("LanmanServer"):
            found.append(("0.0.0.0", 445, 4))
        found += [(a, 6600, self.process_id("vmms")) for a in self.migration_listeners()]
        if self.running("SCVMMService"):
            found.append(("0.0.0.0", 8100, self.process_id("SCVMMService")))
        replica = self.state.replica
        if replica.enabled and self.running("vmms"):
            if replica.authentication in ("kerberos", "both"):
                found.append(("0.0.0.0", replica.port, 4))
            if replica.authentication in ("certificate", "both"):
                found.append(("0.0.0.0", replica.https_port, 4))
        return found + [("0.0.0.0", port, 4) for port in self.state.listening]

    def process_id(self, service: str) -> int:
        """Process of a running service, 0 when it does not run."""
        return 1000 + 4 * (sum(service.encode()) % 1000) if self.running(service) else 0
