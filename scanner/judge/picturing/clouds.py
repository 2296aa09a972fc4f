"""Clouds of VMM as they are drawn: what servers list, which pairs are planned, what networks are mapped to."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.facts.vmm import HYPER_V, Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import VmNetwork
from scanner.facts.vmm_nodes import answers_for
from scanner.judge import scopes
from scanner.judge.picturing.marks import Marks, worst_of
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, Status
from scanner.words.pictures import Arrow, Arrows, Clouds, CloudSide, Mark, PairOfClouds, VmmServerSeen
from scanner.words.telling import tell

MOST = 60
"""So many networks are told of one pair, and so many hosts, groups and clouds in no pair of one server."""
PAIRS = 100


def clouds_of(evidence: Evidence, marks: Marks) -> Clouds | None:
    """The clouds of the estate's VMM servers; nothing where it names neither a server nor a pair."""
    estate = evidence.estate
    if not estate.vmm_servers and not estate.cloud_pairs:
        return None
    names = dict.fromkeys((p.source_server, p.source, p.target_server, p.target) for p in estate.cloud_pairs)
    kept, left = worst_of(list(names), lambda one: marks.all_of(scopes.CLOUD_PAIR, one).status, PAIRS)
    pairs = tuple(_pair(evidence, marks, one) for one in kept)
    return Clouds(
        servers=tuple(_server(evidence, marks, server) for server in estate.vmm_servers),
        pairs=pairs,
        others=tuple(_others(evidence, names)),
        left=left,
    )


def _answering(evidence: Evidence, server: str) -> str:
    return answers_for(evidence.ask, server, evidence.estate.vmm_servers) or server


def _server(evidence: Evidence, marks: Marks, server: str) -> VmmServerSeen:
    asked = _answering(evidence, server)
    rows = evidence.ask(Cloud, asked)
    unread = (
        str(rows)
        if isinstance(rows, Gap)
        else tell("{asked} answers for this node", asked=asked)
        if asked != server
        else ""
    )
    return VmmServerSeen(name=server, mark=marks.all_of(scopes.VMM_SERVER, (server,)), unread=unread)


def _pair(evidence: Evidence, marks: Marks, names: tuple[str, str, str, str]) -> PairOfClouds:
    source, target = (_find(evidence, *names[:2]), _find(evidence, *names[2:]))
    mapping = marks.of(scopes.CLOUD_PAIR, names, "VMM-10")
    arrows, left = worst_of(list(_mapped(evidence, source, target, mapping)), lambda one: one.mark.status, MOST)
    return PairOfClouds(
        source=_side(evidence, names[0], names[1], source),
        target=_side(evidence, names[2], names[3], target),
        mark=marks.all_of(scopes.CLOUD_PAIR, names),
        networks=Arrows(drawn=tuple(arrows), left=left),
        unread="" if _used(evidence, source) is not None else tell("which networks its machines use is not known"),
    )


_Found = tuple[str, Cloud] | bool | None
"""Who lists a cloud, and its row; False: it is not there; nothing: not known."""


def _find(evidence: Evidence, server: str, named: str) -> _Found:
    asked = _answering(evidence, server)
    rows, word = evidence.ask(Cloud, asked), named.strip().casefold()
    if isinstance(rows, Gap):
        return None
    found = [row for row in rows if row.id.strip("{}").casefold() == word.strip("{}")]
    found = found or [row for row in rows if row.name.strip().casefold() == word]
    if len(found) == 1:
        return asked, found[0]
    return False if not found and _sees_all(evidence, asked) else None


def _sees_all(evidence: Evidence, server: str) -> bool:
    rows = evidence.ask(VmmServer, server)
    return not isinstance(rows, Gap) and len(rows) == 1 and rows[0].sees_all


def _side(evidence: Evidence, server: str, named: str, found: _Found) -> CloudSide:
    if not isinstance(found, tuple):
        return CloudSide(server=server, name=named, there=found)
    asked, cloud = found
    groups, hosts = cloud.host_groups[:MOST], _hosts(evidence, asked, cloud)
    return CloudSide(server=server, name=cloud.name, there=True, groups=groups, hosts=hosts)


