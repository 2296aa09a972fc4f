"""Delegation is configured by whoever may change computer accounts: who that is should be known before it is needed.

It never fails: it passes, and says whether the operator is in Domain Admins (-512) of his domain or in Enterprise
Admins (-519), and so can mend there what DEL-* print, or that another one must be asked. Rights that were delegated
otherwise are not seen. Unknown where the operator's groups could not be read.
"""

from __future__ import annotations

from checks.operator.account import ACCOUNTS, Operator, accounts
from scanner.api import Severity, Subject, Verdict, View, Who, check, passed, scopes, tell, worst
from scanner.facts.operator import DOMAIN_ADMINS, ENTERPRISE_ADMINS


@check(
    id="OPR-05",
    title="An account in Domain Admins is available to configure delegation",
    severity=Severity.INFO,
    who=Who.DIRECTORY,
    scope=scopes.OPERATOR,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 1",
    needs=ACCOUNTS,
    remedy="Have an administrator of the domain at hand for what DEL-* print.",
)
def domain_admin(subject: Subject, view: View) -> Verdict:
    """Judge one operator."""
    return worst(map(_told, accounts(view, subject.names[0])))


def _told(found: Operator) -> Verdict:
    row = found.row
    if any(sid.startswith("S-1-5-21-") and sid.endswith(f"-{ENTERPRISE_ADMINS}") for sid in row.group_sids):
        return passed(
            tell("{account} is in Enterprise Admins", account=row.account),
            note=tell("may configure what DEL-* print in its forest"),
        )
    if row.is_in(DOMAIN_ADMINS):
        return passed(
            tell("{account} is in Domain Admins of its domain", account=row.account),
            note=tell("may configure what DEL-* print there"),
        )
    asked = tell("for what DEL-* print, ask an administrator of the domain, or who was given that right")
    return passed(tell("{account} is not in Domain Admins of its domain", account=row.account), note=asked)
