"""Credential Guard on a source hands on neither the sign-in of who is there nor a ticket of unlimited delegation.

Judged on hosts from which a move is planned; what runs on a destination does not matter. Fails where Credential Guard
runs and the source signs in with CredSSP, or may reach a destination of its moves by delegation to any service alone.
Where such a way is the only one and nobody could read whether it runs, that is unknown, also on Windows Server 2025,
where it is on by default for members of a domain. Passes where it does not run, and where constrained or resource-based
delegation does without. Releases before 2016 do not know it; a host in no domain is not judged (ID-01).
"""

from __future__ import annotations

from checks.delegation.guard import runs
from checks.delegation.remedies import grant_names
from checks.delegation.verdicts import outside
from checks.host.blocked import NEEDS, by_any_service, harmless, uses_credssp
from checks.migration.credssp import to_kerberos
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, joined, passed, scopes, tell, unknown

WANTED = tell("Kerberos with constrained or resource-based delegation")


@check(
    id="HOST-05",
    title="Credential Guard does not collide with the chosen authentication",
    fails="Credential Guard blocks the sign-in that planned moves use",
    severity=Severity.HIGH,
    who=Who.HOST,
    scope=scopes.SOURCE,
    seed="beyond seeds",
    needs=NEEDS,
    remedy="Use Kerberos with constrained or resource-based delegation; leave Credential Guard on.",
)
def credential_guard(host: Subject, view: View) -> Verdict:
    """Judge one host as the source of its moves."""
    source, known = host.host, runs(view, host.host)
    if reason := outside(view, source):
        return reason
    if known is not True and (verdict := harmless(view, source, known_off=known is False)):
        return verdict
    if uses_credssp(view, source):
        seen, remedy = "CredSSP", to_kerberos(view, source)
    else:
        ways = by_any_service(view, source)
        if not ways:
            return passed(tell("no destination is reached by delegation to any service alone"))
        seen = tell("delegation to any service alone leads to ") + joined(", ", (way.destination.short for way in ways))
        remedy = joined("\n", map(grant_names, ways))
    if known is not True:
        return unknown(
            tell(
                "{seen}: Credential Guard would block it, and whether it runs is not known: {known}",
                seen=seen,
                known=known,
            )
        )
    return failed(tell("{seen}, and Credential Guard runs", seen=seen), WANTED, remedy)
