"""A source that signs in with CredSSP: whoever starts the move must be signed in there."""

from __future__ import annotations

from collections.abc import Mapping

from checks.delegation.guard import unless_guarded
from checks.delegation.verdicts import attempt, outside
from scanner.api import Status, Subject, Verdict, View, failed, is_sentence, passed, powershell, warned

KERBEROS = "Set-VMHost -ComputerName <host> -VirtualMachineMigrationAuthenticationType Kerberos"
KNOW_FIRST = "Find out what delegation lacks, which could not be read; complete it, then let both hosts use Kerberos"
DELEGATION_FIRST = "Complete delegation first, as DEL-01 to DEL-03 say; only then let both hosts use Kerberos"
DOMAIN_FIRST = "Kerberos needs both hosts in a domain: see ID-01"
WANTED = "Kerberos and delegation"


def credssp_verdict(view: View, route: Subject, parts: Mapping[str, Verdict]) -> Verdict:
    """Judge one direction, of which the parts of delegation are known."""
    states = {part.status for part in parts.values()}
    note = "every move, and every move back, needs a sign-in on the host it starts from"
    if states.isdisjoint((Status.FAIL, Status.UNKNOWN)):
        note += "; delegation is complete, and CredSSP does not use it"
    remedy = _remedy(view, route, parts)
    if view.estate.remote_initiated:
        return failed("CredSSP", WANTED, remedy, note=note)
    works = "the estate says that it is started while signed in on the source, whose Credential Guard does not run"
    return unless_guarded(view, route.source, warned("CredSSP", WANTED, remedy, works=works, note=note))


def _remedy(view: View, route: Subject, parts: Mapping[str, Verdict]) -> str:
    """Delegation first: a host that uses Kerberos without it moves nothing, and with CredSSP it did."""
    member = attempt(lambda: outside(view, route.source, route.destination) or passed("in a domain"))
    if member.status is Status.NOT_APPLICABLE:
        return DOMAIN_FIRST
    if Status.UNKNOWN in (member.status, *(part.status for part in parts.values())):
        return KNOW_FIRST
    lacking = [part.remedy for part in parts.values() if part.status is Status.FAIL]
    if any(not remedy or is_sentence(remedy) for remedy in lacking):
        return DELEGATION_FIRST
    return "\n".join(dict.fromkeys((*lacking, *(powershell(KERBEROS, host=host) for host in route.names))))
