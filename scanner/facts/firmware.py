"""What the firmware of a machine says that the machine is."""

from __future__ import annotations

from typing import ClassVar

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.model import TargetKind
from scanner.words.query import cim


@windows_fact(cim("Win32_ComputerSystemProduct"), least=1, key=())
class SystemProduct(WindowsFact):
    """By which id the firmware knows the machine; of a virtual machine the one that its host gave it."""

    kinds: ClassVar[frozenset[TargetKind]] = frozenset({TargetKind.VMM_SERVER})
    uuid: str | None = prop("UUID", "virtual machines: their BIOS GUID")
