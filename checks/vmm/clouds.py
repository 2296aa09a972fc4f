"""Clouds of a plan as VMM lists them: the row behind a side of a pair, its hosts, its machines.

Whoever asks for a side declares ``CLOUDS`` among its needs; for hosts ``VmmHost``, for machines ``VmmVirtualMachine``,
besides. What a VMM server does not list is not there only where the account is an administrator of VMM: another role
may be shown a part. So nothing here takes silence for an answer unless ``sees_all``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.common.parts import clip
from scanner.api import CloudPair, MissingEvidence, Subject, Verdict, View, failed, joined, tell, unknown
from scanner.facts.vmm import HYPER_V, Cloud, VmmHost, VmmServer
from scanner.facts.vmm_machines import VmmVirtualMachine
from scanner.facts.vmm_nodes import NODES, answers_for

CLOUDS = (*NODES, Cloud)
"""What a check needs that looks for clouds: ``VmmServer``, ``Service``, ``ClusterInfo``, ``Cloud``."""
PART_ALONE = tell("the account is no administrator of VMM there, and may be shown a part")


@dataclass(frozen=True, slots=True)
class Side:
    """A cloud, and who tells of it."""

    server: str
    """the VMM server that was asked: in place of a passive node the one that answers for it"""
    cloud: Cloud

    @property
    def name(self) -> str:
        """As reports call it."""
        return clip(self.cloud.name)

    def is_same(self, other: Side) -> bool:
        """Whether both are one cloud: by id, whatever they were called by."""
        return self.server == other.server and self.cloud.id.casefold() == other.cloud.id.casefold()


def answering(view: View, server: str) -> str:
    """The VMM server to ask in place of this one: itself, or the active node where this is a passive one."""
    return answers_for(view.ask, server, view.estate.vmm_servers) or server


def servers(view: View) -> tuple[str, ...]:
    """The VMM servers of the estate, nodes of a highly available one as the node that answers: each is one server."""
    return tuple(dict.fromkeys(answering(view, server) for server in view.estate.vmm_servers))


def sees_all(view: View, server: str) -> bool:
    """Whether what this server does not list is not there. The server is one that answers, as ``Side.server``.

    Raises:
        MissingEvidence: it did not answer.
    """
    return view.one(VmmServer, server).sees_all


def not_listed(view: View, server: str, seen: str, wanted: str) -> Verdict:
    """The verdict on what this server does not list: a FAIL, where it lists all that there is."""
    if sees_all(view, server):
        return failed(seen, wanted)
    return unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE), wanted=wanted)


def side(view: View, server: str, named: str) -> Side | Verdict:
    """The cloud that a plan names on a server, by name or id; the verdict, a FAIL, if VMM has no such cloud.

    Raises:
        MissingEvidence: the clouds could not be read, the account may be shown a part of them, or two bear the name.
    """
    asked = answering(view, server)
    rows, word = view.rows(Cloud, asked), named.strip().casefold()
    found = [row for row in rows if row.id.strip("{}").casefold() == word.strip("{}")]
    found = found or [row for row in rows if row.name.strip().casefold() == word]
    if len(found) == 1:
        return Side(asked, found[0])
    if found:
        raise MissingEvidence(
            tell(
                "{asked} lists {count} clouds called {named}: name the one meant by its id",
                asked=asked,
                count=len(found),
                named=clip(named),
            )
        )
    if not sees_all(view, asked):
        raise MissingEvidence(
            tell(
                "{asked} does not list the cloud {named}; {part_alone}",
                asked=asked,
                named=clip(named),
                part_alone=PART_ALONE,
            )
        )
    there = joined(", ", sorted(clip(row.name, 40) for row in rows)[:5])
    seen = tell("{asked} lists no cloud {named}, nor any other", asked=asked, named=clip(named))
    if there:
        seen = tell("{asked} lists no cloud {named} (but {there})", asked=asked, named=clip(named), there=there)
    return failed(
        seen,
        tell("a cloud {named} there", named=clip(named)),
        note=tell("the estate names it in [[cloud_pair]], by name or id"),
    )


def source(view: View, pair: Subject) -> Side | Verdict:
    """The source cloud of a subject of ``scopes.CLOUD_PAIR``. See ``side``."""
    return side(view, pair.names[0], pair.names[1])


def target(view: View, pair: Subject) -> Side | Verdict:
    """The target cloud of a subject of ``scopes.CLOUD_PAIR``. See ``side``."""
    return side(view, pair.names[2], pair.names[3])


def own(view: View, subject: Subject) -> Side:
    """The cloud that a subject of ``scopes.CLOUD`` is; its server answers itself, or there was no such subject.

    Raises:
        MissingEvidence: VMM lists the id twice, or not at all.
    """
    server, cloud = subject.names
    found = [row for row in view.rows(Cloud, server) if row.id.lower() == cloud]
    if len(found) == 1:
        return Side(server, found[0])
    raise MissingEvidence(
        tell("{server} lists {count} clouds of the id {cloud}", server=server, count=len(found), cloud=clip(cloud))
    )


def planned(view: View, pair: Subject) -> tuple[CloudPair, ...]:
    """What the estate says of a pair; several rows where it writes the same clouds twice with other settings."""

    def names(row: CloudPair) -> tuple[str, ...]:
        return row.source_server, row.source, row.target_server, row.target

    return tuple(row for row in view.estate.cloud_pairs if names(row) == pair.names)


def hosts_of(view: View, of: Side) -> tuple[VmmHost, ...]:
    """The hosts in the cloud's host groups, as listed to the account; those of another hypervisor do not count.

    Raises:
        MissingEvidence: they could not be read, or of one no host group is told, which may be the cloud's.
    """
    rows = [row for row in view.rows(VmmHost, of.server) if row.platform in (HYPER_V, None)]
    if lost := next((row for row in rows if row.group is None), None):
        raise MissingEvidence(
            tell("VmmHost of {server}: the host group of {lost} is not told", server=of.server, lost=clip(lost.name))
        )
    return tuple(row for row in rows if of.cloud.holds(row.group or ""))


def machines_of(view: View, of: Side) -> tuple[VmmVirtualMachine, ...]:
    """The machines that are in the cloud, as listed to the account. VMM tells their cloud by its name.

    Raises:
        MissingEvidence: they could not be read, or another cloud bears the same name.
    """
    name = of.cloud.name.casefold()
    if sum(row.name.casefold() == name for row in view.rows(Cloud, of.server)) > 1:
        raise MissingEvidence(
            tell(
                "{server}: two clouds are called {of}, and machines tell theirs by its name",
                server=of.server,
                of=of.name,
            )
        )
    return view.derived(VmmVirtualMachine, of.server, _by_cloud).get(name, ())


def _by_cloud(rows: tuple[VmmVirtualMachine, ...]) -> dict[str, tuple[VmmVirtualMachine, ...]]:
    found: dict[str, list[VmmVirtualMachine]] = {}
    for row in rows:
        found.setdefault((row.cloud or "").casefold(), []).append(row)
    return {name: tuple(each) for name, each in found.items()}


def both(view: View, pair: Subject) -> tuple[Side, Side] | Verdict:
    """Source and target of a pair, or the FAIL of the first that VMM does not have.

    A cloud that is missing fails whatever could not be read of the other one.

    Raises:
        MissingEvidence: none is known to be missing, and one could not be found out.
    """
    sides: list[Side] = []
    missing: list[MissingEvidence] = []
    for find in (source, target):
        try:
            found = find(view, pair)
        except MissingEvidence as why:
            missing.append(why)
            continue
        if isinstance(found, Verdict):
            return found
        sides.append(found)
    if missing:
        raise missing[0]
    return sides[0], sides[1]


def host_names(row: VmmHost) -> tuple[str, ...]:
    """The names that VMM knows a host by, in one spelling, without an empty one."""
    spelt: Iterable[str] = (text.strip().lower().removesuffix(".") for text in (row.fqdn or "", row.name))
    return tuple(dict.fromkeys(name for name in spelt if name))
