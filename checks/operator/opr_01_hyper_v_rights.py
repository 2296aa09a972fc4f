"""Whoever moves a machine must manage Hyper-V at both ends: without the right on one of them the move is refused.

Passes when the account, or a group that it is in (nested, also by groups of the host's domain that hold accounts of
another one), is a member of the host's Administrators or Hyper-V Administrators, by SID. Fails when it is in neither
and the lists can be believed: each member has a SID, and the host shows that it resolves accounts of the operator's
domain. Else unknown, for Windows leaves out whom it cannot resolve.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.delegation.verdicts import outside
from checks.operator.joining import join
from checks.operator.membership import NEEDS, asks, standing
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, failed, joined, passed, scopes, tell, unknown
from scanner.facts.local_group import ADMINISTRATORS, HYPER_V

MANAGE = (ADMINISTRATORS, HYPER_V)


def questions(subject: Subject, view: View) -> Iterator[Ask]:
    """Who is in the two groups."""
    return asks(view, subject.names[0], subject.host, MANAGE)


@check(
    id="OPR-01",
    title="Operator is Hyper-V Administrator or Administrator on both hosts",
    fails="Operator is neither Hyper-V Administrator nor Administrator on the host",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    scope=scopes.OPERATOR_HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 1",
    needs=NEEDS,
    asks=questions,
    remedy="Add the account to Hyper-V Administrators (S-1-5-32-578) on both hosts.",
)
def hyper_v_rights(subject: Subject, view: View) -> Verdict:
    """Judge one operator on one host."""
    return outside(view, subject.host) or _rights(subject, view)


def _rights(subject: Subject, view: View) -> Verdict:
    found = standing(view, subject.names[0], subject.host, MANAGE)
    if found.groups:
        return passed(found.told)
    if found.doubts:
        return unknown(joined("; ", dict.fromkeys(found.doubts)))
    return failed(
        tell("{account} is in neither", account=found.operator.row.account),
        tell("a member of Administrators or Hyper-V Administrators"),
        join(view, subject.host, found, HYPER_V),
    )
