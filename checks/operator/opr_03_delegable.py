"""With Kerberos the source acts for whoever started the move, and no controller delegates an account that forbids it.

Passes when the account is enabled, not "sensitive and cannot be delegated" (0x100000), and not one of Protected Users.
Sensitive fails where a planned source uses Kerberos; where all use CredSSP it is a warning. Protected Users fail from
the domain's functional level 6 (2012 R2) on, and below it with CredSSP; below it with Kerberos that is a warning.
Disabled fails. Unknown for a group, for the built-in Administrator among Protected Users, and where an authentication
policy or silo is assigned, since what that restricts is not read.
"""

from __future__ import annotations

from checks.operator.account import accounts
from checks.operator.delegable import DELEGATION, judged
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    joined,
    not_applicable,
    scopes,
    tell,
    unknown,
    worst,
)


@check(
    id="OPR-03",
    title="Operator account is delegable",
    fails="Operator account is disabled, sensitive or in Protected Users",
    warns="Operator account is sensitive or in Protected Users, which stops no planned move",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    scope=scopes.OPERATOR,
    seed="beyond seeds",
    needs=DELEGATION,
    remedy="Start moves with a dedicated account that may be delegated.",
)
def delegable(subject: Subject, view: View) -> Verdict:
    """Judge one operator."""
    if not view.estate.routes:
        return not_applicable(tell("no move is planned"))
    found = {f"{each.row.account} ({each.domain})": judged(view, each) for each in accounts(view, subject.names[0])}
    if len({verdict.status for verdict in found.values()}) > 1:
        return unknown(
            tell(
                "{names} may mean {found}, and they differ", names=subject.names[0], found=joined(" or ", sorted(found))
            )
        )
    return worst(found.values())
