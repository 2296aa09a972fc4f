"""Site Recovery copies from a cloud to the cloud it is paired with: what no pair leads along it does not do.

Passes when a planned pair has a source cloud that holds the host the route starts on, and a target cloud that holds
the one it ends on: in a host group of the cloud, or below one. Fails when no pair does; where the estate names no pair,
when no two clouds could be one. UNKNOWN when they could, and none is named; when VMM does not tell where a host is; and
where an account that is no administrator of VMM may be shown a part. Which routes are planned for Site Recovery says
``profiles`` of ``[[route]]``. What VMM-06 and VMM-07 look at by itself, hosts and clouds, it holds against the plan.
"""

from __future__ import annotations

from checks.vmm.clouds import CLOUDS
from checks.vmm.leading import led
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, scopes, tell, unknown
from scanner.facts.vmm import VmmHost


@check(
    id="VMM-16",
    title="A pair of clouds leads along the route",
    fails="No pair of clouds leads along the route",
    severity=Severity.CRITICAL,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-06",),
    scope=scopes.ROUTE,
    seed="S4 #before-you-start row Hyper-V",
    needs=(*CLOUDS, VmmHost),
    remedy=(
        "Plan a [[cloud_pair]] that leads there, or say what else the route is for: profiles of its [[route]] in the "
        "estate file, without asr-vmm."
    ),
)
def along_a_pair(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    if not view.estate.vmm_servers:
        return unknown(tell("the estate names no VMM server: name it as [[vmm]]"))
    return led(view, route.source, route.destination)
