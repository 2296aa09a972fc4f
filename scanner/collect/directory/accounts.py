"""The computer accounts of machines: what is asked for them, and how an account becomes a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from scanner.collect.directory.basics import BASE, SUBTREE, Answered, Reading, Root, escape, query_text
from scanner.collect.directory.changes import CONTROL, LISTED, OCTETS, RESOURCE, XML, changes_of
from scanner.collect.directory.security import Dacl, dacl_of, sid_text
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.facts.delegation import DelegationChange, NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.words.wording import counted

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry
    from scanner.collect.transport.ldap.connection import Connection

AT_ONCE = 40
"""machines in one filter"""
ACCOUNT = (
    "sAMAccountName",
    "dNSHostName",
    "objectSid",
    "userAccountControl",
    "servicePrincipalName",
    LISTED,
    RESOURCE,
)


def accounts(connection: Connection, root: Root, machines: Sequence[str], *, groups: bool = True) -> Answered:
    """The computer accounts that bear the DNS name or the account name of one of the machines.

    A machine's account name is its short name's first 15 characters; an account of that name in another domain, and a
    conflict object left by replication, are rows too. The ``groups`` of each cost one question more.
    """
    found: dict[str, Entry] = {}
    for text in account_filters(machines):
        found.update((entry.dn, entry) for entry in connection.search(root.naming_context, text, ACCOUNT))
    rows = tuple(_account(entry, connection if groups else None) for _, entry in sorted(found.items()))
    shown = next(account_filters(machines), "(no machine)")
    more = f" and {counted(len(machines) - AT_ONCE, 'more machine')}" if len(machines) > AT_ONCE else ""
    return Answered(rows, query_text(connection, root.naming_context, SUBTREE, shown) + more)


def named(connection: Connection, root: Root, names: Sequence[str]) -> Answered:
    """The computer accounts that bear one of these names, or hold it as a name of HOST or cifs."""
    found: dict[str, Entry] = {}
    for text in account_filters(names, services=("HOST", "cifs")):
        found.update((entry.dn, entry) for entry in connection.search(root.naming_context, text, ACCOUNT))
    rows = tuple(_account(entry, None, NamedAccount) for _, entry in sorted(found.items()))
    shown = next(account_filters(names[:2], services=("HOST", "cifs")), "(no name)")
    return Answered(rows, query_text(connection, root.naming_context, SUBTREE, shown))


def changes(connection: Connection, root: Root, machines: Sequence[str]) -> Answered:
    """When the delegation of each machine's account was last written; its metadata is asked of the account itself."""
    found: dict[str, Entry] = {}
    for text in account_filters(machines):
        found.update((entry.dn, entry) for entry in connection.search(root.naming_context, text, ("objectSid",)))
    rows = tuple(_changes(entry, connection) for _, entry in sorted(found.items()))
    shown = next(account_filters(machines[:2]), "(no machine)")
    return Answered(rows, query_text(connection, root.naming_context, SUBTREE, shown) + f", then {XML} of each")


def _changes(entry: Entry, connection: Connection) -> DelegationChange:
    reading = Reading()
    sid = reading.value("objectSid", lambda: sid_of(entry), "")
    times = reading.value("", lambda: _times(entry, connection), {})
    return DelegationChange(
        entry.dn, sid, times.get(LISTED), times.get(CONTROL), times.get(RESOURCE), unread=reading.unread
    )


def _times(entry: Entry, connection: Connection) -> dict[str, datetime]:
    found = connection.search(entry.dn, "(objectClass=*)", (XML, OCTETS), BASE)
    if len(found) != 1:
        raise ValueError(f"{connection.controller} gave {counted(len(found), 'object')} for one name")
    return changes_of(found[0])


def account_filters(machines: Sequence[str], services: Sequence[str] = ()) -> Iterator[str]:
    """One filter for some machines at a time; of these services their names, too."""
    for start in range(0, len(machines), AT_ONCE):
        part = machines[start : start + AT_ONCE]
        names = "".join(f"(dNSHostName={escape(name)})(sAMAccountName={escape(_sam_name(name))})" for name in part)
        names += "".join(f"(servicePrincipalName={service}/{escape(name)})" for name in part for service in services)
        yield f"(&(objectCategory=computer)(|{names}))"


def _sam_name(machine: str) -> str:
    return machine.partition(".")[0][:15].upper() + "$"


def _account(
    entry: Entry, connection: Connection | None, kind: type[ComputerAccount] = ComputerAccount
) -> ComputerAccount:
    descriptors, reading = entry.raw(RESOURCE), Reading()
    dacl = reading.value(RESOURCE, lambda: dacl_of(descriptors[0]), Dacl()) if descriptors else Dacl()
    return kind(
        dn=entry.dn,
        sam_name=entry.text("sAMAccountName"),
        dns_name=entry.text("dNSHostName").lower().rstrip("."),
        sid=reading.value("objectSid", lambda: sid_of(entry), ""),
        user_account_control=reading.word(entry, "userAccountControl"),
        spns=entry.texts("servicePrincipalName"),
        delegates_to=entry.texts(LISTED),
        allowed_sids=dacl.allowed,
        denied_sids=dacl.denied,
        has_resource_delegation=bool(descriptors),
        group_sids=reading.value("tokenGroups", lambda: token_groups(entry, connection), ()) if connection else (),
        unread=reading.unread,
    )


def sid_of(entry: Entry) -> str:
    """The SID of an object.

    Raises:
        ValueError: it has none.
    """
    sids = entry.raw("objectSid")
    if len(sids) != 1:
        raise ValueError("it has none")
    return sid_text(sids[0])


def token_groups(entry: Entry, connection: Connection) -> tuple[str, ...]:
    """The groups of an account; Windows computes them for a base search only.

    Raises:
        ValueError: they could not be read.
    """
    try:
        return tuple(map(sid_text, connection.read(entry.dn, ("tokenGroups",)).raw("tokenGroups")))
    except DirectoryError as error:
        if connection.stream.failure is not None:
            raise
        raise ValueError(error.detail) from None
