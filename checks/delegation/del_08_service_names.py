"""Kerberos finds the destination's migration service by names that the service registers on the computer account.

Passes when the destination's account alone holds "Microsoft Virtual System Migration Service" with its short and its
full name, and the same two names for HOST (which stands for cifs) or for cifs itself. One name of two is a warning.
Neither name of the migration service fails, and so does neither name of HOST where disks or memory go by SMB. It
fails where
another account holds a name, too: a full one in any domain that was read, a short one in the forest. That a machine is
called the same in another forest, from which moves come, is a warning. Unknown where controllers tell two accounts by
the host's own name, which differ by SID, and where the account's full name is not the one that the machine has.
"""

from __future__ import annotations

from checks.delegation.service_names import NAMES, names_verdict
from checks.delegation.verdicts import excused_with
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.hyperv import VMHost


@check(
    id="DEL-08",
    title="Destination has registered its migration service",
    fails="The destination's service names are missing, or another account holds them",
    warns="Some service names of the destination are missing, or another forest has them too",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    scope=scopes.DESTINATION,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 9",
    needs=NAMES,
    of_all=(VMHost,),
    remedy="Take its names from other accounts; then restart its Virtual Machine Management service, to register them.",
)
def service_names(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    sources = [route.source for route in view.estate.routes if route.destination == host.host]
    return excused_with(view, host.host, sources) or names_verdict(view, host.host)
