"""A move that is started from another machine is ordered in a session on its source, which must admit the operator.

Where moves are started while signed in on the source, and on hosts where none starts, it does not apply. Passes when
the default session configuration lets in one of the operator's SIDs, by the order of its access list, as it does
Administrators and Remote Management Users. Fails when it lets in nobody over the network, or when the operator is in
no group that it lets in; in Hyper-V Administrators alone that is a warning. Unknown where his groups or the list
cannot be believed. Other session configurations are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.delegation.verdicts import outside
from checks.operator.membership import asks, standing
from checks.operator.session import SESSIONS, admitted
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell
from scanner.facts.local_group import BUILT_IN


def questions(subject: Subject, view: View) -> Iterator[Ask]:
    """Who is in the three groups, where it applies."""
    return iter(()) if _nothing_starts(subject, view) else asks(view, subject.names[0], subject.host, BUILT_IN)


@check(
    id="OPR-02",
    title="Operator may open the needed remoting sessions",
    fails="The host admits no remoting session of the operator",
    warns="Operator may open no remoting session, and is Hyper-V Administrator there",
    severity=Severity.LOW,
    who=Who.HOST,
    follows=("OPR-01",),
    scope=scopes.OPERATOR_HOST,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=SESSIONS,
    asks=questions,
    remedy="Add the account to Remote Management Users (S-1-5-32-580) on the hosts where moves start.",
)
def remote_session(subject: Subject, view: View) -> Verdict:
    """Judge one operator on one host."""
    if _nothing_starts(subject, view):
        return not_applicable(tell("no move is started there from another machine"))
    no_domain = outside(view, subject.host)
    return no_domain or admitted(view, subject.host, standing(view, subject.names[0], subject.host, BUILT_IN))


def _nothing_starts(subject: Subject, view: View) -> bool:
    """Whether no move is ordered remotely on the host."""
    starts = {route.source for route in view.estate.routes}
    return not view.estate.remote_initiated or subject.host not in starts
