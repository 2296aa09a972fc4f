"""Whether a rule of a host's firewall may be what stops an attempt at a port of it.

The rules that come with Windows are for every address: where anybody else is let in, or refused, the rule is on, and
what filters stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.common.own import held_by, plain
from checks.common.servers import literal_of
from scanner.api import Everything, Gap, View
from scanner.facts.neighbour import Address
from scanner.facts.network import EndpointProbe, IPAddress

Key = tuple[str, str | Address]
"""Port, and the name or address that was tried there, or that the name led to."""
NOT_THERE = {"Unresolved", "Unreachable"}
"""How attempts end that no firewall of the host saw."""


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt."""

    machine: str
    outcome: str


def nobody_enters(view: View, host: str, port: int, *names: str) -> bool:
    """Whether every attempt of other machines at this port of the host found no answer.

    ``names`` are what it is called beside its own name. The check must declare ``IPAddress`` and ``EndpointProbe``.
    """
    tries = view.across((EndpointProbe,), _tries)
    held = frozenset[Address | None]()
    if not isinstance(view.ask(IPAddress, host), Gap):
        held = view.derived(IPAddress, host, held_by)
    keys = {*(literal_of(name) or name.lower() for name in (host, *names)), *filter(None, held)}
    others = {*view.estate.hosts, *view.estate.vmm_servers} - {host}
    met = {one.outcome for key in keys for one in tries.get((str(port), key), ()) if one.machine in others}
    return met - NOT_THERE == {"TimedOut"}


def _tries(everything: Everything) -> Mapping[Key, tuple[Try, ...]]:
    found: dict[Key, dict[Try, None]] = {}
    for machine, answer in everything.rows(EndpointProbe):
        name, _, port = answer.target.partition("/")[0].rpartition(">")[2].rpartition(":")
        for where in _where(name, answer):
            found.setdefault((port, where), {})[Try(machine, answer.outcome)] = None
    return {key: tuple(tries) for key, tries in found.items()}


def _where(name: str, answer: EndpointProbe) -> Iterator[str | Address]:
    yield literal_of(name.strip("[]")) or name.lower()
    yield from filter(None, map(plain, (answer.remote, *answer.addresses)))
