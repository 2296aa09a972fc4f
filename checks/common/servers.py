"""Which host a server in a path is, by its names and addresses; a path may call a host by any of them.

A short name is one of the machine's own domain or suffix: who bears it elsewhere is another machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from checks.common.own import is_own, lists, plain
from checks.common.probing import SMB, endpoint
from scanner.api import Everything, Fact, Gap, MissingEvidence, View
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DnsSuffix
from scanner.facts.neighbour import Address

NAMES: tuple[type[Fact], ...] = (ComputerSystem, DnsSuffix, ComputerAccount)
"""What tells the names of machines."""
LITERAL = ".ipv6-literal.net"
"""Ends an IPv6 address that is written as a name, as paths must: dashes for colons, ``s`` before the scope."""


@dataclass(frozen=True, slots=True)
class Names:
    """What machines are called, by their own word and that of their accounts."""

    machines: Mapping[str, frozenset[str]]
    """machines by full name"""
    suffixes: Mapping[str, frozenset[str]]
    """by machine: what makes a full name of a short one there"""


def literal_of(server: str) -> Address | None:
    """The address that a server in a path is; nothing if it is a name."""
    text = server.lower().rstrip(".")
    if text.endswith(LITERAL):
        text = text.removesuffix(LITERAL).replace("-", ":").partition("s")[0]
    return plain(text)


def smb_of(server: str) -> str:
    """What is tried to reach a server in a path; empty if it cannot be asked for."""
    return endpoint(str(literal_of(server) or server), SMB)


def is_itself(view: View, machine: str, server: str) -> bool | None:
    """Whether a machine means itself by this server; nothing if its addresses decide and were not read.

    The check must declare ``NAMES`` and ``IPAddress``.
    """
    address = literal_of(server)
    if address is None:
        return server.rstrip(".") == "localhost" or machine in machines_of(view, machine, server)
    if address.is_loopback or is_own(view, machine, address) is None:
        return address.is_loopback or None
    return lists(view, machine, address)


def machines_of(view: View, machine: str, server: str) -> frozenset[str]:
    """The machines that a machine may mean by this name. The check must declare ``NAMES``."""
    known, name = view.across(NAMES, _names), server.lower().rstrip(".")
    suffixes = known.suffixes.get(machine, frozenset[str]()) | {_suffix(machine)}
    full = {name} if "." in name else {f"{name}.{suffix}".rstrip(".") for suffix in suffixes}
    declared = (one for one in full if one in view.estate.hosts)
    return frozenset(declared).union(*(known.machines.get(one, ()) for one in full))


def _suffix(name: str) -> str:
    return name.lower().rstrip(".").partition(".")[2]


def _names(everything: Everything) -> Names:
    machines: dict[str, set[str]] = {}
    suffixes: dict[str, set[str]] = {}
    accounts: dict[str, dict[str, str]] = {}
    for target, system in everything.rows(ComputerSystem):
        own = {_suffix(target), *_told(everything, target)}
        if system.part_of_domain:
            own.add(system.dns_domain)
            if system.dns_domain not in accounts:
                accounts[system.dns_domain] = _accounts(everything, system.dns_domain)
            named = accounts[system.dns_domain].get(f"{system.name}$".lower(), "")
            machines.setdefault(named, set()).add(target)
        suffixes.setdefault(target, set()).update(own)
        for name in (system.name, system.dns_host_name):
            for suffix in own:
                machines.setdefault(f"{name}.{suffix}".lower().rstrip("."), set()).add(target)
    machines.pop("", None)
    return Names(
        {name: frozenset(found) for name, found in machines.items()},
        {target: frozenset(found) for target, found in suffixes.items()},
    )


def _told(everything: Everything, target: str) -> Iterator[str]:
    """The suffix that a machine has, as far as it said so."""
    rows = everything.ask(DnsSuffix, target)
    with suppress(MissingEvidence):  # a record of another version may lack what tells it
        yield from () if isinstance(rows, Gap) else [row.name for row in rows]


def _accounts(everything: Everything, domain: str) -> dict[str, str]:
    """The full names of a domain's accounts, by their names within it."""
    rows = everything.ask(ComputerAccount, domain)
    return {} if isinstance(rows, Gap) else {row.sam_name.lower(): row.dns_name.lower().rstrip(".") for row in rows}
