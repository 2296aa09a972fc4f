"""What is asked of a controller for each fact, and how its answers become rows.

A value that is not what its attribute says costs its row, no more: the row stays, with what could be read and a word
about what could not. The transport's error, when the controller gives no answer, is the caller's matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from scanner.collect.directory.accounts import accounts, changes, named
from scanner.collect.directory.basics import LEVEL, SUBTREE, Answered, Reading, Root, query_text
from scanner.collect.directory.kerberos import ENCRYPTION_TYPES, clock, kerberos_accounts
from scanner.collect.directory.operators import elsewhere, operators
from scanner.collect.directory.trustinfo import suffixes_of
from scanner.facts.delegation import DelegationChange, NamedAccount
from scanner.facts.directory import READ_ONLY_CONTROLLER, ComputerAccount, CrossRef, DirectoryServer, DomainInfo, Trust
from scanner.facts.kerberos import ControllerClock, KerberosAccount
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from scanner.words.model import Fact

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry
    from scanner.collect.transport.ldap.connection import Connection

NTDS_DOMAIN = 0x3
"""systemFlags of a crossRef: FLAG_CR_NTDS_NC and FLAG_CR_NTDS_DOMAIN"""
CROSS_REF = ("dnsRoot", "nETBIOSName", "systemFlags")
SERVER = ("dNSHostName", "serverReference", "msDS-isRODC")
SERVERS = "(|(objectClass=nTDSDSA)(objectClass=server))"
"""NTDS settings, which only a controller has, and the servers above them; a read-only one's are of a class below."""
READ_ONLY = f"(userAccountControl:1.2.840.113556.1.4.803:={READ_ONLY_CONTROLLER})"
"""msDS-isRODC is made when it is read, and no filter finds it."""
FOREST_INFO = "msDS-TrustForestTrustInfo"
TRUST = (
    "trustPartner", "flatName", "trustDirection", "trustType", "trustAttributes", ENCRYPTION_TYPES, FOREST_INFO,
)  # fmt: skip


def domain_info(connection: Connection, root: Root, machines: Sequence[str]) -> Answered:
    """The domain as its root DSE tells it."""
    del machines
    row = DomainInfo(root.domain, root.forest, root.naming_context, root.level)
    return Answered((row,), query_text(connection, "", "BASE", "(objectClass=*)"))


def servers(connection: Connection, root: Root, machines: Sequence[str]) -> Answered:
    """The controllers of the domain: servers with NTDS settings whose account is in it, and read-only accounts."""
    del machines
    base = f"CN=Sites,{root.configuration}"
    found = connection.search(base, SERVERS, SERVER)
    running = {entry.dn.lower().partition(",")[2] for entry in found if not entry.texts("serverReference")}
    rows: dict[str, DirectoryServer] = {}
    for entry in found:
        account = entry.text("serverReference")
        if account and entry.dn.lower() in running and _domain_of(account) == root.domain:
            name = _name(entry, root)
            rows[name] = DirectoryServer(name, root.domain, entry.text("msDS-isRODC").upper() == "TRUE")
    for entry in connection.search(root.naming_context, READ_ONLY, ("dNSHostName", "userAccountControl")):
        if Reading().word(entry, "userAccountControl") & READ_ONLY_CONTROLLER:
            name = _name(entry, root)
            rows[name] = DirectoryServer(name, root.domain, read_only=True)
    texts = (
        query_text(connection, base, SUBTREE, SERVERS),
        query_text(connection, root.naming_context, SUBTREE, READ_ONLY),
    )
    return Answered(tuple(row for _, row in sorted(rows.items())), " and ".join(texts))


def _name(entry: Entry, root: Root) -> str:
    """A controller's DNS name; where it tells none, its object's name in the domain."""
    own = entry.dn.partition(",")[0].partition("=")[2]
    return (entry.text("dNSHostName") or f"{own}.{root.domain}").lower().rstrip(".")


def _domain_of(dn: str) -> str:
    """The domain of an object, by the end of its name; empty if it names none."""
    parts = (part.strip().lower() for part in reversed(dn.split(",")))
    labels = [part.removeprefix("dc=") for part in takewhile(lambda part: part.startswith("dc="), parts)]
    return ".".join(reversed(labels))


def cross_refs(connection: Connection, root: Root, machines: Sequence[str]) -> Answered:
    """The domains of the forest."""
    del machines
    base, text = f"CN=Partitions,{root.configuration}", "(objectClass=crossRef)"
    found = connection.search(base, text, CROSS_REF, LEVEL)
    rows = tuple(row for entry in found if (row := _cross_ref(entry)))
    return Answered(rows, query_text(connection, base, LEVEL, text))


def _cross_ref(entry: Entry) -> CrossRef | None:
    reading = Reading()
    flags = reading.word(entry, "systemFlags", NTDS_DOMAIN) if entry.raw("systemFlags") else 0
    if flags & NTDS_DOMAIN != NTDS_DOMAIN:
        return None
    return CrossRef(entry.text("dnsRoot").lower(), entry.text("nETBIOSName"), reading.unread)


def trusts(connection: Connection, root: Root, machines: Sequence[str]) -> Answered:
    """The trusted domains."""
    del machines
    base, text = f"CN=System,{root.naming_context}", "(objectClass=trustedDomain)"
    rows = tuple(_trust(entry) for entry in connection.search(base, text, TRUST, LEVEL))
    return Answered(rows, query_text(connection, base, LEVEL, text))


def _trust(entry: Entry) -> Trust:
    stored, reading = entry.raw(FOREST_INFO), Reading()
    row = Trust(
        partner=entry.text("trustPartner").lower(),
        flat_name=entry.text("flatName"),
        direction=reading.word(entry, "trustDirection"),
        type=reading.word(entry, "trustType"),
        attributes=reading.word(entry, "trustAttributes"),
        suffixes=reading.value(FOREST_INFO, lambda: suffixes_of(stored[0]), ()) if stored else (),
        encryption_types=reading.word(entry, ENCRYPTION_TYPES) if entry.raw(ENCRYPTION_TYPES) else None,
    )
    return replace(row, unread=reading.unread if row.partner else "trustPartner: it has none")


Reader = Callable[["Connection", Root, Sequence[str]], Answered]
READERS: dict[type[Fact], Reader] = {
    DomainInfo: domain_info,
    DirectoryServer: servers,
    CrossRef: cross_refs,
    Trust: trusts,
    ComputerAccount: accounts,
    DelegationChange: changes,
    NamedAccount: named,
    OperatorAccount: operators,
    OperatorElsewhere: elsewhere,
    KerberosAccount: kerberos_accounts,
    ControllerClock: clock,
}
"""The facts one controller can tell about its domain; of machines, of operators, of what was asked about."""
