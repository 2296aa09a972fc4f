"""How a destination receives replicas: by its own record and the module's on one host alone, by the broker's on a node.

On a node of a cluster the module shows the broker's settings, and the node's own record says nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from checks.common.member import is_member
from checks.reach.replica_port import SETTINGS, Settings, settings_of
from scanner.api import Fact, Gap, MissingEvidence, Profile, Verdict, View, tell, unknown
from scanner.facts.host import ComputerSystem
from scanner.facts.replica import ReplicaBrokerSettings

RECEIVING: tuple[type[Fact], ...] = (*SETTINGS, ComputerSystem)
"""What a check declares that asks, and prints what mends it."""
REPLICATION = (Profile.REPLICA, Profile.ASR_VMM)
P = ParamSpec("P")


def or_unknown(judge: Callable[P, Verdict], *words: P.args, **more: P.kwargs) -> Verdict:
    """A part of a verdict that another part may outweigh: UNKNOWN where its evidence is missing."""
    try:
        return judge(*words, **more)
    except MissingEvidence as missing:
        return unknown(str(missing))


def receiving(view: View, host: str) -> tuple[Settings, ...]:
    """The settings that hold for a host. The check must declare ``RECEIVING``.

    Raises:
        MissingEvidence: they could not be read, or it is not known whether it is a node.
    """
    if not is_member(view, host):
        return settings_of(view, host)
    broker = view.ask(ReplicaBrokerSettings, host)
    if not isinstance(broker, Gap) and len(broker) == 1:
        return broker
    why = (
        str(broker)
        if isinstance(broker, Gap)
        else tell("ReplicaBrokerSettings of {host}: the module did not answer", host=host)
    )
    raise MissingEvidence(
        tell("{why}; on a node of a cluster the broker's settings hold, and that tells them", why=why)
    )


def yet_to_be_set(view: View) -> bool:
    """Whether Site Recovery still has to set the hosts up, whatever they say until then."""
    return view.profile is Profile.ASR_VMM and not view.estate.replica.configured


def allows(found: tuple[Settings, ...], method: int) -> bool:
    """Whether a host takes replicas with this sign-in, by all settings that hold for it."""
    return all(one.enabled and one.authentication & method for one in found)
