"""VMM servers, their provider and their settings in short words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from scanner.api import KeyFile, Profile, Route, SiteRecovery
from scanner.facts.host import ClusterInfo, OperatingSystem, ProductType, Service
from scanner.facts.provider import ALONE, AsrRegistration, ProviderFile, WindowsUpdateService
from scanner.facts.vmm_setup import VmmSetup
from tests.conftest import HV01, HV02, NOW, estate

VMM, VMM2, VMM3 = "vmm01.corp.example", "vmm02.corp.example", "vmm03.corp.example"
FOLDER = "C:\\Program Files\\Microsoft System Center\\Virtual Machine Manager\\"
BIN = FOLDER.lower() + "bin\\drconfigurator.exe"
GUID = "7f317c8f-683c-54ca-b951-66503ebfd3ec"
KEYS = (KeyFile("practice.VaultCredentials"),)
HOLDS = [AsrRegistration("Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\...\\Registration")]
AUTO, DISABLED = [WindowsUpdateService("Running", "Auto")], [WindowsUpdateService("Stopped", "Disabled")]
CLUSTER = [ClusterInfo("vmmcl", "vmmcl.corp.example", 10)]


def plan(*servers: str, keys: tuple[KeyFile, ...] = KEYS, started_from: str = "", **words: Any):
    return estate(
        profiles=frozenset({Profile.ASR_VMM}),
        hosts=(HV01, HV02),
        routes=(Route(HV01, HV02),),
        vmm_servers=servers or (VMM,),
        key_files=keys,
        started_from=started_from,
        site_recovery=SiteRecovery(**words),
    )


def setup(folder: str | None = FOLDER, vmm_id: str | None = GUID) -> VmmSetup:
    return VmmSetup("10.22.1287.0", vmm_id, folder, "LocalSystem")


def program(version: str | None = "5.1.7000.0", path: str = BIN) -> ProviderFile:
    return ProviderFile(path, version)


OTHER_PLACE = ALONE.lower()


def system(build: int = 17763, clock: datetime = NOW) -> OperatingSystem:
    return OperatingSystem(clock, build, f"10.0.{build}", ProductType.SERVER, None)


def service(name: str = "SCVMMService", state: str = "Running", process: int = 4321) -> Service:
    return Service(name, state, "Auto", process, "LocalSystem")
