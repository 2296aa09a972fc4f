"""Site Recovery protects what lies in clouds of VMM: a host outside of them keeps its machines to itself.

Passes when VMM lists the host in a host group of a cloud, or below one, and in a state that is OK: number 0, and a
connection that is not called otherwise. Where the estate names pairs of clouds, it must be a cloud of one of them.
Fails when VMM does not know the host, it is in no such cloud, needs attention, or does not answer VMM; in maintenance
mode it is a warning. Hosts with nothing to protect, on which no planned route ends, are not judged; nor, where routes
are planned for Site Recovery, are hosts on none of them. UNKNOWN where VMM tells a number of a state that is not known,
or a host of the same first label in another domain; and where an account that is no administrator of VMM does not find
the host or its cloud.
"""

from __future__ import annotations

from checks.common.chosen import chosen
from checks.vmm.clouds import CLOUDS
from checks.vmm.placed import placed
from scanner.api import (
    MissingEvidence,
    Profile,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    scopes,
    tell,
    unknown,
)  # fmt: skip
from scanner.facts.vm import VirtualMachineSettings
from scanner.facts.vmm import VmmHost


@check(
    id="VMM-06",
    title="VMM has the host in a cloud, and can work with it",
    fails="VMM has the host in no cloud of the plan, or cannot work with it",
    warns="VMM has the host in maintenance mode",
    severity=Severity.CRITICAL,
    who=Who.OPERATOR,
    profiles=(Profile.ASR_VMM,),
    follows=("VMM-03",),
    scope=scopes.HOST,
    seed="S4 #before-you-start row Hyper-V",
    needs=(*CLOUDS, VmmHost, VirtualMachineSettings),
    remedy="Add the host to VMM, its host group to the cloud; mend what VMM says of it, and end its maintenance mode.",
)
def host_in_a_cloud(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not view.estate.vmm_servers:
        return unknown(tell("the estate names no VMM server: name it as [[vmm]]"))
    verdict, routes = _placed(view, host.host), view.estate.routes
    if routes and not any(host.host in (route.source, route.destination) for route in routes):
        return not_applicable(tell("no planned route starts or ends on the host"))
    ends = any(route.destination == host.host for route in routes)
    if verdict.status is Status.PASS or ends or chosen(view, host.host):
        return verdict
    return not_applicable(tell("no machine to protect is on the host, and no planned route ends there"))


def _placed(view: View, host: str) -> Verdict:
    try:
        return placed(view, host)
    except MissingEvidence as why:  # a host with nothing to protect is not judged, whatever VMM did not tell
        return unknown(str(why))
