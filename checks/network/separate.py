"""Whether a network on which a host accepts migrations is apart from those of its management and virtual machines."""

from __future__ import annotations

from checks.common.parts import clip, listing
from checks.migration.networks import Local, local_addresses
from checks.network.adapters import each, hardware, on_a_switch, vlan_of
from scanner.api import Verdict, View, joined, passed, tell, warned
from scanner.facts.adapter import ManagementAdapter
from scanner.facts.network import ACTIVE_STORE, DefaultRoute

WANTED = tell("a network or VLAN of its own for migrations")
WORKS = tell("a move takes any network that connects; it shares the bandwidth, and others there may read along")
INVISIBLE = tell("a VLAN that the physical switch gives its port cannot be seen")


def separate(view: View, host: str, local: Local) -> Verdict:
    """PASS apart, WARN shared.

    Raises:
        MissingEvidence: what decides could not be read.
    """
    where = tell("{network} (interface {interface})", network=local.network, interface=local.interface)
    others = [o for o in each(_addressed(view, host)) if o.interface != local.interface]
    gateways = {r.interface for r in view.rows(DefaultRoute, host) if r.store in (None, ACTIVE_STORE)}
    if local.interface in gateways:
        return _shared(tell("{where} carries the default route, and so what manages the host", where=where))
    if not others:
        return _shared(tell("{where} is the only network of the host", where=where))
    vlan, leading = vlan_of(view, host, local.interface), [o for o in others if o.interface in gateways]
    if vlan:
        same = [o.interface for o in _near(view, host, local, others, leading) if _vlan(view, host, o) == vlan]
        if same:
            return _shared(
                tell("{where} is in VLAN {vlan}, as interface {same} is", where=where, vlan=vlan, same=listing(same))
            )
        return passed(tell("{where}: VLAN {vlan}", where=where, vlan=vlan), note=_untold(leading))
    shared = _untagged(view, host, local, leading)
    return (
        _shared(tell("{where} {shared}", where=where, shared=shared))
        if shared
        else passed(where, note=_untold(leading, INVISIBLE))
    )


def _shared(seen: str) -> Verdict:
    return warned(seen, WANTED, works=WORKS)


def _untold(leading: list[Local], note: str = "") -> str:
    none = "" if leading else tell("no default route tells which network the host is managed by")
    return joined("; ", filter(None, (none, note)))


def _addressed(view: View, host: str) -> list[Local]:
    return [local for local in local_addresses(view, host) if local.up is not False]


def _near(view: View, host: str, local: Local, others: list[Local], leading: list[Local]) -> list[Local]:
    """The interfaces with which one of the same id is in one VLAN: the default route's, and those of its own switch."""
    own = _switch(view, host, local)
    here = own.switch if own else None
    beside = [o for o in others if here and (there := _switch(view, host, o)) and there.switch == here]
    return list({o.interface: o for o in (*leading, *beside)}.values())


def _switch(view: View, host: str, local: Local) -> ManagementAdapter | None:
    return on_a_switch(view, host, local.interface)


def _vlan(view: View, host: str, local: Local) -> int:
    return vlan_of(view, host, local.interface)


def _untagged(view: View, host: str, local: Local, leading: list[Local]) -> str:
    """With what a network without a VLAN is shared, as words; empty where nothing tells that it is."""
    virtual = _switch(view, host, local)
    if virtual is not None:
        return tell(
            "hangs on the virtual switch {clip} without a VLAN of its own", clip=repr(clip(virtual.switch or "", 60))
        )
    beneath = set(hardware(view, host, local.interface))
    for other in leading:
        if other.address in local.network or local.address in other.network:
            return tell(
                "is the network of interface {interface}, which carries the default route", interface=other.interface
            )
        below = set(hardware(view, host, other.interface))
        if beneath & below and not _vlan(view, host, other):
            return tell(
                "is on the hardware of interface {interface}, which carries the default route",
                interface=other.interface,
            )
    return ""
