"""The way of a machine's adapter in VMM: its VM network, the logical network of that, and the cloud that offers it."""

from __future__ import annotations

from collections.abc import Iterable

from checks.common.parts import clip
from checks.vmm.clouds import PART_ALONE, Side, sees_all
from scanner.api import MissingEvidence, Subject, Verdict, View, failed, passed, tell, unknown, warned
from scanner.facts.switches import SwitchConnection
from scanner.facts.vmm_machines import VmmAdapter
from scanner.facts.vmm_networks import VmNetwork

WANTED = tell("a VM network on a logical network of the cloud")
UNMAPPED = tell(
    "the machine is replicated and fails over; no network is mapped, so its replica is connected to none anyway"
)


def adapters(view: View, server: str) -> dict[str, tuple[VmmAdapter, ...]]:
    """The adapters of machines by Hyper-V's id of the machine. The check needs ``VmmAdapter``."""
    return view.derived(VmmAdapter, server, _by_machine)


def offered(view: View, of: Side) -> dict[str, list[VmNetwork]]:
    """The VM networks on a logical network of the cloud, by name in one spelling. The check needs ``VmNetwork``.

    Raises:
        MissingEvidence: they could not be read.
    """
    found: dict[str, list[VmNetwork]] = {}
    for row in view.rows(VmNetwork, of.server):
        if row.logical_network and row.logical_network.casefold() in _logical(of):
            found.setdefault(row.name.strip().casefold(), []).append(row)
    return found


def complete(view: View, adapter: VmmAdapter, of: Side) -> Verdict:
    """Judge one adapter of a machine that is in the cloud. The check needs ``VmNetwork``.

    Raises:
        MissingEvidence: where its VM network leads could not be read, or contradicts what the adapter says.
    """
    if not adapter.vm_network:
        return _without(view, adapter)
    name, logical = clip(adapter.vm_network), _logical_of(view, adapter, of.server)
    if logical.casefold() in _logical(of):
        return passed(tell("{name}, on {logical}", name=name, logical=clip(logical)))
    seen = tell("{name} is on {logical}, which {of} does not have", name=name, logical=clip(logical), of=of.name)
    return (
        failed(seen, WANTED)
        if sees_all(view, of.server)
        else unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE), wanted=WANTED)
    )


def without(view: View, machine: Subject, of: Side) -> Verdict:
    """Judge a machine of which VMM lists no adapter. The check needs ``SwitchConnection``.

    Raises:
        MissingEvidence: who the account is, or what Hyper-V tells, could not be read.
    """
    if not sees_all(view, of.server):
        return unknown(tell("{server} lists no adapter of it; {part_alone}", server=of.server, part_alone=PART_ALONE))
    if any(row.owner == machine.vm_id for row in view.rows(SwitchConnection, machine.host)):
        return unknown(
            tell(
                "{host} tells an adapter of it, and {server} lists none: refresh the machine there",
                host=machine.host,
                server=of.server,
            )
        )
    return passed(tell("it has no network adapter"))


def _without(view: View, adapter: VmmAdapter) -> Verdict:
    if not adapter.switch:
        return passed(
            tell("an adapter that is connected to nothing"), note=tell("its replica will be connected to nothing, too")
        )
    seen = tell("an adapter on the switch {switch} without a VM network", switch=clip(adapter.switch))
    return failed(seen, WANTED) if view.estate.network_mappings else warned(seen, WANTED, works=UNMAPPED)


def _logical_of(view: View, adapter: VmmAdapter, server: str) -> str:
    """The logical network of an adapter: its own word, which that of its VM network may not contradict."""
    word = (adapter.vm_network or "").strip().casefold()
    told = view.derived(VmNetwork, server, _logical_by_name).get(word, {})
    own = adapter.logical_network or (next(iter(told.values())) if len(told) == 1 else "")
    if not own or (told and own.casefold() not in told):
        differ = (
            tell("the adapter says {own}, the network {next}", own=clip(own), next=clip(next(iter(told.values()))))
            if own
            else tell("not told")
        )
        raise MissingEvidence(
            tell(
                "{server}: logical network of {vm_network}: {differ}",
                server=server,
                vm_network=clip(adapter.vm_network or ""),
                differ=differ,
            )
        )
    return own


def _logical(of: Side) -> frozenset[str]:
    return frozenset(name.casefold() for name in of.cloud.logical_networks)


def _logical_by_name(rows: tuple[VmNetwork, ...]) -> dict[str, dict[str, str]]:
    """The logical networks of VM networks of each name, in one spelling and as VMM writes them."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.logical_network:
            found.setdefault(row.name.strip().casefold(), {})[row.logical_network.casefold()] = row.logical_network
    return found


def _by_machine(rows: Iterable[VmmAdapter]) -> dict[str, tuple[VmmAdapter, ...]]:
    found: dict[str, list[VmmAdapter]] = {}
    for row in rows:
        if not row.host_management:
            found.setdefault(row.vm_id, []).append(row)
    return {key: tuple(values) for key, values in found.items()}
