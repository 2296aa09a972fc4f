"""VM networks of a source cloud, and what the estate maps them to on the target."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip
from checks.vmm.chain import adapters, offered
from checks.vmm.clouds import PART_ALONE, Side, machines_of, sees_all
from checks.vmm.machines import by_id
from scanner.api import Verdict, View, failed, passed, tell, unknown, warned
from scanner.facts.vmm_networks import VmNetwork

WORKS = tell(
    "machines are replicated and fail over; those on it come up connected to no network until somebody connects them"
)


def used(view: View, of: Side) -> dict[str, str]:
    """The VM networks of machines in the cloud, as VMM writes them, by name in one spelling.

    Where VMM lists a replica, too, whose adapters are not told apart, what is mapped to is no network of the source.

    Raises:
        MissingEvidence: machines could not be read, or their cloud is not to be told.
    """
    goals = {row.target.strip().casefold() for row in view.estate.network_mappings}
    of_machine, twins = adapters(view, of.server), by_id(view, of.server)
    found: dict[str, str] = {}
    for machine in machines_of(view, of):
        for row in of_machine.get(machine.vm_id, ()):
            name = (row.vm_network or "").strip()
            of_replica = len(twins.get(machine.vm_id, ())) > 1 and name.casefold() in goals
            if name and not of_replica:
                found.setdefault(name.casefold(), name)
    return dict(sorted(found.items()))


def mapped(view: View, networks: dict[str, str], target: Side) -> Iterator[Verdict]:
    """Judge what each network becomes. The check needs ``VmNetwork``."""
    goals = {row.source.strip().casefold(): row.target.strip() for row in view.estate.network_mappings}
    there = offered(view, target)
    listed = {row.name.strip().casefold() for row in view.rows(VmNetwork, target.server)}
    for word, name in networks.items():
        goal = goals.get(word)
        if goal is None:
            yield warned(
                tell("{name} is mapped to nothing", name=clip(name)), tell("a [[network_mapping]] of it"), works=WORKS
            )
        elif goal.casefold() in there:
            yield passed(tell("{name} → {goal}", name=clip(name), goal=clip(goal)))
        else:
            yield _lacking(
                view, tell("{name} → {goal}", name=clip(name), goal=clip(goal)), target, goal.casefold() in listed
            )


def _lacking(view: View, seen: str, target: Side, listed: bool) -> Verdict:
    why = (
        tell("which no logical network of {target} carries", target=target.name)
        if listed
        else tell("which {server} does not list", server=target.server)
    )
    wanted = tell("a VM network on a logical network of the target cloud")
    if not sees_all(view, target.server):
        return unknown(tell("{seen}, {why}; {part_alone}", seen=seen, why=why, part_alone=PART_ALONE), wanted=wanted)
    return failed(tell("{seen}, {why}", seen=seen, why=why), wanted)
