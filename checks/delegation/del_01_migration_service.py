"""The source signs in on the destination as whoever started the move, and may do so only where it is allowed to.

Passes when the source's account lists the service "Microsoft Virtual System Migration Service" with both names of the
destination, or when the destination's account names the source (resource-based delegation). One name only is a warning,
and so is delegation to any service, which fails where Credential Guard runs on the source. Names against a deny entry
are unknown: nobody says which wins. It fails when nothing allows it; across domains the list on the source does not
count. Not judged where CredSSP is set and no move is started remotely, or where only disks move.
"""

from __future__ import annotations

from checks.delegation.verdicts import FORMS, excused, migration_verdict
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes


@check(
    id="DEL-01",
    title="Source may delegate the migration service to the destination",
    fails="Source cannot delegate the migration service to the destination",
    warns="Source may delegate the migration service under one name only, or any service at all",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    scope=scopes.ROUTE,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… items 3-10",
    needs=FORMS,
    remedy="Let the source delegate both names of the migration service; between domains, name it on the destination.",
)
def migration_service(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    source, destination = route.source, route.destination
    return excused(view, source, destination) or migration_verdict(view, source, destination)
