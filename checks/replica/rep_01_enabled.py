"""A host takes replicas only after it was told to, and replication cannot even be set up before that.

Passes when the destination is enabled as a Replica server, with a sign-in, by its own record and by the Hyper-V module;
on a node of a cluster by the module, which shows the broker's settings. Else it fails. Where Site Recovery still has to
set the hosts up ([replica] configured = false) it is a warning: saving the cloud's settings does it (S4, step 4).
"""

from __future__ import annotations

from checks.reach.replica_port import METHODS, replica_port
from checks.reach.replica_taking import SAVE, cure
from checks.replica.receiving import RECEIVING, REPLICATION, receiving, yet_to_be_set
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell, warned

WANTED = tell("enabled as a Replica server, with a sign-in")


@check(
    id="REP-01",
    title="Destination is enabled as replica server",
    fails="Destination takes no replicas",
    warns="Destination takes no replicas until Site Recovery sets it up",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=REPLICATION,
    scope=scopes.DESTINATION,
    seed="S4 #step-4-configure-cloud-protection-settings",
    needs=RECEIVING,
    remedy="Enable the host as a Replica server; with Site Recovery save the settings of its cloud.",
    by_profile=True,
)
def enabled(destination: Subject, view: View) -> Verdict:
    """Judge one destination for one kind of move."""
    host = destination.host
    found = receiving(view, host)
    off = [one for one in found if not one.enabled]
    if not off and all(one.authentication for one in found):
        methods = METHODS.get(
            found[0].authentication,
            tell("AllowedAuthenticationType {authentication}", authentication=found[0].authentication),
        )
        return passed(tell("takes replicas by {methods}", methods=methods))
    seen = (
        tell("takes no replicas")
        if off
        else tell("enabled, and no sign-in was ever allowed (AllowedAuthenticationType 0)")
    )
    if yet_to_be_set(view):
        works = tell("Site Recovery enables its hosts when the settings of their cloud are saved")
        return warned(seen, WANTED, SAVE, works=works)
    return failed(seen, WANTED, cure(view, host, found, replica_port(view, host)))
