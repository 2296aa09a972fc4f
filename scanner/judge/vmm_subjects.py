"""Who the subjects of the scopes of VMM are: servers, the clusters they are nodes of, clouds and pairs of them."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.facts.host import ClusterInfo
from scanner.facts.vmm import Cloud
from scanner.facts.vmm_nodes import answers_for
from scanner.judge import found, vmm_hosts
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, Profile
from scanner.words.names import short
from scanner.words.scope import Case, Scope, no_subject, unseen
from scanner.words.telling import tell

NO_VMM = tell("the estate names no VMM server")


def vmm_servers(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every VMM server; without one nobody could look, where Site Recovery is asked for."""
    for server in evidence.estate.vmm_servers:
        yield vmm_hosts.of_servers(scope.of(server), evidence, server)
    if not evidence.estate.vmm_servers:
        asked = Profile.ASR_VMM in evidence.estate.profiles
        yield unseen(tell("{no_vmm}: name it as [[vmm]]", no_vmm=NO_VMM)) if asked else no_subject(NO_VMM)


def vmm_clusters(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The failover clusters that VMM servers are nodes of."""
    nodes: dict[str, list[str]] = {}
    for server in evidence.estate.vmm_servers:
        rows = evidence.ask(ClusterInfo, server)
        for name in () if isinstance(rows, Gap) else found.cluster_of(evidence, server, rows):
            nodes.setdefault(name, []).append(server)
    return found.told(
        evidence, ClusterInfo, evidence.estate.vmm_servers,
        lambda server, rows: (vmm_hosts.of_servers(scope.of(name), evidence, *nodes[name])
                              for name in found.cluster_of(evidence, server, rows)),
        tell('no VMM server is a node of a cluster'),
    )  # fmt: skip


def clouds(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """The clouds of every VMM server; of a passive node of one, another node tells them.

    Where the estate names pairs of clouds, the others are in no plan, and nothing is judged of them.
    """
    servers, pairs = evidence.estate.vmm_servers, evidence.estate.cloud_pairs
    asked = [server for server in servers if not answers_for(evidence.ask, server, servers)]
    planned = {name.strip("{}").casefold() for pair in pairs for name in (pair.source, pair.target)}

    def case(server: str, row: Cloud) -> Case:
        made = scope.of(server, row.id.lower(), label=tell("{name} on {server}", name=row.name, server=short(server)))
        idle = pairs and not planned & {row.name.casefold(), row.id.casefold()}
        made = vmm_hosts.of_clouds(made, evidence, (server, row.id))
        return made.not_applicable(tell("the estate names it in no pair of clouds")) if idle else made

    return found.told(
        evidence, Cloud, asked, lambda server, rows: (case(server, row) for row in rows),
        tell('no VMM server lists a cloud') if servers else NO_VMM,
    )  # fmt: skip


def cloud_pairs(scope: Scope, evidence: Evidence) -> Iterator[Case]:
    """Every planned pair of clouds; without one nobody could look, where there is a VMM server.

    A pair that is written twice with other settings is one.
    """
    pairs = evidence.estate.cloud_pairs
    named = ((pair.source_server, pair.source, pair.target_server, pair.target) for pair in pairs)
    for names in dict.fromkeys(named):
        made = scope.of(*names, label=f"{names[1]} → {names[3]}")
        yield vmm_hosts.of_clouds(made, evidence, (names[0], names[1]), (names[2], names[3]))
    if not pairs and evidence.estate.vmm_servers:
        yield unseen(tell("the estate names no pair of clouds: write [[cloud_pair]] from, to"))
    elif not pairs:
        yield no_subject(NO_VMM)
