"""On a cluster VMM fails over to another node: with an older provider there, replication is managed by another version.

Each VMM server is held against the others of the estate, and what is found is said of the one with the older provider,
once. Fails when another node of its cluster has a newer one, as seed S4 demands one version on all nodes. Warns when a
VMM server of another site has: updates begin there. Passes otherwise. UNKNOWN when a version is not told, or whether
both are nodes of one cluster. Does not apply to the only VMM server, nor without the provider (ASR-02).
"""

from __future__ import annotations

from checks.asr.provider import NEWEST, PROVIDER, asked, program
from checks.common.parts import combine
from checks.common.vmm_nodes import cluster_of
from scanner.api import (  # fmt: skip
    MissingEvidence,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import ClusterInfo


@check(
    id="ASR-03",
    title="Provider is as new as on the other VMM servers",
    fails="Provider is older than on another node of the same cluster",
    warns="Provider is older than on another VMM server",
    severity=Severity.HIGH,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #step-3-install-the-azure-site-recovery-provider note",
    needs=(*PROVIDER, ClusterInfo),
    asks=asked,
    remedy=NEWEST,
)
def same_version(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    others = [other for other in view.estate.vmm_servers if other != server.host]
    if not others:
        return not_applicable(tell("it is the only VMM server"))
    mine = program(view, server.host)
    if mine is None:
        return not_applicable(tell("the provider is not there; see ASR-02"))
    if not mine.numbers:
        return unknown(tell("ProviderFile of {host}: it tells no version", host=server.host))
    return combine(_held(view, server.host, mine.numbers, other) for other in others)


def _held(view: View, server: str, mine: tuple[int, ...], other: str) -> Verdict:
    """The verdict on two servers; what is not known of one is UNKNOWN by itself, so that a failure stands."""
    seen = joined(".", map(str, mine))
    try:
        found = program(view, other)
        if found is None or (found.numbers and found.numbers <= mine):
            return passed(seen)
        if not found.numbers:
            return unknown(tell("ProviderFile of {other}: it tells no version", other=other))
        wanted = tell("one version, the newer")
        seen = tell("{seen}; {other} has {map}", seen=seen, other=other, map=joined(".", map(str, found.numbers)))
        mates = bool(cluster_of(view, server)) and cluster_of(view, server) == cluster_of(view, other)
    except MissingEvidence as missing:
        return unknown(str(missing))
    if mates:
        return failed(tell("{seen}, a node of the same cluster", seen=seen), wanted, NEWEST)
    return warned(seen, wanted, NEWEST, works=tell("each site has its own provider, and updates go from site to site"))
