"""Delegation is configured by whoever may change computer accounts: who that is should be known before it is needed.

It never fails. Where nothing of delegation is missing on any planned route, and where no operator is named, it does not
apply. Else it passes and says whether the operator is in Domain Admins (-512) of the domains of the sources, or in
Enterprise Admins (-519), and so can mend what DEL-* print, or whom to ask. Rights that were delegated otherwise are not
seen. Unknown where the operator's groups, or what delegation needs, could not be read.
"""

from __future__ import annotations

from checks.operator.account import account
from checks.operator.lacking import LACKING, lacking_delegation
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, passed, scopes
from scanner.facts.operator import DOMAIN_ADMINS, ENTERPRISE_ADMINS


@check(
    id="OPR-05",
    title="An account in Domain Admins is available to configure delegation",
    severity=Severity.INFO,
    who=Who.DIRECTORY,
    scope=scopes.OPERATOR,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 1",
    needs=LACKING,
    remedy="Have an administrator of the domain at hand for what DEL-* print.",
)
def domain_admin(subject: Subject, view: View) -> Verdict:
    """Judge one operator."""
    lacking = lacking_delegation(view)
    if not lacking:
        return not_applicable("nothing of delegation is missing on the planned routes")
    found = account(view, subject.names[0])
    row = found.row
    everywhere = any(sid.startswith("S-1-5-21-") and sid.endswith(f"-{ENTERPRISE_ADMINS}") for sid in row.group_sids)
    own = row.is_in(DOMAIN_ADMINS)
    others = [domain for domain in lacking if not everywhere and not (own and domain == found.domain)]
    if not others:
        return passed(f"{row.account} may configure what DEL-* say of {', '.join(lacking)}")
    asked = f"ask an administrator of {', '.join(others)} for what DEL-* print, or who was given that right"
    return passed(f"{row.account} is not in Domain Admins of {', '.join(others)}", note=asked)
