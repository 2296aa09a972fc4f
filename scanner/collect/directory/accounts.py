"""The computer accounts of machines: what is asked for them, and how an account becomes a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scanner.collect.directory.basics import SUBTREE, Answered, Reading, Root, escape, query_text
from scanner.collect.directory.security import Dacl, dacl_of, sid_text
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.facts.directory import ComputerAccount
from scanner.words.wording import counted

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry
    from scanner.collect.transport.ldap.connection import Connection

AT_ONCE = 40
"""machines in one filter"""
RESOURCE_DELEGATION = "msDS-AllowedToActOnBehalfOfOtherIdentity"
ACCOUNT = (
    "sAMAccountName",
    "dNSHostName",
    "objectSid",
    "userAccountControl",
    "servicePrincipalName",
    "msDS-AllowedToDelegateTo",
    RESOURCE_DELEGATION,
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


def account_filters(machines: Sequence[str]) -> Iterator[str]:
    """One filter for some machines at a time."""
    for start in range(0, len(machines), AT_ONCE):
        part = machines[start : start + AT_ONCE]
        names = "".join(f"(dNSHostName={escape(name)})(sAMAccountName={escape(_sam_name(name))})" for name in part)
        yield f"(&(objectCategory=computer)(|{names}))"


def _sam_name(machine: str) -> str:
    return machine.partition(".")[0][:15].upper() + "$"


def _account(entry: Entry, connection: Connection | None) -> ComputerAccount:
    descriptors, reading = entry.raw(RESOURCE_DELEGATION), Reading()
    dacl = reading.value(RESOURCE_DELEGATION, lambda: dacl_of(descriptors[0]), Dacl()) if descriptors else Dacl()
    return ComputerAccount(
        dn=entry.dn,
        sam_name=entry.text("sAMAccountName"),
        dns_name=entry.text("dNSHostName").lower().rstrip("."),
        sid=reading.value("objectSid", lambda: sid_of(entry), ""),
        user_account_control=reading.word(entry, "userAccountControl"),
        spns=entry.texts("servicePrincipalName"),
        delegates_to=entry.texts("msDS-AllowedToDelegateTo"),
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
