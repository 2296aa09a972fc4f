"""Whether a controller hands on an account's sign-in, by each way in which migrations sign in."""

from __future__ import annotations

from checks.common.migrating import TWO_WAYS, authentication
from checks.operator.account import ACCOUNTS, Operator
from scanner.api import Fact, MissingEvidence, Verdict, View, failed, joined, passed, tell, unknown, warned, worst
from scanner.facts.directory import DomainInfo
from scanner.facts.hyperv import MigrationAuthentication
from scanner.facts.operator import BUILT_IN_ADMINISTRATOR, PROTECTED_USERS, OperatorAccount

DELEGATION: tuple[type[Fact], ...] = (*ACCOUNTS, *TWO_WAYS, DomainInfo)
"""What a check declares that asks for it."""
ENFORCED = 6
"""Functional level of a domain, Windows Server 2012 R2, from which its controllers hold Protected Users to their rules
(Microsoft Learn: Protected Users Security Group)."""
WANTED = tell("an account that may be delegated")
DEDICATED = tell("Start moves with an account of its own that is neither sensitive nor one of Protected Users.")
KERBEROS, CREDSSP = MigrationAuthentication.KERBEROS, MigrationAuthentication.CREDSSP


def judged(view: View, found: Operator) -> Verdict:
    """Judge one account."""
    row = found.row
    if row.is_group:
        return unknown(tell("{account} is a group: name the accounts that start moves", account=row.account))
    if row.disabled:
        return failed(tell("{account} is disabled", account=row.account), tell("an enabled account"), DEDICATED)
    parts = [part for part in (protected(view, found), sensitive(view, row)) if part is not None]
    if row.policies:
        parts.append(
            unknown(
                tell(
                    "{account} is under {policies}; what that restricts is not read",
                    account=row.account,
                    policies=joined(", ", row.policies),
                )
            )
        )
    if parts:
        return worst(parts)
    return passed(tell("{account} is enabled and may be delegated", account=row.account))


def protected(view: View, found: Operator) -> Verdict | None:
    """The verdict on a member of Protected Users; nothing of somebody else."""
    row = found.row
    if not row.is_in(PROTECTED_USERS):
        return None
    seen = tell("{account} is one of Protected Users", account=row.account)
    if row.sid.rpartition("-")[2] == str(BUILT_IN_ADMINISTRATOR):
        return unknown(
            tell("{seen}, and whether the built-in Administrator is held to their rules is not proven", seen=seen)
        )
    ways, unread = ways_of(view)
    if CREDSSP in ways:
        return failed(tell("{seen}, and Windows hands no password of theirs to CredSSP", seen=seen), WANTED, DEDICATED)
    level = view.one(DomainInfo, found.domain).functional_level
    if level >= ENFORCED:
        return failed(seen, WANTED, DEDICATED)
    if unread:
        return unknown(unread)
    works = tell(
        "controllers hold them to their rules from functional level {enforced} on, and {domain} is at {level}",
        enforced=ENFORCED,
        domain=found.domain,
        level=level,
    )
    return warned(seen, WANTED, DEDICATED, works=works)


def sensitive(view: View, row: OperatorAccount) -> Verdict | None:
    """The verdict on an account that is sensitive; nothing of another."""
    if not row.sensitive:
        return None
    seen = tell("{account} is sensitive and cannot be delegated (0x100000)", account=row.account)
    ways, unread = ways_of(view)
    if KERBEROS in ways:
        return failed(seen, WANTED, DEDICATED)
    if unread:
        return unknown(unread)
    works = tell("every planned source signs in with CredSSP, which takes the password itself and delegates nobody")
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
