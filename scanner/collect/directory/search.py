"""Finds Hyper-V hosts in a domain, for ``init``: computers that registered the migration service."""

from __future__ import annotations

import time
from collections.abc import Callable

from scanner.collect.directory.basics import Reading
from scanner.collect.directory.controllers import Domain, Opened
from scanner.collect.directory.racing import first
from scanner.collect.directory.rows import trusts
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.estate.access import Access
from scanner.facts.directory import DISABLED, Trust
from scanner.words.model import GapReason
from scanner.words.names import host_name

HYPERV = "(&(objectCategory=computer)(servicePrincipalName=Microsoft Virtual System Migration Service/*))"
BOTH_WAYS, UPLEVEL = 3, 2


def hyperv_computers(domain: str, access: Access) -> list[str]:
    """The DNS names of the enabled computers of a domain that registered the migration service, sorted, lower case.

    They are text from the directory, and need not be host names.

    Raises:
        DirectoryError: no controller answered; ``detail`` names each and its cause.
    """
    found: set[str] = set()

    def use(opened: Opened) -> None:
        names = ("dNSHostName", "userAccountControl")
        for entry in opened.connection.search(opened.root.naming_context, HYPERV, names):
            name = entry.text("dNSHostName")
            if name and not Reading().word(entry, "userAccountControl") & DISABLED:
                found.add(name.lower().rstrip(".") if name.isascii() else name)

    _ask(domain, access, use)
    return sorted(found)


def trusted_domains(domain: str, access: Access) -> list[str]:
    """The DNS names of the Active Directory domains that this one trusts and that trust it, sorted, lower case.

    They are text from the directory, and need not be names.

    Raises:
        DirectoryError: no controller answered; ``detail`` names each and its cause.
    """
    found: set[str] = set()

    def use(opened: Opened) -> None:
        rows = (row for row in trusts(opened.connection, opened.root, ()).rows if isinstance(row, Trust))
        found.update(r.partner for r in rows if r.type == UPLEVEL and r.direction & BOTH_WAYS == BOTH_WAYS)

    _ask(domain, access, use)
    return sorted(found)


def _ask(domain: str, access: Access, use: Callable[[Opened], None]) -> None:
    asked = Domain(host_name(domain), access, time.monotonic() + access.limits.host_deadline)
    try:
        first(asked, asked.controllers(), use)
    except ValueError as error:
        raise DirectoryError(GapReason.UNPARSABLE, f"{domain}: {error}") from None
