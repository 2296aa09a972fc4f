"""The hosts an estate file names, by group and alone, and the routes between them."""

from __future__ import annotations

import ipaddress
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from scanner.estate.file import EstateFile, HostTable, RouteTable
from scanner.estate.mistakes import Mistake
from scanner.estate.model import Route
from scanner.estate.names import host_name, is_host_name, nearest_host
from scanner.wording import counted, nearest, show

MOST_ROUTES = 250_000
"""of one table; 250 hosts to 250 are 62,500"""


@dataclass(slots=True)
class Hosts:
    """Every machine of the file, by name and by group; names are lower case."""

    names: tuple[str, ...] = ()
    vmm: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    addresses: dict[str, str] = field(default_factory=dict[str, str])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])

    @classmethod
    def of(cls, file: EstateFile) -> Hosts:
        """Gather them, and what is wrong with their names."""
        hosts = cls()
        found: dict[str, None] = {}
        for place, group in enumerate(file.group, 1):
            members = [hosts._name(f"group[{place}].hosts[{inner}]", text) for inner, text in enumerate(group.hosts, 1)]
            if group.name in hosts.groups:
                hosts.mistakes.append(Mistake(f"group[{place}].name", f"{show(group.name)} is another group already"))
            hosts.groups[group.name] = tuple(dict.fromkeys(members))
            found.update(dict.fromkeys(members))
        found.update(dict.fromkeys(hosts._tables("host", file.host)))
        hosts.names = tuple(found)
        hosts.vmm = tuple(dict.fromkeys(hosts._tables("vmm", file.vmm)))
        return hosts

    def members(self, name: str) -> tuple[str, ...]:
        """The hosts behind a group's or a host's name; none if there is no such name."""
        if name in self.groups:
            return self.groups[name]
        return (host_name(name),) if host_name(name) in self.names else ()

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
    for place, table in enumerate(file.route, 1):
        sources = _members(hosts, f"route[{place}].from", table.from_, known, mistakes)
        destinations = _members(hosts, f"route[{place}].to", table.to, known, mistakes)
        number = len(sources) * len(destinations)
        if number > MOST_ROUTES:
            many = f"is {counted(number, 'route')}, and {MOST_ROUTES:,} is the most: split the estate"
            mistakes.append(Mistake(f"route[{place}]", many))
            continue
        routes = [Route(s, d, table.storage) for s, d in _directions(table, sources, destinations) if s != d]
        if sources and destinations and not routes:
            mistakes.append(Mistake(f"route[{place}]", f"leads from {show(sources[0])} to itself"))
        for route in routes:
            before, other = found.setdefault((route.source, route.destination), (place, route))
            if other != route:
                ends = f"{route.source} → {route.destination}"
                mistakes.append(Mistake(f"route[{place}]", f"says otherwise about {ends} than route[{before}]"))
                break
    if not file.route and "asr-vmm" not in file.profiles:
        mistakes.append(Mistake("route", 'there is none; write [[route]] from = "a host or group" to = "another"'))
    return tuple(route for _, route in found.values()), mistakes


def _members(hosts: Hosts, key: str, name: str, known: Container[str], mistakes: list[Mistake]) -> tuple[str, ...]:
    members = hosts.members(name)
    if not members and name not in known:
        advice = nearest_host(name, hosts.names) or nearest(name, hosts.groups)
        mistakes.append(Mistake(key, f"{show(name)} is no group and no host{advice}"))
    return members


def _directions(table: RouteTable, sources: Iterable[str], destinations: Iterable[str]) -> Iterable[tuple[str, str]]:
    ends = tuple(destinations)
    for source in sources:
        for destination in ends:
            yield source, destination
            if table.both_ways:
                yield destination, source
