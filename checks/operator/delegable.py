"""Whether a controller hands on an account's sign-in, by each way in which migrations sign in."""

from __future__ import annotations

from checks.common.migrating import TWO_WAYS, authentication
from checks.operator.account import ACCOUNTS, Operator
from scanner.api import Fact, MissingEvidence, Verdict, View, failed, passed, unknown, warned, worst
from scanner.facts.directory import DomainInfo
from scanner.facts.hyperv import MigrationAuthentication
from scanner.facts.operator import BUILT_IN_ADMINISTRATOR, PROTECTED_USERS, OperatorAccount

DELEGATION: tuple[type[Fact], ...] = (*ACCOUNTS, *TWO_WAYS, DomainInfo)
"""What a check declares that asks for it."""
ENFORCED = 6
"""Functional level of a domain, Windows Server 2012 R2, from which its controllers hold Protected Users to their rules
(Microsoft Learn: Protected Users Security Group)."""
WANTED = "an account that may be delegated"
DEDICATED = "Start moves with an account of its own that is neither sensitive nor one of Protected Users."
KERBEROS, CREDSSP = MigrationAuthentication.KERBEROS, MigrationAuthentication.CREDSSP


def judged(view: View, found: Operator) -> Verdict:
    """Judge one account."""
    row = found.row
    if row.is_group:
        return unknown(f"{row.account} is a group: name the accounts that start moves")
    if row.disabled:
        return failed(f"{row.account} is disabled", "an enabled account", DEDICATED)
    parts = [part for part in (protected(view, found), sensitive(view, row)) if part is not None]
    if row.policies:
        parts.append(unknown(f"{row.account} is under {', '.join(row.policies)}; what that restricts is not read"))
    if parts:
        return worst(parts)
    return passed(f"{row.account} is enabled and may be delegated")


def protected(view: View, found: Operator) -> Verdict | None:
    """The verdict on a member of Protected Users; nothing of somebody else."""
    row = found.row
    if not row.is_in(PROTECTED_USERS):
        return None
    seen = f"{row.account} is one of Protected Users"
    if row.sid.rpartition("-")[2] == str(BUILT_IN_ADMINISTRATOR):
        return unknown(f"{seen}, and whether the built-in Administrator is held to their rules is not proven")
    ways, unread = ways_of(view)
    if CREDSSP in ways:
        return failed(f"{seen}, and Windows hands no password of theirs to CredSSP", WANTED, DEDICATED)
    level = view.one(DomainInfo, found.domain).functional_level
    if level >= ENFORCED:
        return failed(seen, WANTED, DEDICATED)
    if unread:
        return unknown(unread)
    works = (
        f"controllers hold them to their rules from functional level {ENFORCED} on, and {found.domain} is at {level}"
    )
    return warned(seen, WANTED, DEDICATED, works=works)


def sensitive(view: View, row: OperatorAccount) -> Verdict | None:
    """The verdict on an account that is sensitive; nothing of another."""
    if not row.sensitive:
        return None
    seen = f"{row.account} is sensitive and cannot be delegated (0x100000)"
    ways, unread = ways_of(view)
    if KERBEROS in ways:
        return failed(seen, WANTED, DEDICATED)
    if unread:
        return unknown(unread)
    works = "every planned source signs in with CredSSP, which takes the password itself and delegates nobody"
    return warned(seen, WANTED, DEDICATED, works=works)


def ways_of(view: View) -> tuple[set[MigrationAuthentication], str]:
    """How the planned sources sign in, and why that is not known of one of them."""
    found, unread = set[MigrationAuthentication](), ""
    for source in dict.fromkeys(route.source for route in view.estate.routes):
        try:
            found.add(authentication(view, source))
        except MissingEvidence as missing:
            unread = unread or str(missing)
    return found, unread
