"""Whose moves a VMM server or a cloud can stop: of every host of the estate but those that VMM has elsewhere.

A host is elsewhere where nothing is left open: every VMM server of the estate answered, as an administrator's, who is
shown everything, and one of them lists the host under its full name, once. Another server then stops none of its moves;
another cloud does not either, where the host is in a cloud of the plan. Else both bear on them, as on every move where
no host is elsewhere: what nobody told makes no move ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from itertools import chain

from scanner.facts.vmm import HYPER_V, Cloud, VmmHost, VmmServer
from scanner.facts.vmm_nodes import answers_for
from scanner.words.evidence import Evidence
from scanner.words.model import Gap
from scanner.words.scope import Case
from scanner.words.view import MissingEvidence

Named = tuple[str, str]
"""A VMM server, and what the estate calls one of its clouds: its name or id."""
Place = tuple[str, str]
"""The VMM server that answers, and the id of a cloud of it, in one spelling."""


def of_servers(case: Case, evidence: Evidence, *servers: str) -> Case:
    """What is about one of these VMM servers, or about all, as nodes of one cluster.

    One that is a host of the estate besides has its own moves, too, wherever VMM lists it.
    """
    asked = {answering(evidence, server) for server in servers}
    elsewhere = {host for host, (at, _) in _listed(evidence).items() if at not in asked}
    return _upon(case, evidence, elsewhere.difference(servers))


def of_clouds(case: Case, evidence: Evidence, *clouds: Named) -> Case:
    """What is about clouds, as those of a pair; where one of them is not found it bears on every move."""
    places = [_place(evidence, cloud) for cloud in clouds]
    if None in places:
        return case
    planned = _planned(evidence).items()
    return _upon(case, evidence, {host for host, here in planned if here and here.isdisjoint(places)})


def answering(evidence: Evidence, server: str) -> str:
    """The VMM server that answers in place of this one, where it is a passive node; else itself."""
    servers = evidence.estate.vmm_servers
    return evidence.once((answering, server), lambda: answers_for(evidence.ask, server, servers) or server)


def _upon(case: Case, evidence: Evidence, elsewhere: Set[str]) -> Case:
    """The case, of the hosts that are not elsewhere; as it was where none is, or all are."""
    ends = (end for route in evidence.estate.routes for end in (route.source, route.destination))
    return case.upon(*({*evidence.estate.hosts, *ends} - elsewhere)) if elsewhere else case


def _listed(evidence: Evidence) -> Mapping[str, tuple[str, str]]:
    """The hosts of which VMM leaves nothing open: the server that lists each, and its host group."""

    def build() -> Mapping[str, tuple[str, str]]:
        try:
            return _whole(evidence)
        except MissingEvidence:  # of another version's rows something is not told
            return {}

    return evidence.once(_listed, build)


def _whole(evidence: Evidence) -> Mapping[str, tuple[str, str]]:
    hosts = {*evidence.estate.hosts}
    labels: dict[str, list[str]] = {}
    for host in hosts:
        if "." in host:
            labels.setdefault(host.partition(".")[0], []).append(host)
    found: dict[str, list[tuple[str, str]]] = {}
    for server in dict.fromkeys(answering(evidence, one) for one in evidence.estate.vmm_servers):
        itself, rows = evidence.ask(VmmServer, server), evidence.ask(VmmHost, server)
        if isinstance(itself, Gap) or isinstance(rows, Gap) or len(itself) != 1 or not itself[0].sees_all:
            return {}
        for row in rows:
            names = {text.strip().lower().removesuffix(".") for text in (row.fqdn or "", row.name)}
            for name in names & hosts:
                known = row.group if row.platform in (HYPER_V, None) else None
                found.setdefault(name, []).append((server, known or ""))
            if not any("." in name for name in names):  # told by one label, it may be any host of that label
                for name in chain.from_iterable(labels.get(name, ()) for name in names):
                    found.setdefault(name, []).append((server, ""))
    return {host: at[0] for host, at in found.items() if "." in host and len(at) == 1 and at[0][1]}


def _planned(evidence: Evidence) -> Mapping[str, frozenset[Place]]:
    """The clouds of the plan that each of these hosts is in; where no pair is planned, all clouds are."""
    pairs = evidence.estate.cloud_pairs
    sides = ((pair.source_server, pair.source, pair.target_server, pair.target) for pair in pairs)

    def build() -> Mapping[str, frozenset[Place]]:
        named = {each for a, b, c, d in sides for each in (_place(evidence, (a, b)), _place(evidence, (c, d)))}
        rows = [
            (server, row) for server in {at for at, _ in _listed(evidence).values()} for row in _rows(evidence, server)
        ]
        clouds = [(_key(server, row), row) for server, row in rows if not pairs or _key(server, row) in named]
        return {
            host: frozenset(key for key, row in clouds if key[0] == server and row.holds(group))
            for host, (server, group) in _listed(evidence).items()
        }

    return evidence.once(_planned, build)


def _place(evidence: Evidence, named: Named) -> Place | None:
    """The cloud that is meant; nothing where it was not read, or not one cloud is called so."""
    server, word = answering(evidence, named[0]), named[1].strip().casefold()
    rows = _rows(evidence, server)
    found = [row for row in rows if row.id.strip("{}").casefold() == word.strip("{}")]
    found = found or [row for row in rows if row.name.strip().casefold() == word]
    return _key(server, found[0]) if len(found) == 1 else None


def _rows(evidence: Evidence, server: str) -> Iterable[Cloud]:
    rows = evidence.ask(Cloud, server)
    return [] if isinstance(rows, Gap) else list(rows)


def _key(server: str, row: Cloud) -> Place:
    return server, row.id.strip("{}").casefold()
