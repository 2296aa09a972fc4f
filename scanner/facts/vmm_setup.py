"""What VMM's set-up left on its server: version, identity, folder, and since when its service runs."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import VERSION
from scanner.words.model import TargetKind
from scanner.words.query import cim, registry

VMM = frozenset({TargetKind.VMM_SERVER})


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Microsoft System Center Virtual Machine Manager Server\Setup"),
    absent=("key",),
    yields="REG",
    no_row="VMM is not installed on the machine",
    key=(),
)
class VmmSetup(WindowsFact):
    """The set-up of VMM (KB 3139299 shows such a key)."""

    kinds: ClassVar[frozenset[TargetKind]] = VMM
    version: str | None = prop("ProductVersion", "as in 10.22.1287.0", clear=VERSION)
    vmm_id: str | None = prop("VmmID", "the GUID under which Site Recovery knows the server")
    folder: str | None = prop("InstallPath", r"as in C:\Program Files\Microsoft System Center\... with \ at its end")
    account: str | None = prop("VmmServiceAccount", "whom the VMM service runs as")


@windows_fact(cim("Win32_Process", where="Name='vmmservice.exe'"), no_row="no process of the VMM service runs")
class VmmProcess(WindowsFact):
    """The process of the VMM service, which began when the service did."""

    kinds: ClassVar[frozenset[TargetKind]] = VMM
    process: int = prop("ProcessId")
    began: datetime | None = prop("CreationDate", unit="UTC")
