"""VMM's console and its commands talk to the VMM server on TCP 8100: without it nobody sets up clouds and mappings.

Tried from the machine that moves are started from, where the console runs; VMM servers talk to Site Recovery and not to
each other, so none is tried from another. Passes when it connects, and fails when it does not. A node of a VMM cluster
on which VMM does not run listens on nothing: it does not apply there as long as another node connects. UNKNOWN when the
port is refused while VMM runs, for set-up can be given another port, and when what answered is another machine. Does
not apply where the estate names no machine that moves are started from, or it is the VMM server.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.own import held_by, plain
from checks.common.parts import clip
from checks.common.probing import attempts, endpoint, probe, reached
from checks.reach.vmm_port import PORT, passive, runs
from scanner.api import (  # fmt: skip
    Ask,
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
)
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.network import EndpointProbe, IPAddress


def _asks(server: Subject, view: View) -> Iterator[Ask]:
    if view.estate.started_from not in ("", server.host):
        yield from attempts(view.estate.started_from, endpoint(server.host, PORT))


@check(
    id="RCH-10",
    title="VMM server is reachable on TCP 8100",
    fails="VMM server is out of reach on TCP 8100",
    severity=Severity.LOW,
    who=Who.NETWORK,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="beyond seeds",
    needs=(EndpointProbe, IPAddress, Service, ClusterInfo),
    asks=_asks,
    remedy="Start the VMM service, and let TCP 8100, or the port that set-up was given, in to the VMM server.",
)
def vmm_port(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    host, operator = server.host, view.estate.started_from
    if operator in ("", host):
        return not_applicable(
            tell("no machine is named that VMM is managed from") if not operator else tell("VMM is managed here")
        )
    target = endpoint(host, PORT)
    verdict, answer = reached(view, operator, target), probe(view, operator, target)
    if isinstance(answer, str):
        return verdict
    if verdict.status is Status.PASS:
        held = view.rows(IPAddress, host)
        here = plain(answer.remote) in held_by(held)
        who = clip(answer.remote or tell("an untold address"))
        if here:
            return verdict
        return unknown(tell("{who} answered, and {host} does not hold that address", who=who, host=host))
    if passive(view, host, operator):
        return not_applicable(tell("VMM runs on another node of its cluster, which connects"))
    if answer.outcome == "Refused" and runs(view, host):
        return unknown(
            tell("{seen}; yet VMM runs: on another port than {port}?", seen=verdict.seen, port=PORT),
            wanted=verdict.wanted,
        )
    return verdict
