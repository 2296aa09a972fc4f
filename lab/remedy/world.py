"""What commands change: machines by name, the directory, and packets that vanish before a machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from lab.remedy.directory import Directory
from lab.remedy.refused import Harm, Refused
from lab.windows.machine import Machine

__all__ = ["Harm", "Host", "Refused", "World"]


@dataclass
class Host:
    """One machine; its state is replaced as a whole, so that who kept the old one sees it unchanged."""

    name: str
    """full DNS name"""
    machine: Machine
    dropped: set[int] = field(default_factory=set)
    """TCP ports whose packets vanish before it"""

    def change(self, part: str = "", **values: Any) -> None:
        """Give the state, or one of its tables ("migration"), other values."""
        state = self.machine.state
        changed = msgspec.structs.replace(getattr(state, part) if part else state, **values)
        state = msgspec.structs.replace(state, **{part: changed}) if part else changed
        booted = self.machine.started
        self.machine = Machine(state, self.machine.folder)
        self.machine.started = booted


@dataclass
class World:
    """Machines by full name, and the directory that knows them."""

    hosts: dict[str, Host]
    directory: Directory

    @classmethod
    def of(
        cls, machines: dict[str, Machine], directory: Directory, dropped: dict[str, set[int]] | None = None
    ) -> World:
        """A world of machines by their full names."""
        ports = dropped or {}
        hosts = {name: Host(name, Machine(m.state, m.folder), set(ports.get(name, ()))) for name, m in machines.items()}
        return cls(hosts, directory)

    def host(self, name: str) -> Host:
        """The machine of a full name (its account's among them) or a short name. Raises Refused: none answers to it."""
        wanted = name.casefold().rstrip(".")
        accounts = {row.sam_name.casefold() for row in self.directory.truth.values() if row.dns_name == wanted}
        for full, host in self.hosts.items():
            if wanted in (full, full.partition(".")[0]) or f"{host.machine.name.casefold()}$" in accounts:
                return host
        raise Refused(f"no machine answers as {name}")
