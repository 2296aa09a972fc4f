"""Whether a rule of Windows' firewall is about a connection that comes in, by the conditions in its text (MS-GPFAS).

A condition whose meaning is not plain (who signs in, IPsec, an interface, a release, a set of addresses that only the
machine knows) proves neither: such a rule may be.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scanner.facts.firewall import RuleText
from scanner.facts.hyperv import Network
from scanner.facts.neighbour import Address

TCP, ANY = 6, 256
PLAIN = {
    "action",
    "active",
    "dir",
    "protocol",
    "profile",
    "lport",
    "lport2_10",
    "app",
    "svc",
    "la4",
    "la6",
    "ra4",
    "ra6",
}
"""Keys whose meaning is known here."""
IDLE = {"edge", "defer", "lsm"}
"""Those that restrict no connection from next door; any other key is a condition that is not plain."""
WORD = re.compile(r"[A-Za-z][\w-]*")
"""A port by a word, as RPC or IPHTTPS: never one that a service is told to listen on by number."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A TCP connection that comes in, and who takes it."""

    port: int
    program: str
    """the end of the program's path, as in ``\\system32\\vmms.exe``"""
    service: str
    """empty where it is no service, as http.sys"""
    network: Network
    """the network of the address where it comes in, which is its machine's subnet there"""
    local: Address
    remotes: tuple[Address, ...]
    """whence it comes; of several addresses it may be any"""


def covers(rule: RuleText, profile: str, flow: Flow) -> bool | None:
    """Whether the rule is about the connection, be it active or not; nothing where that is not plain."""
    said = rule.conditions
    tests = (
        _any(said.get("protocol", ()), _protocol),
        _any(said.get("profile", ()), lambda text: text.lower() == profile.lower()),
        _any((*said.get("lport", ()), *said.get("lport2_10", ())), lambda text: _port(text, flow.port)),
        _any(said.get("app", ()), lambda text: text.lower().endswith(flow.program.lower())),
        _any(said.get("svc", ()), lambda text: _service(text, flow.service)),
        _any((*said.get("la4", ()), *said.get("la6", ())), lambda text: _holds(text, flow, flow.local)),
        _remotes((*said.get("ra4", ()), *said.get("ra6", ())), flow),
        None if said.keys() - PLAIN - IDLE else True,
    )
    return False if False in tests else None if None in tests else True


def _any(texts: Sequence[str], test: Callable[[str], bool | None]) -> bool | None:
    """Whether one of the values fits; yes where there is none, for what is not said restricts nothing."""
    found = [test(text) for text in texts]
    return True if not found or True in found else None if None in found else False


def _protocol(text: str) -> bool | None:
    return int(text) in (TCP, ANY) if text.isdecimal() else None


def _port(text: str, port: int) -> bool | None:
    first, dash, last = text.partition("-")
    if first.isdecimal() and (last.isdecimal() or not dash):
        return int(first) <= port <= int(last or first)
    return False if WORD.fullmatch(text) else None


def _service(text: str, service: str) -> bool:
    """Whether a rule's service is this one: ``*`` is every service, and nothing that is none."""
    return bool(service) and text.lower() in ("*", service.lower())


def _remotes(texts: Sequence[str], flow: Flow) -> bool | None:
    found = {_any(texts, lambda text, remote=remote: _holds(text, flow, remote)) for remote in flow.remotes} or {None}
    return found.pop() if len(found) == 1 else None


def _holds(text: str, flow: Flow, address: Address) -> bool | None:
    """Whether ``a``, ``a-b``, ``a/length``, ``a/mask`` or ``LocalSubnet`` holds it; nothing of another word."""
    if text.lower() == "localsubnet":
        return address in flow.network
    try:
        first, dash, last = text.partition("-")
        if not dash:
            return address in ipaddress.ip_network(text, strict=False)
        low, high = ipaddress.ip_address(first.strip()), ipaddress.ip_address(last.strip())
        return address.version == low.version and int(low) <= int(address) <= int(high)
    except ValueError:
        return None
