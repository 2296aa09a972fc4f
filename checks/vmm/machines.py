"""Virtual machines of a host as VMM lists them, and which clouds of the plan they are to be protected in.

Whoever asks declares ``MACHINES``. A replica has the id of the machine it is made of, so the host decides as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from checks.common.parts import clip
from checks.vm.replicating import standing
from checks.vmm.clouds import CLOUDS, PART_ALONE, Side, answering, host_names, hosts_of, sees_all, servers
from checks.vmm.hosts import listed, runs_on
from scanner.api import Fact, Gap, MissingEvidence, Subject, Verdict, View, not_applicable, tell, unknown
from scanner.facts.replication import ReplicationRelationship
from scanner.facts.vm import ReplicationMode, VirtualMachineState
from scanner.facts.vmm import Cloud, VmmHost
from scanner.facts.vmm_machines import VmmVirtualMachine

MACHINES: tuple[type[Fact], ...] = (
    *CLOUDS, VmmHost, VmmVirtualMachine, VirtualMachineState, ReplicationRelationship,
)  # fmt: skip
SOURCE, TARGET = tell("source"), tell("target")
NO_VMM = tell("the estate names no VMM server: name it as [[vmm]]")
AT_TARGET = tell(
    "its host is in the target cloud of a pair, and in no source cloud: nothing of it is planned to be protected"
)


class Found(NamedTuple):
    """A machine, and who tells of it."""

    server: str
    row: VmmVirtualMachine


def is_of(view: View, cloud: Cloud, server: str, end: str) -> bool:
    """Whether the cloud is this end of a planned pair; every cloud is a source where the estate names no pair."""
    words = {cloud.name.strip().casefold(), cloud.id.strip("{}").casefold()}
    for pair in view.estate.cloud_pairs:
        at, word = (pair.source_server, pair.source) if end == SOURCE else (pair.target_server, pair.target)
        if word.strip().strip("{}").casefold() in words and answering(view, at) == server:
            return True
    return end == SOURCE and not view.estate.cloud_pairs


def is_source(view: View, of: Side) -> bool:
    """Whether the cloud is the source of a planned pair."""
    return of.cloud.id in view.shared(_ids, of.server, SOURCE)


def clouds_of(view: View, host: str, end: str) -> tuple[Side, ...]:
    """The clouds of this end of a pair that hold a host of the estate.

    Raises:
        MissingEvidence: see ``checks.vmm.hosts.listed``; or the clouds could not be read.
    """
    return view.shared(_clouds_of, host, end)


def _ids(view: View, server: str, end: str) -> frozenset[str]:
    return frozenset(cloud.id for cloud in view.rows(Cloud, server) if is_of(view, cloud, server, end))


def _clouds_of(view: View, host: str, end: str) -> tuple[Side, ...]:
    return tuple(
        Side(server, cloud)
        for server, row in listed(view, host)
        for cloud in view.rows(Cloud, server)
        if row.group is not None and cloud.holds(row.group) and cloud.id in view.shared(_ids, server, end)
    )


def not_to_be_protected(view: View, machine: Subject) -> Verdict | None:
    """Why a machine is not judged: it is a replica, or its host is where replicas go; else nothing.

    Raises:
        MissingEvidence: what it is to replication, or where VMM has its host, could not be read.
    """
    if not view.estate.vmm_servers:
        return unknown(NO_VMM)
    if standing(view, machine.host, machine.vm_id).mode not in (ReplicationMode.NONE, ReplicationMode.PRIMARY):
        return not_applicable(tell("it is a replica"))
    ends = clouds_of(view, machine.host, TARGET)
    return not_applicable(AT_TARGET) if ends and not clouds_of(view, machine.host, SOURCE) else None


def of_host(view: View, machine: Subject) -> tuple[Found, ...]:
    """The rows of a machine on its host; nothing if VMM does not know it there.

    Raises:
        MissingEvidence: nobody lists it, and a server did not answer, or may have shown a part.
    """
    found: list[Found] = []
    doubts: list[str] = []
    for server in servers(view):
        rows, hosts = view.ask(VmmVirtualMachine, server), view.ask(VmmHost, server)
        for gap in (rows, hosts):
            if isinstance(gap, Gap):
                doubts.append(str(gap))
        if isinstance(rows, Gap) or isinstance(hosts, Gap):
            continue
        named = by_id(view, server).get(machine.vm_id, ())
        here = view.shared(_rows_of, server, machine.host) if named else ()
        own = [row for row in named if any(runs_on(host, row.host) for host in here) or _is(row, machine.host)]
        found += [Found(server, row) for row in own]
        if not own and not sees_all(view, server):
            doubts.append(
                tell(
                    "{server} does not list it on {host}; {part_alone}",
                    server=server,
                    host=machine.host,
                    part_alone=PART_ALONE,
                )
            )
    if not found and doubts:
        raise MissingEvidence(doubts[0])
    return tuple(found)


def by_id(view: View, server: str) -> dict[str, tuple[VmmVirtualMachine, ...]]:
    """The machines of a VMM server by Hyper-V's id: a machine and its replica have the same."""
    return view.derived(VmmVirtualMachine, server, _by_id)


