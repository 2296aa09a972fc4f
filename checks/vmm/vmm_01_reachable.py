"""Site Recovery between VMM sites is managed through VMM: a server that does not answer protects and recovers nothing.

Passes when VMM answers on the server. Does not apply to a passive node of a highly available VMM server, where the
service does not run, as long as another node of the same cluster answers (error 1602 there is no fault). Fails when
the service SCVMMService is not there, or does not run and nobody answers in its place. Unknown is a service that is
just starting or ending, one that is told to be stopped by a server that answers, and one that runs while VMM gives no
answer: the account may have no role in VMM.
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.vmm.service import service_of, start
from scanner.api import (
    Gap,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import SERVICE, VmmServer
from scanner.facts.vmm_nodes import answers_for


@check(
    id="VMM-01",
    title="The VMM server answers",
    fails="The VMM service is missing or does not run",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #before-you-start row VMM",
    needs=(VmmServer, Service, ClusterInfo),
    remedy="Start the VMM service, or name in the estate a server on which VMM is installed.",
)
def reachable(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    answer, service = view.ask(VmmServer, server.host), service_of(view, server.host)
    if not isinstance(answer, Gap):
        told = view.one(VmmServer, server.host)
        if service is not None and service.state.lower() != "running":
            return unknown(
                tell("VMM answers, and its service is {state}: look again when that has ended", state=service.state)
            )
        limited = tell("the account has profile {profile} in VMM: it may not see everything", profile=told.profile)
        return passed(tell("VMM {clip} answers", clip=clip(told.version, 40)), note="" if told.sees_all else limited)
    if other := answers_for(view.ask, server.host, view.estate.vmm_servers):
        return not_applicable(tell("a passive node: {other} answers in its place", other=other))
    if service is None:
        return failed(tell("no service {service}", service=SERVICE), tell("a server on which VMM is installed"))
    if service.state.lower() == "running" or "pending" in service.state.lower():
        return unknown(
            tell("service {service} is {state}; {answer}", service=SERVICE, state=service.state, answer=answer),
            wanted=tell("an answer of VMM"),
        )
    return failed(
        tell("service {service} is {state}", service=SERVICE, state=service.state),
        "Running",
        start(view, server.host, service),
    )
