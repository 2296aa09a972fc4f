"""Virtual switches of two hosts: what a machine's adapters hang on, and what they will hang on where it goes.

A machine's adapter names its switch by an id of the host; the destination finds one by the name, in which case does not
count. Where the destination calls it otherwise the estate says so, as a list of names: a switch that bears one of them
there will do, else one that bears the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.api import Fact, View, tell
from scanner.facts.switches import DISCONNECTED, SwitchConnection, VirtualSwitch

SWITCHES: tuple[type[Fact], ...] = (VirtualSwitch, SwitchConnection)
"""What a check declares that asks for them."""


@dataclass(frozen=True, slots=True)
class Link:
    """What one adapter of a machine hangs on."""

    switch: str = ""
    """name of the switch; empty where it is not known, or there is none"""
    id: str = ""
    connected: bool = True
    doubt: str = ""
    """why the switch is not known"""


@dataclass(frozen=True, slots=True)
class There:
    """The switches that a host has of a name that is wanted."""

    name: str
    """what was looked for, or found"""
    ids: tuple[str, ...]
    renamed: bool = False
    """it is the name that the estate gives it there"""


def links(view: View, host: str, vm_id: str) -> tuple[Link, ...]:
    """What a machine's own adapters hang on; those of its checkpoints do not count. The check must declare SWITCHES.

    Raises:
        MissingEvidence: the adapters or the switches of the host could not be read.
    """
    return view.shared(_links, host).get(vm_id, ())


def _links(view: View, host: str) -> dict[str, tuple[Link, ...]]:
    names = view.derived(VirtualSwitch, host, names_of)
    rows = view.derived(SwitchConnection, host, _by_owner)
    return {owner: tuple(filter(None, (_link(names, row) for row in its))) for owner, its in rows.items()}


def _link(names: Mapping[str, str], row: SwitchConnection) -> Link | None:
    connected = row.state != DISCONNECTED
    if row.switch and names.get(row.switch):
        return Link(names[row.switch], row.switch, connected)
    if row.switch:
        return Link(connected=connected, doubt=tell("an adapter hangs on a switch that its host does not list"))
    if row.names_something:
        return Link(connected=connected, doubt=tell("what an adapter hangs on is no switch"))
    if not connected:
        return None
    if row.pool:
        return Link(
            doubt=tell("an adapter takes its switch from a resource pool, and what is in that pool was not read")
        )
    return Link(
        doubt=tell(
            "an adapter does not say that it hangs on nothing (EnabledState {state}), and names no switch",
            state=row.state,
        )
    )


def there(view: View, host: str, name: str) -> There:
    """The switches of the destination that a machine will hang on, if there are any.

    Raises:
        MissingEvidence: the destination's switches could not be read.
    """
    by_name = view.derived(VirtualSwitch, host, _by_name)
    others = [other for own, other in view.estate.switches if own.casefold() == name.casefold()]
    for wanted in others:
        if wanted.casefold() in by_name:
            return There(wanted, by_name[wanted.casefold()], renamed=True)
    return There(name, by_name.get(name.casefold(), ()))


def kinds(view: View, host: str) -> Mapping[str, str]:
    """What each switch of a host leads to, by its id: ``external``, ``internal`` or ``private``.

    By its own ports: one to an adapter of the host, one to the host alone, or none.

    Raises:
        MissingEvidence: they could not be read.
    """
    ports = view.derived(SwitchConnection, host, _by_owner)
    return {guid: _kind(ports.get(guid, ())) for guid in view.derived(VirtualSwitch, host, names_of)}


def _kind(ports: Iterable[SwitchConnection]) -> str:
    found = tuple(ports)
    if any(port.is_uplink for port in found):
        return tell("external")
    return tell("internal") if any(port.is_host for port in found) else tell("private")


def names_of(rows: tuple[VirtualSwitch, ...]) -> dict[str, str]:
    """The name of each switch, by its id."""
    return {row.guid: row.name for row in rows}


def _by_name(rows: tuple[VirtualSwitch, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row.name.casefold()] = (*found.get(row.name.casefold(), ()), row.guid)
    return found


def _by_owner(rows: tuple[SwitchConnection, ...]) -> dict[str, tuple[SwitchConnection, ...]]:
    found: dict[str, list[SwitchConnection]] = {}
    for row in rows:
        found.setdefault(row.owner, []).append(row)
    return {owner: tuple(its) for owner, its in found.items()}
