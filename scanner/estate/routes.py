"""The hosts an estate file names, by group and alone, and the routes between them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from scanner.estate.file import EstateFile, HostTable
from scanner.estate.kinds import both, kinds, mistakes_of_kinds
from scanner.estate.mistakes import Mistake
from scanner.estate.salvage import STAND_IN
from scanner.estate.tables import RouteTable
from scanner.words.estate import Route
from scanner.words.names import LONGEST, host_name, is_host_name, nearest_host
from scanner.words.wording import nearest, show

MOST_ROUTES = 250_000
"""of all tables together, before what two of them name is one; 250 hosts to 250 are 62,500"""
ADVISED = 20
"""Names that are none are compared with those that are, up to so many: for each it takes as long as there are names."""
NAME = 'write its DNS name, as in "hv01.corp.example"'
Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""The hosts a table's routes lead from, and to."""


@dataclass(slots=True)
class Hosts:
    """Every machine of the file, by name and by group; names are lower case."""

    names: tuple[str, ...] = ()
    vmm: tuple[str, ...] = ()
    file_servers: tuple[str, ...] = ()
    started_from: tuple[str, ...] = ()
    """the machine that moves are started from, if it is told"""
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    addresses: dict[str, str] = field(default_factory=dict[str, str])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    _known: frozenset[str] = frozenset()
    """the names, to look one up"""
    _bad: list[str] = field(default_factory=list[str])
    """names that are none, by their letters and digits: what is meant may stand in a route as it should"""
    _asked: int = 0

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
        hosts.file_servers = tuple(dict.fromkeys(hosts._tables("file_server", file.file_server)))
        hosts.started_from = (host_name(file.live_migration.started_from),) if file.live_migration.started_from else ()
        hosts.mistakes += hosts._groups_like_hosts(file)
        return hosts

    def members(self, name: str) -> tuple[str, ...]:
        """The hosts behind a group's or a host's name; none if there is no such name."""
        if name in self.groups:
            return self.groups[name]
        return (host_name(name),) if host_name(name) in self._known else ()

    def is_told(self, name: str) -> bool:
        """Whether a mistake that is told already explains that there is no such name: a host's own that is none."""
        plain, looked = _plain(name), self._bad[:ADVISED]
        return STAND_IN in name or (bool(plain) and any(plain in bad or bad in plain for bad in looked))

    def unknown(self, name: str, other: str) -> str:
        """What is wrong with a route's end that is no group and no host; it is not advised to lead to its other end."""
        self._asked += 1
        others = (host for host in self.names if host != host_name(other))
        advice = (nearest_host(name, others) or nearest(name, self.groups)) if self._asked <= ADVISED else ""
        return f"{show(name)} is no group and no host{advice}"

    def _groups_like_hosts(self, file: EstateFile) -> Iterator[Mistake]:
        """Groups whose name somebody may take for a host's, as a whole or short, unless that host is all they hold."""
        groups = {host_name(group.name) for group in file.group}
        like: dict[str, str] = {}
        for host in self.names:
            for end in (place for place, sign in enumerate(f"{host[:LONGEST]}.") if sign == "."):
                if host[:end] in groups:
                    like.setdefault(host[:end], host)
        for place, group in enumerate(file.group, 1):
            name = host_name(group.name)
            short = name.partition(".")[0]
            host = like.get(name) or (short if short in self._known else "")
            if host and self.groups[group.name] != (host,):
                text = f"{show(group.name)} may mean the host {show(host)}, too; give the group another name"
                yield Mistake(f"group[{place}].name", text)

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
                self.mistakes.append(Mistake(key, f"{show(text)} is no host name; {NAME}"))
                self._bad += [] if STAND_IN in text else [_plain(name)]
        else:
            advice = f'write its DNS name, and [[host]] name = "..." address = "{name}" if it does not resolve'
            self.mistakes.append(Mistake(key, f"{show(text)} is an address, and Kerberos needs a name: {advice}"))
        return name


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", host_name(name))


def routes_of(file: EstateFile, hosts: Hosts, known: Container[str] = ()) -> tuple[tuple[Route, ...], list[Mistake]]:
    """The routes, each direction once for all kinds of move that are planned along it, and what is wrong with them.

    A name that is ``known``, from a table that could not be read, is no mistake.
    """
    found: dict[tuple[str, str], tuple[int, Route]] = {}
    mistakes: list[Mistake] = []
    sides: list[Sides] = []
    for place, table in enumerate(file.route, 1):
        sides.append((hosts.members(table.from_), hosts.members(table.to)))
        for word, name, other in (("from", table.from_, table.to), ("to", table.to, table.from_)):
            if not hosts.members(name) and name not in known and not hosts.is_told(name):
                mistakes.append(Mistake(f"route[{place}].{word}", hosts.unknown(name, other)))
    if many := _too_many(file.route, sides):
        return (), [*mistakes, many]
    for place, (table, (sources, destinations)) in enumerate(zip(file.route, sides, strict=True), 1):
        moves = bool(table.storage), table.storage != "only", kinds(table, file)
        routes = [Route(s, d, *moves) for s, d in _directions(table, sources, destinations) if s != d]
        if sources and destinations and not routes:
            mistakes.append(Mistake(f"route[{place}]", f"leads from {show(sources[0])} to itself"))
        for route in routes:
            before, other = found.setdefault((route.source, route.destination), (place, route))
            if (whole := route if other is route else both(other, route, file)) is None:
                way = f"{route.source} → {route.destination}"
                mistakes.append(Mistake(f"route[{place}]", f"says otherwise about {way} than route[{before}]"))
                break
            found[route.source, route.destination] = before, whole
    if not file.route and {*file.profiles} != {"asr-vmm"}:
        mistakes.append(Mistake("route", 'there is none; write [[route]] from = "a host or group" to = "another"'))
    return tuple(route for _, route in found.values()), [*mistakes, *mistakes_of_kinds(file)]


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


def _directions(table: RouteTable, sources: Iterable[str], destinations: Iterable[str]) -> Iterable[tuple[str, str]]:
    ends = tuple(destinations)
    for source in sources:
        for destination in ends:
            yield source, destination
            if table.both_ways:
                yield destination, source
