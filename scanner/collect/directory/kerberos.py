"""What Kerberos goes by in a domain: a controller's clock, and accounts with their encryption types and releases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scanner.collect.directory.accounts import account_filters
from scanner.collect.directory.basics import SUBTREE, Answered, Reading, Root, query_text
from scanner.facts.directory import FULL_CONTROLLER, READ_ONLY_CONTROLLER
from scanner.facts.kerberos import ControllerClock, KerberosAccount

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry
    from scanner.collect.transport.ldap.connection import Connection

ENCRYPTION_TYPES, VERSION = "msDS-SupportedEncryptionTypes", "operatingSystemVersion"
ACCOUNT = ("sAMAccountName", "userAccountControl", ENCRYPTION_TYPES, VERSION)
HAS_BIT = "userAccountControl:1.2.840.113556.1.4.803:="
CONTROLLERS = f"(|({HAS_BIT}{FULL_CONTROLLER})({HAS_BIT}{READ_ONLY_CONTROLLER}))"
MOMENT = re.compile(r"(\d{14})(?:[.,]\d+)?Z")
"""Generalised time in UTC, as 20261121120000.0Z; Active Directory writes whole seconds."""


def clock(connection: Connection, root: Root, machines: Sequence[str]) -> Answered:
    """The controller's clock, and between which moments of ours it was read.

    Raises:
        ValueError: it tells no time.
    """
    del machines
    asked = datetime.now(UTC)
    entry = connection.read("", ("currentTime",))
    received = datetime.now(UTC)
    row = ControllerClock(root.domain, connection.controller, moment(entry.text("currentTime")), asked, received)
    return Answered((row,), query_text(connection, "", "BASE", "(objectClass=*)"))


def moment(text: str) -> datetime:
    """A generalised time (RFC 4517) in UTC.

    Raises:
        ValueError: it is none.
    """
    found = MOMENT.fullmatch(text)
    if found is None:
        raise ValueError("currentTime is no time in UTC")
    return datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def kerberos_accounts(connection: Connection, root: Root, machines: Sequence[str]) -> Answered:
    """The accounts of the machines and of all controllers."""
    found: dict[str, Entry] = {}
    for text in (*account_filters(machines), CONTROLLERS):
        found.update((entry.dn, entry) for entry in connection.search(root.naming_context, text, ACCOUNT))
    rows = tuple(_account(entry) for _, entry in sorted(found.items()))
    return Answered(rows, query_text(connection, root.naming_context, SUBTREE, CONTROLLERS) + " and the machines")


def _account(entry: Entry) -> KerberosAccount:
    reading = Reading()
    control = reading.word(entry, "userAccountControl")
    return KerberosAccount(
        dn=entry.dn,
        sam_name=entry.text("sAMAccountName"),
        controller=bool(control & (FULL_CONTROLLER | READ_ONLY_CONTROLLER)),
        encryption_types=reading.word(entry, ENCRYPTION_TYPES) if entry.raw(ENCRYPTION_TYPES) else None,
        version=entry.text(VERSION),
        unread=reading.unread,
    )
