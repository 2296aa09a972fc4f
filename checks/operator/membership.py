"""Which of a host's local groups an operator is in, himself or by a group. SIDs decide.

WMI follows no nesting and leaves out whom the machine cannot resolve, without a word: so that somebody is in a group is
believed, and that he is in none only where nothing speaks for a member that was not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from checks.common.parts import clip
from checks.operator.account import ACCOUNTS, Operator, account
from scanner.api import Ask, Fact, Gap, MissingEvidence, View, joined, tell
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from scanner.facts.local_group import ADMINISTRATORS, HYPER_V, MEMBERS, REMOTE_MANAGEMENT, LocalGroup, Member
from scanner.facts.operator import OperatorElsewhere

GROUPS = {
    ADMINISTRATORS: tell("Administrators"),
    HYPER_V: tell("Hyper-V Administrators"),
    REMOTE_MANAGEMENT: tell("Remote Management Users"),
}
NEEDS: tuple[type[Fact], ...] = (*ACCOUNTS, OperatorElsewhere, OperatingSystem, LocalGroup, *MEMBERS.values())
"""What a check declares that reads membership."""
ONLY_ON_CONTROLLERS = frozenset({"S-1-5-32-549", "S-1-5-32-550"})
"""Server Operators, Print Operators: machines that are none do not have them"""
R2 = 9600
"""Windows Server 2012 R2 brings Remote Management Users."""
EVERYBODY = frozenset({"S-1-1-0", "S-1-5-11"})
"""Everyone, Authenticated Users"""
BY_SIGN_IN = frozenset({"S-1-2-0", "S-1-2-1", "S-1-5-2", "S-1-5-3", "S-1-5-4", "S-1-5-14", "S-1-5-15", "S-1-18-1"})
"""Who is one of these depends on how he signs in: INTERACTIVE, NETWORK, REMOTE INTERACTIVE LOGON ..."""


class Listed(NamedTuple):
    """The facts that tell which local groups there are, and who is in them."""

    groups: type[LocalGroup]
    members: Mapping[str, type[Member]]
    names: Mapping[str, str]
    """what people call them"""


OPERATORS = Listed(LocalGroup, MEMBERS, GROUPS)


@dataclass(slots=True)
class Standing:
    """What an operator is on a host."""

    operator: Operator
    sids: frozenset[str]
    """the SIDs by which the host knows him, as far as they could be read"""
    groups: dict[str, str] = field(default_factory=dict[str, str])
    """the local groups that he is in, each with the member by which he is"""
    names: Mapping[str, str] = field(default_factory=lambda: GROUPS)
    doubts: list[str] = field(default_factory=list[str])
    """why he may be in more"""

    @property
    def told(self) -> str:
        """The groups that he is in, each with the member by which he is."""
        return joined(
            ", ",
            (tell("in {names} by {who}", names=self.names[sid], who=clip(who)) for sid, who in self.groups.items()),
        )


def asks(view: View, operator: str, host: str, groups: Iterable[str]) -> Iterator[Ask]:
    """The questions of the second round: who is in these groups, and which groups of the host's domain hold him."""
    yield from asks_of_groups(view, host, groups)
    yield from asks_elsewhere(view, account(view, operator, host), host)


def asks_of_groups(view: View, host: str, groups: Iterable[str], listed: Listed = OPERATORS) -> Iterator[Ask]:
    """The questions who is in these groups."""
    system = view.one(ComputerSystem, host)
    for group in view.rows(listed.groups, host):
        if group.sid in groups and group.path and group.domain.casefold() == system.name.casefold():
            yield Ask(listed.members[group.sid], host, group.path)


def asks_elsewhere(view: View, found: Operator, host: str) -> Iterator[Ask]:
    """The question which groups of the host's domain hold an account of another one."""
    system = view.one(ComputerSystem, host)
    if system.part_of_domain and system.dns_domain != found.domain:
        row = found.row
        lines = (row.sid, *row.group_sids, row.dn, *row.group_names)
        yield Ask(OperatorElsewhere, system.dns_domain, "\n".join(dict.fromkeys(lines)))


def standing(view: View, operator: str, host: str, groups: Iterable[str]) -> Standing:
    """What the operator is on the host, in these local groups.

    Raises:
        MissingEvidence: nobody knows who he is, or what the host is.
    """
    return standing_of(view, account(view, operator, host), host, groups)


def standing_of(view: View, found: Operator, host: str, groups: Iterable[str], listed: Listed = OPERATORS) -> Standing:
    """What an account is on a machine, in these local groups. The check must declare the facts that are listed.

    Raises:
        MissingEvidence: nobody knows what the machine is.
    """
    system = view.one(ComputerSystem, host)
    here, doubts = {found.row.sid, *found.row.group_sids}, list[str]()
    if system.dns_domain != found.domain:
        here = {sid for sid in here if not sid.startswith("S-1-5-32-")}
        try:
            here.update(_elsewhere(view, system.dns_domain, found))
        except MissingEvidence as missing:
            doubts.append(str(missing))
    made = Standing(found, frozenset(here) | EVERYBODY, doubts=doubts, names=listed.names)
    if view.one(OperatingSystem, host).product_type is ProductType.DOMAIN_CONTROLLER:
        made.groups = {group: tell("its domain's group") for group in groups if group in made.sids}
        return made
    made.sids = frozenset(sid for sid in made.sids if not sid.startswith("S-1-5-32-"))
    _look(view, host, made, tuple(groups), listed)
    return made


def _elsewhere(view: View, domain: str, found: Operator) -> Iterator[str]:
    for row in view.rows(OperatorElsewhere, domain):
        if row.sid == found.row.sid:
            if row.unread:
                raise MissingEvidence(tell("OperatorElsewhere of {domain}: {unread}", domain=domain, unread=row.unread))
            yield from row.group_sids


def _look(view: View, host: str, made: Standing, groups: tuple[str, ...], listed: Listed) -> None:
    """Find him among the members of each group, and what speaks for more members than were shown."""
    there = view.ask(listed.groups, host)
    seen: list[Member] = []
    for sid in groups:
        if isinstance(there, Gap):
            made.doubts.append(str(there))
            break
        if all(group.sid != sid for group in there):
            if sid == REMOTE_MANAGEMENT and view.one(OperatingSystem, host).build < R2:
                continue
            if sid not in ONLY_ON_CONTROLLERS:
                made.doubts.append(
                    tell("{host} shows no group {group} ({sid})", host=host, group=listed.names[sid], sid=sid)
                )
            continue
        rows = view.ask(listed.members[sid], host)
        if isinstance(rows, Gap):
            made.doubts.append(str(rows))
            continue
        seen += rows
        for row in rows:
            if row.sid in made.sids:
                made.groups.setdefault(sid, row.shown)
    made.doubts += _doubts(host, made, seen) if seen else ()


def _doubts(host: str, made: Standing, seen: Iterable[Member]) -> Iterator[str]:
    """Why a list without him may be short of him."""
    domains: set[str] = set()
    for row in seen:
        domains.add((row.sid or "").rpartition("-")[0])
        if not row.sid:
            yield tell("a member of a group of {host} has no SID: {name}", host=host, name=clip(row.shown))
        elif row.sid in BY_SIGN_IN:
            yield tell(
                "{name} is in a group of {host}, and whether he is one depends on how he signs in",
                name=clip(row.shown),
                host=host,
            )
    if made.operator.row.domain_sid not in domains:
        name = made.operator.row.account.partition("\\")[0]
        yield tell(
            "no account of {name} is shown in a group of {host}, and Windows leaves out whom it cannot resolve",
            name=name,
            host=host,
        )
