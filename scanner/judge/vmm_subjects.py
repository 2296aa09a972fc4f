"""Who the subjects of the scopes of VMM are: servers, the clusters they are nodes of, clouds and pairs of them."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.facts.host import ClusterInfo
from scanner.facts.vmm import Cloud
from scanner.facts.vmm_nodes import answers_for
from scanner.judge import found
from scanner.words.evidence import Evidence
from scanner.words.model import Profile
from scanner.words.names import short
from scanner.words.scope import Case, Scope, no_subject, unseen

NO_VMM = "the estate names no VMM server"


def vmm_servers(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every VMM server; without one nobody could look, where Site Recovery is asked for."""
    yield from map(scope.of, evidence.estate.vmm_servers)
    if not evidence.estate.vmm_servers:
        asked = Profile.ASR_VMM in evidence.estate.profiles
        yield unseen(f"{NO_VMM}: name it as [[vmm]]") if asked else no_subject(NO_VMM)


def vmm_clusters(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The failover clusters that VMM servers are nodes of."""
    return found.told(
        evidence, ClusterInfo, evidence.estate.vmm_servers,
        lambda server, rows: map(scope.of, found.cluster_of(evidence, server, rows)),
        "no VMM server is a node of a cluster",
    )  # fmt: skip


def clouds(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The clouds of every VMM server; of a passive node of one, another node tells them."""
    servers = evidence.estate.vmm_servers
    asked = [server for server in servers if not answers_for(evidence.ask, server, servers)]
    none = "no VMM server lists a cloud" if servers else NO_VMM
    return found.told(
        evidence, Cloud, asked,
        lambda server, rows: (scope.of(server, row.id.lower(), label=f"{row.name} on {short(server)}") for row in rows),
        none,
    )  # fmt: skip


def cloud_pairs(_scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The pairs of clouds, which no key of the estate names yet."""
    yield unseen("no key of the estate names pairs of clouds") if evidence.estate.vmm_servers else no_subject(NO_VMM)
