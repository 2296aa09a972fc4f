"""Local groups by which an account may manage Hyper-V or open a session, and who is in them. SIDs decide, never names.

WMI follows no nesting, and leaves out whom it cannot resolve, without a word (docs/unproven.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scanner.facts.base import AskedFact, WindowsFact, prop, windows_fact
from scanner.facts.clear import GROUPS
from scanner.words.model import Fact
from scanner.words.patterns import ACCOUNT
from scanner.words.query import Command, Query

ADMINISTRATORS, HYPER_V, REMOTE_MANAGEMENT = "S-1-5-32-544", "S-1-5-32-578", "S-1-5-32-580"
BUILT_IN = (ADMINISTRATORS, HYPER_V, REMOTE_MANAGEMENT)
_WHOLE = re.compile(rf"({ACCOUNT}{{1,64}})\\({ACCOUNT}{{1,256}})")


def groups_query(sids: Iterable[str]) -> str:
    """The query for built-in local groups by their SIDs."""
    where = " OR ".join(f"SID='{sid}'" for sid in sids)
    return f"SELECT SID,Name,Domain FROM Win32_Group WHERE LocalAccount=TRUE AND ({where})"  # noqa: S608 - WQL, of ours


def members_of(group: str) -> Command:
    """The query that leads from a group, as in MACHINE\\Group, to its members."""
    domain, _, name = group.partition("\\")
    place = f'Win32_Group.Domain="{domain}",Name="{name}"'
    return Command(
        "Get-CimInstance", {"Query": f"ASSOCIATORS OF {{{place}}} WHERE AssocClass=Win32_GroupUser Role=GroupComponent"}
    )


@windows_fact(
    Command("Get-CimInstance", {"Query": groups_query(BUILT_IN)}),
    yields=r"CIM:root\cimv2:Win32_Account",
    least=1,
    key=("sid",),
)
class LocalGroup(WindowsFact):
    """A local group that gives rights over Hyper-V or remote sessions; one that is not there is no row."""

    sid: str = prop("SID", "S-1-5-32-544 Administrators, -578 Hyper-V Administrators, -580 Remote Management Users")
    name: str = prop("Name", "in the machine's language", clear=GROUPS)
    domain: str = prop("Domain", "the machine's NetBIOS name")

    @classmethod
    def lacks(cls, rows: Iterable[Fact]) -> str:
        """The group that every machine has."""
        known = {row.sid for row in rows if isinstance(row, LocalGroup)}
        return "" if ADMINISTRATORS in known else "no row of Administrators, which every machine has"

    @property
    def path(self) -> str:
        r"""As in HV01\Administrators; empty where its name could not stand in a query."""
        path = f"{self.domain}\\{self.name}"
        return path if path.isprintable() and _WHOLE.fullmatch(path) else ""


class Member(AskedFact):
    """An account in a local group; the argument is the group, as in HV01\\Administrators."""

    __slots__ = ()
    sid: str | None
    name: str | None
    domain: str | None

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """One query a group; a name that could end its quotes is never asked."""
        read = [members_of(group) for group in arguments if _WHOLE.fullmatch(group)]
        return tuple(Query(cls.query.name, (command, *cls.query.commands[1:])) for command in read)

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """When it is asked."""
        return (*super().about()[:-1], "Second round: the group's own name comes from the first one's answer.")

    @property
    def shown(self) -> str:
        r"""As in CORP\ops."""
        return "\\".join(filter(None, (self.domain, self.name))) or self.sid or "an account without a name"


@windows_fact(
    members_of("MACHINE\\Administrators"),
    yields=r"CIM:root\cimv2:Win32_Account",
    least=1,
    key=("sid", "domain", "name"),
)
class Administrator(Member):
    """An account in the local group Administrators, which is never empty."""

    sid: str | None = prop("SID")
    name: str | None = prop("Name")
    domain: str | None = prop("Domain", "NetBIOS name of its domain or machine")
    kind: int | None = prop("SIDType", "1 user, 2 group, 4 alias, 5 well-known group, 8 unknown")


@windows_fact(
    members_of("MACHINE\\Hyper-V Administrators"),
    yields=r"CIM:root\cimv2:Win32_Account",
    no_row="nobody is in Hyper-V Administrators",
    key=("sid", "domain", "name"),
)
class HyperVAdministrator(Member):
    """An account in the local group Hyper-V Administrators, which comes with the role."""

    sid: str | None = prop("SID")
    name: str | None = prop("Name")
    domain: str | None = prop("Domain", "NetBIOS name of its domain or machine")
    kind: int | None = prop("SIDType", "1 user, 2 group, 4 alias, 5 well-known group, 8 unknown")


@windows_fact(
    members_of("MACHINE\\Remote Management Users"),
    yields=r"CIM:root\cimv2:Win32_Account",
    no_row="nobody is in Remote Management Users",
    key=("sid", "domain", "name"),
)
class RemoteManagementUser(Member):
    """An account in the local group Remote Management Users, known since Windows Server 2012 R2."""

    sid: str | None = prop("SID")
    name: str | None = prop("Name")
    domain: str | None = prop("Domain", "NetBIOS name of its domain or machine")
    kind: int | None = prop("SIDType", "1 user, 2 group, 4 alias, 5 well-known group, 8 unknown")


MEMBERS: dict[str, type[Member]] = {
    ADMINISTRATORS: Administrator,
    HYPER_V: HyperVAdministrator,
    REMOTE_MANAGEMENT: RemoteManagementUser,
}
"""Who asks for the members of a group, by its SID."""
