"""Kerberos gives a ticket for the account that holds a name; where two accounts hold it, none, or one nobody can read.

A global catalogue of the host's forest is asked who holds the names of the migration service, of HOST and of cifs, each
with the host's short and full name. Passes when nobody but the host's own account holds one; HOST stands for cifs, so
cifs on another account is a conflict, too. It fails where another object of the forest holds a name. Unknown where no
global catalogue answered or none was asked for a name, where it does not know yet what the host's own domain tells, and
where a domain tells of another holder and the catalogue does not. What one domain tells is no proof for its forest.
"""

from __future__ import annotations

from checks.delegation.account import member
from checks.delegation.uniqueness import judged
from checks.delegation.verdicts import ACCOUNTS, excused_with
from scanner.api import Severity, Subject, Verdict, View, Who, check, passed, scopes, tell, worst
from scanner.facts.delegation import ServiceName
from scanner.facts.directory import DomainInfo


@check(
    id="DEL-09",
    title="Service names are unique in the forest",
    fails="Another account of the forest holds a service name of the host",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(*ACCOUNTS, DomainInfo, ServiceName),
    remedy="Let the host's own account alone hold its service names; setspn -X -F lists those that two accounts hold.",
)
def unique_names(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    ways = [way for way in view.estate.routes if host.host in (way.source, way.destination)]
    reason = excused_with(view, host.host, sorted({way.source for way in ways}))
    if reason:
        return reason
    own = member(view, host.host)
    parts = list(judged(view, own))
    return (
        worst(parts) if parts else passed(tell("no other account of the forest holds a name of {fqdn}", fqdn=own.fqdn))
    )
