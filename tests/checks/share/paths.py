"""An export path on a file server, VMM, and who is who, in short words."""

from __future__ import annotations

from typing import Any

from scanner.api import GapReason, Offline, OfflinePath, Profile, Route
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DnsSuffix, OperatingSystem, ProductType, Service
from scanner.facts.operator import OperatorAccount
from scanner.facts.share import (
    FolderAccess,
    PowerUser,
    PrivilegedGroup,
    ServerOperator,
    ShareAdministrator,
    SmbShare,
)
from tests.conftest import CORP, HV01, HV02, NOW, estate

FS01, VMM01 = "fs01.corp.example", "vmm01.corp.example"
PATH, SVC, RUN = rf"\\{FS01}\export", r"CORP\svc-vmm", r"CORP\hosts"
DOMAIN = "S-1-5-21-1-2-3"
SID, RUN_SID, GROUP, ADMINS, VMM_SID = (f"{DOMAIN}-{rid}" for rid in (1601, 1603, 1602, 512, 1700))
FULL_SHARE = f"O:BAG:BAD:(A;;FA;;;{SID})"
FULL_FOLDER = f"O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;{SID})"
GONE = GapReason.TIMEOUT
FOLDER = "D:\\Export"
PROVIDER = "Microsoft.PowerShell.Core\\FileSystem::"
LOCAL = ShareAdministrator("S-1-5-21-4-4-4-500", "Administrator", "FS01", 1)
WITNESS = ShareAdministrator(ADMINS, "Domain Admins", "CORP", 2)
ME = ShareAdministrator(SID, "svc-vmm", "CORP", 1)
MISSING = object()


def account(name: str = SVC, sid: str = SID, **more: Any) -> OperatorAccount:
    words: dict[str, Any] = {
        "operator": name, "dn": f"CN={sid},DC=corp,DC=example", "account": name, "sid": sid,
        "user_account_control": 0x200, "is_group": False, "group_sids": (GROUP, f"{DOMAIN}-513"), "group_names": (),
    }  # fmt: skip
    return OperatorAccount(**(words | more))


def share(access: str | None = FULL_SHARE, name: str = "Export", path: str | None = FOLDER, **more: Any) -> SmbShare:
    return SmbShare(**({"name": name, "scope": "*", "path": path, "access": access, "state": 1} | more))


def folder(access: str | None = FULL_FOLDER, path: str = FOLDER) -> FolderAccess:
    return FolderAccess(PROVIDER + path, access)


def windows(kind: ProductType) -> OperatingSystem:
    return OperatingSystem(NOW, 20348, "10.0.20348", kind, None, 8)


def plan(path: str = PATH, machine: str = "", *, accounts=(SVC,), run_as=(), **more: Any) -> Any:
    """An estate with VMM, a file server and one path."""
    words: dict[str, Any] = {
        "profiles": frozenset({Profile.ASR_VMM}), "vmm_servers": (VMM01,), "file_servers": (FS01,),
        "routes": (Route(HV01, HV02),),
        "offline": Offline(
            export=OfflinePath(path, machine), import_=OfflinePath(path, machine), service_accounts=accounts,
            run_as=run_as,
        ),
    }  # fmt: skip
    return estate(**(words | more))


def known(**said: Any) -> dict[Any, Any]:
    """What is known: words take the place of what a healthy estate tells."""
    facts: dict[Any, Any] = {
        (SmbShare, FS01): said.get("shares", [share(name="IPC$", path="", access=None), share()]),
        (FolderAccess, FS01): said.get("folders", [folder()]),
        (OperatorAccount, CORP): said.get("accounts", [account(), account(RUN, RUN_SID, group_sids=())]),
        (PrivilegedGroup, FS01): said.get("groups", [PrivilegedGroup("S-1-5-32-544", "Administratoren", "FS01"),
                                                     PrivilegedGroup("S-1-5-32-547", "Hauptbenutzer", "FS01")]),
        (ShareAdministrator, FS01): said.get("administrators", [LOCAL, WITNESS]),
        (PowerUser, FS01): said.get("power", []),
        (ServerOperator, FS01): said.get("operators", GONE),
        (OperatingSystem, FS01): [windows(said.get("kind", ProductType.SERVER))],
        (Service, VMM01): said.get("vmm", [Service("SCVMMService", "Running", "Auto", 4, said.get("runs_as", SVC))]),
        (Service, FS01): said.get("services", [Service("LanmanServer", "Running", "Auto", 4, None)]),
        (ComputerAccount, CORP): said.get("computers", [computer("VMM01", VMM_SID)]),
    }  # fmt: skip
    for machine in (HV01, HV02, FS01, VMM01):
        short, _, domain = machine.partition(".")
        domain = said.get("domain", domain) if machine == FS01 else domain
        facts[ComputerSystem, machine] = [ComputerSystem(short.upper(), short, domain, True, 3)]
        facts[DnsSuffix, machine] = [DnsSuffix(machine.partition(".")[2], None)]
    return facts | said.get("more", {})


def computer(name: str, sid: str, **more: Any) -> ComputerAccount:
    words: dict[str, Any] = {
        "dn": f"CN={name},DC=corp,DC=example", "sam_name": f"{name}$", "dns_name": f"{name.lower()}.corp.example",
        "sid": sid, "user_account_control": 0x1001000, "spns": (), "delegates_to": (), "allowed_sids": (),
        "denied_sids": (), "has_resource_delegation": False, "group_sids": (),
    }  # fmt: skip
    return ComputerAccount(**(words | more))
