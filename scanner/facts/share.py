r"""Shares of a machine, and who may do what in the folders behind them.

A path such as ``\\fs01.corp.example\export\first`` names a server, a share there, and a folder in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from scanner.facts.base import AskedFact, WindowsFact, prop, windows_fact
from scanner.facts.clear import GROUPS, SDDL
from scanner.facts.local_group import ADMINISTRATORS, LocalGroup, Member, groups_query, members_of
from scanner.words.model import Fact, TargetKind, key_of
from scanner.words.query import Command, Query, cim
from scanner.words.readonly import FOLDER_HOLE, READ_ONLY, SELECT

SHARING = frozenset({TargetKind.VMM_SERVER, TargetKind.FILE_SERVER})
"""Whom shares are asked of; a Hyper-V host may hold none that a plan of ours uses."""
POWER_USERS, SERVER_OPERATORS, PRINT_OPERATORS = "S-1-5-32-547", "S-1-5-32-549", "S-1-5-32-550"
PRIVILEGED = (ADMINISTRATORS, POWER_USERS, SERVER_OPERATORS, PRINT_OPERATORS)
UNC = re.compile(r'\\\\([^\\/:*?"<>|]{1,255})\\([^\\/:*?"<>|]{1,80})((?:\\(?!\.{1,2}(?:\\|$))[^\\/:*?"<>|]+)*)\\?')
ONLINE = 1
FOLDERS_A_QUERY = 200


class Share(NamedTuple):
    """What a path names."""

    server: str
    """lower case"""
    name: str
    folder: str
    r"""below the share, with a \ before each part; empty for the share itself"""


def share_in(path: str) -> Share | None:
    """The server, the share and the folder that a path names; nothing if it is no path of a share."""
    found = UNC.fullmatch(path) if path.isprintable() else None
    return Share(found[1].lower(), found[2], found[3]) if found else None


@windows_fact(cim("MSFT_SmbShare", namespace=r"root\Microsoft\Windows\SMB"), least=1, key=("name", "scope"))
class SmbShare(WindowsFact):
    """A share of the machine."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    name: str = prop("Name", clear="(?:ADMIN|IPC|[A-Z])\\$")
    scope: str | None = prop("ScopeName", "* of the machine itself, else the name of a clustered file server")
    path: str | None = prop("Path", "the folder behind it")
    access: str | None = prop("SecurityDescriptor", "who may use the share, in SDDL", clear=SDDL)
    state: int | None = prop("ShareState", "1 online")

    @classmethod
    def lacks(cls, rows: Iterable[Fact]) -> str:
        """The share that every server has."""
        known = {row.name.casefold() for row in rows if isinstance(row, SmbShare)}
        return "" if "ipc$" in known else "no row of IPC$, which every server has"


@windows_fact(
    Command("Get-Acl", {"LiteralPath": (FOLDER_HOLE,)}),
    yields="System.Security.AccessControl.DirectorySecurity",
    absent=("key",),
    capability="HvPreflightFiles",
    no_row="none of these folders is there",
)
class FolderAccess(AskedFact):
    """Who may do what in a folder of the machine; one that is not there is no row."""

    path: str = prop("Path", r"the folder, after the name of PowerShell's provider and ::")
    access: str | None = prop("Sddl", "who may use it, in SDDL", clear=SDDL)

    @property
    def folder(self) -> str:
        """The folder alone."""
        return self.path.rpartition("::")[2]

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """What else is to be known."""
        return (
            "A folder that is not there is no row.",
            "Second round: the folders are those of shares and of replicas that a plan uses.",
            f"In a JEA endpoint it needs the role capability `{cls.capability}`, which is for you to add.",
        )

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """The folders together; what is none on a drive of the machine is never asked for."""
        folders = [folder for folder in dict.fromkeys(arguments) if is_folder(folder)]
        shape = Command(SELECT, {"Property": ("Path", "Sddl")})
        some = (tuple(folders[at : at + FOLDERS_A_QUERY]) for at in range(0, len(folders), FOLDERS_A_QUERY))
        return tuple(Query(key_of(cls), (Command("Get-Acl", {"LiteralPath": one}), shape)) for one in some)


def is_folder(path: str) -> bool:
    """Whether a machine may be asked for this folder: one on a drive of its own."""
    return path.isprintable() and not READ_ONLY["Get-Acl"]["LiteralPath"](path)


@windows_fact(
    Command("Get-CimInstance", {"Query": groups_query(PRIVILEGED)}),
    yields=r"CIM:root\cimv2:Win32_Account",
    least=1,
    key=("sid",),
)
class PrivilegedGroup(LocalGroup):
    """A local group of a machine with shares that gives rights over it; one that is not there is no row."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    sid: str = prop("SID", "S-1-5-32-544 Administrators, -547 Power Users, -549 Server, -550 Print Operators")
    name: str = prop("Name", "in the machine's language", clear=GROUPS)
    domain: str = prop("Domain", "the machine's NetBIOS name")


@windows_fact(
    members_of("MACHINE\\Administrators"),
    yields=r"CIM:root\cimv2:Win32_Account",
    least=1,
    key=("sid", "domain", "name"),
)
class ShareAdministrator(Member):
    """An account in the local group Administrators of a machine with shares; it is never empty."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    sid: str | None = prop("SID")
    name: str | None = prop("Name")
    domain: str | None = prop("Domain", "NetBIOS name of its domain or machine")
    kind: int | None = prop("SIDType", "1 user, 2 group, 4 alias, 5 well-known group, 8 unknown")


@windows_fact(
    members_of("MACHINE\\Power Users"),
    yields=r"CIM:root\cimv2:Win32_Account",
    no_row="nobody is in Power Users",
    key=("sid", "domain", "name"),
)
class PowerUser(Member):
    """An account in the local group Power Users."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    sid: str | None = prop("SID")
    name: str | None = prop("Name")
    domain: str | None = prop("Domain", "NetBIOS name of its domain or machine")
    kind: int | None = prop("SIDType", "1 user, 2 group, 4 alias, 5 well-known group, 8 unknown")


@windows_fact(
    members_of("MACHINE\\Server Operators"),
    yields=r"CIM:root\cimv2:Win32_Account",
    no_row="nobody is in Server Operators",
    key=("sid", "domain", "name"),
)
class ServerOperator(Member):
    """An account in the group Server Operators, which domain controllers have."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    sid: str | None = prop("SID")
    name: str | None = prop("Name")
    domain: str | None = prop("Domain", "NetBIOS name of its domain or machine")
    kind: int | None = prop("SIDType", "1 user, 2 group, 4 alias, 5 well-known group, 8 unknown")


@windows_fact(
    members_of("MACHINE\\Print Operators"),
    yields=r"CIM:root\cimv2:Win32_Account",
    no_row="nobody is in Print Operators",
    key=("sid", "domain", "name"),
)
class PrintOperator(Member):
    """An account in the group Print Operators, which domain controllers have."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    sid: str | None = prop("SID")
    name: str | None = prop("Name")
    domain: str | None = prop("Domain", "NetBIOS name of its domain or machine")
    kind: int | None = prop("SIDType", "1 user, 2 group, 4 alias, 5 well-known group, 8 unknown")


PRIVILEGED_MEMBERS: dict[str, type[Member]] = {
    ADMINISTRATORS: ShareAdministrator,
    POWER_USERS: PowerUser,
    SERVER_OPERATORS: ServerOperator,
    PRINT_OPERATORS: PrintOperator,
}
"""Who asks for the members of a group, by its SID."""
