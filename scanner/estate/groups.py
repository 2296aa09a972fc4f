"""The groups of an estate file, and the routes that it declares between them, kept for people as they stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scanner.estate.file import EstateFile
from scanner.estate.routes import Hosts
from scanner.words.estate import Estate
from scanner.words.groups import Group
from scanner.words.names import host_name


def grouped(estate: Estate, file: EstateFile, hosts: Hosts) -> Estate:
    """The estate with the groups that its routes name; one whose routes name hosts alone is as it was."""
    routes = tuple(dict.fromkeys(_between(file, hosts)))
    named = {name for route in routes for name in route}
    groups = tuple(Group(name, members) for name, members in hosts.groups.items() if name in named)
    return replace(estate, groups=groups, group_routes=routes)


def _between(file: EstateFile, hosts: Hosts) -> Iterator[tuple[str, str]]:
    """The ends of every table of routes that names a group, in each of its directions."""
    for table in file.route:
        ends = _end(table.from_, hosts), _end(table.to, hosts)
        if any(end in hosts.groups for end in ends):
            yield ends
            if table.both_ways:
                yield ends[1], ends[0]


def _end(name: str, hosts: Hosts) -> str:
    return name if name in hosts.groups else host_name(name)