def cloud_of(view: View, found: Found) -> Side | None:
    """The cloud that a machine is in; nothing if in none.

    Raises:
        MissingEvidence: two clouds bear the name, or the account may be shown a part.
    """
    rows = view.derived(Cloud, found.server, _by_name).get((found.row.cloud or "").casefold(), ())
    if len(rows) == 1:
        return Side(found.server, rows[0])
    if rows:
        raise MissingEvidence(
            tell(
                "{server}: {count} clouds are called {rows}",
                server=found.server,
                count=len(rows),
                rows=clip(rows[0].name),
            )
        )
    if not sees_all(view, found.server):
        raise MissingEvidence(
            tell(
                "{server} does not show the cloud of {row}; {part_alone}",
                server=found.server,
                row=clip(found.row.name),
                part_alone=PART_ALONE,
            )
        )
    return None


def in_a_cloud(view: View, server: str, machines: Iterable[VmmVirtualMachine]) -> str:
    """The first machine that is in a cloud of a pair, or in one that VMM says is protected; empty if none is."""
    clouds = {
        cloud.name.casefold(): cloud.name
        for cloud in view.rows(Cloud, server)
        if cloud.protected or any(is_of(view, cloud, server, end) for end in (SOURCE, TARGET))
    }
    named = ((row.name, clouds.get((row.cloud or "").casefold(), "")) for row in machines)
    return next(
        (tell("{name} is in {cloud}", name=clip(name), cloud=clip(cloud)) for name, cloud in named if cloud), ""
    )


def target_hosts(view: View, of: Side) -> dict[str, VmmHost]:
    """The hosts of a cloud by every name that VMM knows them by."""
    return {name: row for row in hosts_of(view, of) for name in host_names(row)}


def _rows_of(view: View, server: str, host: str) -> tuple[VmmHost, ...]:
    return tuple(row for row in view.rows(VmmHost, server) if host in host_names(row))


def _by_name(rows: tuple[Cloud, ...]) -> dict[str, tuple[Cloud, ...]]:
    named = sorted((row for row in rows if row.name), key=lambda row: row.name.casefold())
    return {name: tuple(each) for name, each in groupby(named, key=lambda row: row.name.casefold())}


def _is(row: VmmVirtualMachine, host: str) -> bool:
    return (row.host or "").strip().lower().removesuffix(".") == host


def _by_id(rows: tuple[VmmVirtualMachine, ...]) -> dict[str, tuple[VmmVirtualMachine, ...]]:
    found: dict[str, list[VmmVirtualMachine]] = {}
    for row in rows:
        if row.vm_id:
            found.setdefault(row.vm_id, []).append(row)
    return {key: tuple(values) for key, values in found.items()}
