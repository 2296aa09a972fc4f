"""The hosts an estate file names, by group and alone, and the routes between them."""

from __future__ import annotations

import ipaddress
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from scanner.estate.file import EstateFile, HostTable, RouteTable
from scanner.estate.mistakes import Mistake
from scanner.estate.salvage import STAND_IN
from scanner.words.estate import Route
from scanner.words.names import host_name, is_host_name, nearest_host
from scanner.words.wording import nearest, show

MOST_ROUTES = 250_000
"""of all tables together, before what two of them name is one; 250 hosts to 250 are 62,500"""
ADVISED = 20
"""Names that are none are compared with those that are, up to so many: for each it takes as long as there are names."""
Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""The hosts a table's routes lead from, and to."""


@dataclass(slots=True)
class Hosts:
    """Every machine of the file, by name and by group; names are lower case."""

    names: tuple[str, ...] = ()
    vmm: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    addresses: dict[str, str] = field(default_factory=dict[str, str])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    _known: frozenset[str] = frozenset()
    """the names, to look one up"""

    @classmethod
    def of(cls, file: EstateFile) -> Hosts:
        """Gather them, and what is wrong with their names."""
        hosts = cls()
        found: dict[str, None] = {}
        for place, group in enumerate(file.group, 1):
            members = [hosts._name(f"group[{place}].hosts[{inner}]", text) for inner, text in enumerate(group.hosts, 1)]
            hosts.groups[group.name] = tuple(dict.fromkeys(members))
            found.update(dict.fromkeys(members))
        found.update(dict.fromkeys(hosts._tables("host", file.host)))
        hosts.names, hosts._known = tuple(found), frozenset(found)
        hosts.vmm = tuple(dict.fromkeys(hosts._tables("vmm", file.vmm)))
        return hosts

    def members(self, name: str) -> tuple[str, ...]:
        """The hosts behind a group's or a host's name; none if there is no such name."""
        if name in self.groups:
            return self.groups[name]
        return (host_name(name),) if host_name(name) in self._known else ()

    def _tables(self, kind: str, tables: Iterable[HostTable]) -> list[str]:
        names: list[str] = []
        for place, table in enumerate(tables, 1):
            names.append(self._name(f"{kind}[{place}].name", table.name))
            if table.address:
                self._address(f"{kind}[{place}].address", names[-1], table.address)
        return names

    def _address(self, key: str, name: str, text: str) -> None:
        try:
            self.addresses[name] = str(ipaddress.ip_address(text))
        except ValueError:
            self.mistakes.append(Mistake(key, f"{show(text)} is no address"))

    def _name(self, key: str, text: str) -> str:
        name = host_name(text)
        try:
            ipaddress.ip_address(name)
        except ValueError:
            if not (is_host_name(name) and text.isascii()):
                self.mistakes.append(Mistake(key, f"{show(text)} is no host name"))
        else:
            advice = f'write its DNS name, and [[host]] name = "..." address = "{name}" if it does not resolve'
            self.mistakes.append(Mistake(key, f"{show(text)} is an address, and Kerberos needs a name: {advice}"))
        return name


def routes_of(file: EstateFile, hosts: Hosts, known: Container[str] = ()) -> tuple[tuple[Route, ...], list[Mistake]]:
    """The routes, each direction once, and what is wrong with them.

    A name that is ``known``, from a table that could not be read, is no mistake.
    """
    found: dict[tuple[str, str], tuple[int, Route]] = {}
    mistakes: list[Mistake] = []
    sides: list[Sides] = []
    for place, table in enumerate(file.route, 1):
        sources = _members(hosts, f"route[{place}].from", table.from_, known, mistakes)
        sides.append((sources, _members(hosts, f"route[{place}].to", table.to, known, mistakes)))
    if many := _too_many(file.route, sides):
        return (), [*mistakes, many]
    for place, (table, (sources, destinations)) in enumerate(zip(file.route, sides, strict=True), 1):
        moves = {"storage": bool(table.storage), "machines": table.storage != "only"}
        routes = [Route(s, d, **moves) for s, d in _directions(table, sources, destinations) if s != d]
        if table.storage == "only" and (others := [name for name in file.profiles if name != "live-migration"]):
            why = f"moves disks alone, and {others[0]} copies whole machines: name these routes in a file of their own"
            mistakes.append(Mistake(f"route[{place}].storage", why))
        if sources and destinations and not routes:
            mistakes.append(Mistake(f"route[{place}]", f"leads from {show(sources[0])} to itself"))
        for route in routes:
            before, other = found.setdefault((route.source, route.destination), (place, route))
            if other != route:
                ends = f"{route.source} → {route.destination}"
                mistakes.append(Mistake(f"route[{place}]", f"says otherwise about {ends} than route[{before}]"))
                break
    if not file.route and {*file.profiles} != {"asr-vmm"}:
        mistakes.append(Mistake("route", 'there is none; write [[route]] from = "a host or group" to = "another"'))
    return tuple(route for _, route in found.values()), mistakes


def _too_many(tables: Iterable[RouteTable], sides: Iterable[Sides]) -> Mistake | None:
    """The one mistake of tables that together are more routes than anybody plans, found without making them."""
    numbers: dict[str, int] = {}
    for place, (table, (sources, destinations)) in enumerate(zip(tables, sides, strict=True), 1):
        twice = 2 if table.both_ways and sources != destinations else 1
        numbers[f"route[{place}]"] = len(sources) * len(destinations) * twice
    total, bound = sum(numbers.values()), f"routes, and {MOST_ROUTES:,} is the most: split the estate"
    if total <= MOST_ROUTES:
        return None
    largest = max(numbers, key=numbers.__getitem__)
    if numbers[largest] > MOST_ROUTES:
        return Mistake(largest, f"is {numbers[largest]:,} {bound}")
    names = [name for name, number in numbers.items() if number]
    return Mistake(f"{names[0]} to {names[-1]}", f"are {total:,} {bound}")


def _members(hosts: Hosts, key: str, name: str, known: Container[str], mistakes: list[Mistake]) -> tuple[str, ...]:
    members = hosts.members(name)
    if not members and name not in known and STAND_IN not in name:
        advice = (nearest_host(name, hosts.names) or nearest(name, hosts.groups)) if len(mistakes) < ADVISED else ""
        mistakes.append(Mistake(key, f"{show(name)} is no group and no host{advice}"))
    return members


def _directions(table: RouteTable, sources: Iterable[str], destinations: Iterable[str]) -> Iterable[tuple[str, str]]:
    ends = tuple(destinations)
    for source in sources:
        for destination in ends:
            yield source, destination
            if table.both_ways:
                yield destination, source
