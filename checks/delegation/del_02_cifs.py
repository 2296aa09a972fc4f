"""Virtual disks travel over SMB: the source writes them on the destination as whoever started the move.

Passes when the source's account lists "cifs" with both names of the destination, or when the destination's account
names the source; what is less is judged as in DEL-01. Nothing at all fails ("host/..." entries do not stand for cifs).
Not applicable when storage does not move and no virtual disk of the source is on a local volume. Delegation to the file
servers that hold virtual disks is not judged.
"""

from __future__ import annotations

from checks.common.disks import DISKS
from checks.delegation.verdicts import FORMS, excused, storage_verdict
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes


@check(
    id="DEL-02",
    title="Source may delegate cifs to the destination",
    fails="Source cannot delegate cifs to the destination",
    warns="Source may delegate cifs under one name only, or any service at all",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    scope=scopes.ROUTE,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 9, first bullet",
    needs=(*FORMS, *DISKS),
    remedy="Let the source delegate both cifs names of the destination; between domains, name it on the destination.",
)
def cifs(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    source, destination = route.source, route.destination
    return excused(view, source, destination) or storage_verdict(view, source, destination)
