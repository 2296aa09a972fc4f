"""Whether a machine that is replicated already goes where the plan wants it: it has one replica, and no second."""

from __future__ import annotations

from contextlib import suppress

from checks.common.brokers import NAMED_BY, broker_names
from checks.common.member import is_member
from checks.common.parts import clip, listing
from checks.common.servers import NAMES
from checks.common.ways import routes_from
from checks.vm.replicating import replica_of
from scanner.api import Fact, MissingEvidence, Profile, Subject, Verdict, View, failed, passed, tell, unknown
from scanner.facts.replication import ReplicationSettings

ALREADY: tuple[type[Fact], ...] = tuple(dict.fromkeys((ReplicationSettings, *NAMES, *NAMED_BY)))
"""What a check declares that asks."""
ELSEWHERE = tell("Plan the route to where it is replicated, or leave the machine out ([vms]).")


def already(view: View, machine: Subject) -> Verdict:
    """The verdict on a primary. The check must declare ``ALREADY``.

    Raises:
        MissingEvidence: where it replicates to could not be read.
    """
    if view.profile is not Profile.REPLICA:  # with Site Recovery VMM chooses a host of the target cloud
        return passed(tell("it is replicated already"))
    planned = [route.destination for route in routes_from(view, machine.host) if route.machines]
    name, server = replica_of(view, machine.host, machine.vm_id)
    if server in planned or any(name in _brokers(view, one) for one in planned):
        return passed(tell("it is replicated already, to {name}", name=clip(name)))
    seen, wanted = (
        tell("it is replicated already, to {name}", name=clip(name)),
        tell("replication to {planned}", planned=listing(planned)),
    )
    if server:
        return failed(tell("{seen}, and has no second replica", seen=seen), wanted, ELSEWHERE)
    return unknown(
        tell("{seen}: whether that is a planned destination by another name is not known", seen=seen), wanted=wanted
    )


def _brokers(view: View, host: str) -> tuple[str, ...]:
    """The names of the brokers of a planned destination; none where it is no node, or they are not known."""
    with suppress(MissingEvidence):
        return broker_names(view, host) if is_member(view, host) else ()
    return ()