def _hosts(evidence: Evidence, server: str, cloud: Cloud) -> tuple[str, ...] | None:
    rows = evidence.ask(VmmHost, server)
    if isinstance(rows, Gap) or (not rows and not _sees_all(evidence, server)):
        return None
    here = (row for row in rows if row.platform in (HYPER_V, None) and cloud.holds(row.group or ""))
    return tuple(dict.fromkeys((row.fqdn or row.name).lower() for row in here))


def _others(evidence: Evidence, names: dict[tuple[str, str, str, str], None]) -> Iterator[CloudSide]:
    """Clouds that a server lists and no pair names."""
    sides = {side for one in names for side in (one[:2], one[2:])}
    found = [_find(evidence, *side) for side in sides]
    paired = {(one[0], one[1].id.lower()) for one in found if isinstance(one, tuple)}
    for server in dict.fromkeys(_answering(evidence, server) for server in evidence.estate.vmm_servers):
        rows = evidence.ask(Cloud, server)
        for row in () if isinstance(rows, Gap) else rows[:MOST]:
            if (server, row.id.lower()) not in paired:
                yield _side(evidence, server, row.name, (server, row))


def _mapped(evidence: Evidence, source: _Found, target: _Found, mark: Mark) -> Iterator[Arrow]:
    """What becomes of each network that machines of the source cloud use, and of those the estate maps."""
    goals = {row.source.strip().casefold(): row for row in evidence.estate.network_mappings}
    used, offered = _used(evidence, source), _offered(evidence, target)
    names = {word: row.source.strip() for word, row in goals.items()} | (used or {})
    for word, name in sorted(names.items()):
        goal = goals[word].target.strip() if word in goals else ""
        there = _there(goal, offered, complete=_complete(evidence, target))
        idle = used is not None and word not in used
        others = Status.WARN if goal else Status.FAIL  # VMM-10 warns of what is not mapped, and of nothing else
        silent = idle or (there and mark.status is not Status.PASS) or mark.status is others
        told = _said(there, goal, idle=idle)
        judged = Mark() if silent else mark
        yield Arrow(source=name, target=goal, what="network", there=there, told=told, mark=judged)


def _there(goal: str, offered: frozenset[str] | None, *, complete: bool) -> bool | None:
    if not goal or offered is None:
        return None if goal else False
    return True if goal.casefold() in offered else (False if complete else None)


def _said(there: bool | None, goal: str, *, idle: bool) -> str:
    words = {
        True: tell("the target cloud has it"),
        False: tell("the target cloud does not have it"),
        None: tell("not known"),
    }
    told = words[there] if goal else tell("mapped to nothing")
    return tell("{told}; no machine of the source cloud uses it", told=told) if idle else told


def _complete(evidence: Evidence, found: _Found) -> bool:
    return isinstance(found, tuple) and _sees_all(evidence, found[0])


def _used(evidence: Evidence, found: _Found) -> dict[str, str] | None:
    """The networks of machines in a cloud, as VMM writes them; nothing where they are not known."""
    if not isinstance(found, tuple):
        return None
    server, cloud = found
    machines, adapters = evidence.ask(VmmVirtualMachine, server), evidence.ask(VmmAdapter, server)
    if isinstance(machines, Gap) or isinstance(adapters, Gap):
        return None
    here = {row.vm_id for row in machines if (row.cloud or "").casefold() == cloud.name.casefold()}
    names = (row.vm_network.strip() for row in adapters if row.vm_network and row.vm_id in here)
    return {name.casefold(): name for name in names if name}


def _offered(evidence: Evidence, found: _Found) -> frozenset[str] | None:
    """The networks that a cloud has, in one spelling; nothing where they are not known."""
    if not isinstance(found, tuple):
        return None
    server, cloud = found
    rows = evidence.ask(VmNetwork, server)
    if isinstance(rows, Gap):
        return None
    logical = {name.casefold() for name in cloud.logical_networks}
    return frozenset(row.name.strip().casefold() for row in rows if (row.logical_network or "").casefold() in logical)
