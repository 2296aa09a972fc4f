"""The accounts that an estate names, in a domain: what they are, and the groups that hold those of other domains.

Whoever is of another forest stands in a group as a foreign security principal, an object that bears the account's SID;
whoever is of another domain of the forest by its own name. Nesting is followed by the controller (matching rule
1.2.840.113556.1.4.1941).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from scanner.collect.directory.accounts import sid_of, token_groups
from scanner.collect.directory.basics import LEVEL, SUBTREE, Answered, Reading, Root, dns_name, escape, query_text
from scanner.collect.directory.security import sid_octets
from scanner.facts.operator import OperatorAccount, OperatorElsewhere

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry
    from scanner.collect.transport.ldap.connection import Connection

AT_ONCE = 40
"""values in one filter"""
IN_CHAIN = "1.2.840.113556.1.4.1941"
POLICIES = ("msDS-AssignedAuthNPolicy", "msDS-AssignedAuthNPolicySilo")
ACCOUNT = ("sAMAccountName", "objectClass", "objectSid", "userAccountControl", *POLICIES)
ACCOUNT_SID = re.compile(r"S-1-5-21(-\d{1,10}){4}", re.IGNORECASE)
GROUPS = "(objectCategory=group)"
MANAGED = "(objectClass=msDS-GroupManagedServiceAccount)"
"""service accounts whose password the domain keeps; they are called like a computer's"""


def operators(connection: Connection, root: Root, wanted: Sequence[str]) -> Answered:
    """The accounts of the domain that bear one of the names."""
    netbios = _netbios(connection, root) if wanted else ""
    rows: list[OperatorAccount] = []
    asked: list[str] = []
    for operator in wanted:
        if names := _names(operator, root, netbios):
            managed = MANAGED if operator.partition("@")[0].endswith("$") else ""
            text = f"(&(|(&(objectCategory=person)(objectClass=user)){managed}{GROUPS})(|{names}))"
            asked.append(text)
            found = connection.search(root.naming_context, text, ACCOUNT)
            rows += [_account(entry, connection, root, operator, netbios) for entry in found]
    shown = asked[0] if asked else "(no operator is of this domain)"
    more = f" and {len(asked) - 1} more" if len(asked) > 1 else ""
    return Answered(tuple(rows), query_text(connection, root.naming_context, SUBTREE, shown) + more)


def _netbios(connection: Connection, root: Root) -> str:
    """The domain's NetBIOS name."""
    text = f"(nCName={escape(root.naming_context)})"
    found = connection.search(f"CN=Partitions,{root.configuration}", text, ("nETBIOSName",), LEVEL)
    return found[0].text("nETBIOSName") if found else ""


def _names(operator: str, root: Root, netbios: str) -> str:
    """The conditions that an account of this name meets in the domain; none if it is of another one."""
    if ACCOUNT_SID.fullmatch(operator):
        return f"(objectSid={_octets(operator)})"
    domain, backslash, name = operator.partition("\\")
    if backslash:
        ours = domain.casefold() in (netbios.casefold(), root.domain)
        return f"(sAMAccountName={escape(name)})" if ours and domain else ""
    name, _, suffix = operator.rpartition("@")
    implicit = f"(sAMAccountName={escape(name)})" if suffix.casefold() == root.domain else ""
    return f"(userPrincipalName={escape(operator)}){implicit}"


def _octets(sid: str) -> str:
    return "".join(f"\\{octet:02x}" for octet in sid_octets(sid))


def _account(entry: Entry, connection: Connection, root: Root, operator: str, netbios: str) -> OperatorAccount:
    reading = Reading()
    is_group = "group" in map(str.lower, entry.texts("objectClass"))
    name = entry.text("sAMAccountName")
    return OperatorAccount(
        operator=operator,
        dn=entry.dn,
        account=f"{netbios or root.domain}\\{name}",
        sid=reading.value("objectSid", lambda: sid_of(entry), ""),
        user_account_control=0 if is_group else reading.word(entry, "userAccountControl"),
        is_group=is_group,
        group_sids=reading.value("tokenGroups", lambda: token_groups(entry, connection), ()),
        group_names=reading.value("member of", lambda: _containing(connection, root, [entry.dn], "dn"), ()),
        policies=tuple(value for policy in POLICIES for value in entry.texts(policy)),
        unread=reading.unread,
    )


def elsewhere(connection: Connection, root: Root, arguments: Sequence[str]) -> Answered:
    """The groups of the domain that hold accounts of other domains.

    Each argument is lines: an account's SID, then its groups' SIDs, its name, and its groups' names.
    """
    rows = (_elsewhere(connection, root, argument.split("\n")) for argument in arguments)
    text = query_text(connection, root.naming_context, SUBTREE, f"(&{GROUPS}(member:{IN_CHAIN}:=...))")
    return Answered(tuple(row for row in rows if row.group_sids or row.unread), text)


def _elsewhere(connection: Connection, root: Root, members: Sequence[str]) -> OperatorElsewhere:
    reading = Reading()
    groups = reading.value("groups", lambda: _of(connection, root, members), ())
    return OperatorElsewhere(members[0], groups, reading.unread)


def _of(connection: Connection, root: Root, members: Sequence[str]) -> tuple[str, ...]:
    sids = [member for member in members if ACCOUNT_SID.fullmatch(member)]
    names = [member for member in members if member not in sids and _domain_of(member) != root.domain]
    for part in _parts(sids):
        values = "".join(f"(objectSid={_octets(sid)})" for sid in part)
        text = f"(&(objectClass=foreignSecurityPrincipal)(|{values}))"
        names += [entry.dn for entry in connection.search(root.naming_context, text, ("objectSid",))]
    return _containing(connection, root, names, "sid")


def _containing(connection: Connection, root: Root, names: Sequence[str], what: str) -> tuple[str, ...]:
    """The groups of the domain that hold one of these objects, by their SIDs or names."""
    found: dict[str, None] = {}
    for part in _parts(names):
        values = "".join(f"(member:{IN_CHAIN}:={escape(name)})" for name in part)
        for entry in connection.search(root.naming_context, f"(&{GROUPS}(|{values}))", ("objectSid",)):
            found[entry.dn if what == "dn" else sid_of(entry)] = None
    return tuple(found)


def _domain_of(name: str) -> str:
    """The domain of an object by the end of its name; empty if it names none."""
    at = name.lower().find("dc=")
    try:
        return dns_name(name[at:]) if at >= 0 else ""
    except ValueError:
        return ""


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    every = list(dict.fromkeys(values))
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
