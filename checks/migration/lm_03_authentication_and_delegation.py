"""The source's authentication protocol decides who can start a move: CredSSP needs a sign-in on the source itself.

With Kerberos it passes when DEL-01, DEL-02 and DEL-03 find nothing missing towards the destination, and cifs to every
file server with virtual disks of the source is delegated, too (DEL-12), on the destination's account as well where the
disks stay there; it fails when something is missing. With CredSSP it fails where moves are started remotely, or where
Credential Guard runs on the source; else it is a warning, or unknown if nobody could see whether Credential Guard runs:
every move, and every move back, needs a sign-in on the host it starts from. It then prints how all hosts that planned
moves tie together come to Kerberos, where all of their moves work by that afterwards; else what comes first.
"""

from __future__ import annotations

from checks.common.migrating import authentication
from checks.delegation.file_servers import file_servers_verdict, servers_asked
from checks.delegation.verdicts import attempt, outside, parts
from checks.migration.credssp import FILE_SERVERS, NEEDS, credssp_verdict
from scanner.api import (
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.hyperv import MigrationAuthentication


@check(
    id="LM-03",
    title="Authentication protocol and delegation fit together",
    fails="Delegation for Kerberos is incomplete, or CredSSP cannot sign in as planned",
    warns="CredSSP asks for a sign-in on the source for every move",
    severity=Severity.HIGH,
    who=Who.HOST,
    follows=("DEL-01", "DEL-02", "DEL-03", "DEL-05", "DEL-06", "DEL-12", "HOST-05", "LM-02"),
    scope=scopes.ROUTE,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=NEEDS,
    asks=lambda route, view: servers_asked(view, *route.names),
    remedy="Use Kerberos with complete delegation, or start every move while signed in on its source.",
)
def fit_together(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    source, end = route.source, route.destination
    if authentication(view, source) is MigrationAuthentication.CREDSSP:
        return credssp_verdict(view, route)
    reason = outside(view, source, end)
    if reason:
        return reason
    found = parts(view, source, end)
    found[FILE_SERVERS] = attempt(lambda: file_servers_verdict(view, source, end))
    lacking = {name: part for name, part in found.items() if part.status is Status.FAIL}
    unclear = [
        tell("{name}: {note}", name=name, note=part.note)
        for name, part in found.items()
        if part.status is Status.UNKNOWN
    ]
    if lacking:
        remedy = joined("\n", dict.fromkeys(part.remedy for part in lacking.values() if part.remedy))
        seen = tell("Kerberos, and {lacking} incomplete", lacking=joined(", ", lacking))
        untold = joined("; ", (part.seen for part in lacking.values() if not part.remedy))
        return failed(seen, tell("complete delegation"), remedy, note=untold)
    if unclear:
        return unknown(joined("; ", unclear))
    weak = [name for name, part in found.items() if part.status is Status.WARN]
    return passed(
        tell("Kerberos, delegation to the destination complete"),
        note=tell("with warnings of {weak}", weak=joined(", ", weak)) if weak else "",
    )
