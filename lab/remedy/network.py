"""Test-Endpoint in a model: who reaches whom follows from addresses, listeners and packets that vanish.

A name leads to a machine's first address, a short one to that of the asking machine's domain. An address is reached
from an adapter in the same network; from elsewhere through a gateway at both ends. What is no machine of the world
(endpoints of Site Recovery, proxies) answers as the record says that it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from ipaddress import ip_address, ip_interface
from typing import Any

from lab.remedy.world import Host, World
from lab.windows.cmdlets import COMMANDS, Call, Command
from lab.windows.machine import Row
from lab.windows.probe import FIELDS, TARGET, split_endpoint
from scanner.facts.network import EndpointProbe
from scanner.words.evidence import Evidence
from scanner.words.model import Gap

LISTENING_EVERYWHERE = ("0.0.0.0", "::")


def endpoint_command(world: World, record: Evidence) -> Command:
    """The command for the runner of the world's machines."""
    known = COMMANDS["test-endpoint"]

    def run(call: Call) -> Iterator[Any]:
        host = next(host for host in world.hosts.values() if host.machine is call.machine)
        for text in call.texts("Target"):
            answer = _recorded(record, host.name, text, call.text("Proxy")) or _tried(world, host, text)
            yield Row(answer, type_name="HvPreflight.EndpointAnswer")

    return Command(known.name, run, known.owner, known.module, known.parameters)


def _recorded(record: Evidence, source: str, text: str, proxy: str) -> dict[str, Any] | None:
    """What the record knows of a target that is no machine's port."""
    if not text.endswith(("/tls", "/date")) and not proxy:
        return None
    rows = record.ask(EndpointProbe, source)
    found = () if isinstance(rows, Gap) else [row for row in rows if row.target == text]
    return next((_raw(row) for row in found), None)


def _raw(row: EndpointProbe) -> dict[str, Any]:
    named = {f.metadata["property"]: getattr(row, f.name) for f in fields(row)}
    date = named["ServerDate"]
    addresses = list(named["Addresses"])
    return dict.fromkeys(FIELDS) | named | {
        "Addresses": addresses,
        "ServerDate": f"{date:%Y-%m-%dT%H:%M:%SZ}" if date else None,
    }  # fmt: skip


def _tried(world: World, host: Host, text: str) -> dict[str, Any]:
    parts = TARGET.fullmatch(text)
    assert parts is not None
    name, port = split_endpoint(parts["endpoint"])
    answer: dict[str, Any] = {**dict.fromkeys(FIELDS), "Target": text, "Outcome": "Unresolved", "Addresses": []}
    address = _address_of(world, host, name)
    if not address:
        return answer
    answer["Addresses"] = [address]
    source = parts["source"] or _source(host, address)
    holder = next((other for other in _holders(world, host, address)), None)
    outcome = _outcome(host, holder, address, port, source)
    answer["Outcome"] = outcome
    if outcome == "Connected":
        answer |= {"RemoteAddress": address, "LocalAddress": source, "Milliseconds": 1}
    elif outcome == "Refused":
        answer["SocketError"] = 10061
    return answer


def _address_of(world: World, asking: Host, name: str) -> str:
    full = name if "." in name else f"{name}.{asking.name.partition('.')[2]}"
    try:
        return str(ip_address(name))
    except ValueError:
        host = world.hosts.get(full.casefold())
        return next(iter(host.machine.addresses()), "") if host else ""


def _holders(world: World, first: Host, address: str) -> Iterator[Host]:
    """Who answers at an address: the machine itself before any other."""
    for host in (first, *world.hosts.values()):
        if address in host.machine.addresses():
            yield host


def _source(host: Host, address: str) -> str:
    """The machine's own address towards another one; empty where no way leads there."""
    wanted = ip_address(address)
    if address in host.machine.addresses():
        return address
    for interface in _interfaces(host, lambda _adapter: True):
        if wanted in interface.network:
            return str(interface.ip)
    return next((str(i.ip) for i in _interfaces(host, lambda adapter: bool(adapter.gateway))), "")


def _interfaces(host: Host, wanted: Callable[[Any], bool]) -> Iterator[Any]:
    for _, adapter in host.machine.interfaces():
        if adapter.up and wanted(adapter):
            yield from map(ip_interface, adapter.addresses)


def _outcome(host: Host, holder: Host | None, address: str, port: int, source: str) -> str:
    if not source:
        return "Unreachable"
    if holder is None or (port in holder.dropped and holder is not host):
        return "TimedOut"
    for where, listens, _ in holder.machine.listening():
        if listens == port and (where in LISTENING_EVERYWHERE or where == address):
            return "Connected"
    return "Refused"
