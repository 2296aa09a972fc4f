"""What Windows' firewall does with a connection that comes in, by its settings and rules (grammar: MS-GPFAS).

A rule that blocks wins over all that allow. A condition whose meaning is not plain (who signs in, IPsec, an interface,
a release, a set of addresses that only the machine knows) proves neither: such a rule may cover the connection.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from checks.common.parts import clip, listing
from scanner.api import View
from scanner.facts.firewall import LOCAL, POLICY, FirewallProfile, FirewallRule
from scanner.facts.host import Service
from scanner.facts.hyperv import Network
from scanner.facts.neighbour import Address

FIREWALL = (FirewallRule, FirewallProfile, Service)
"""What a check declares that asks what the firewall does."""
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
    network: Network
    """the network of the address where it comes in, which is its machine's subnet there"""
    local: Address
    remotes: tuple[Address, ...]
    """whence it comes; of several addresses it may be any"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the firewall does with a connection, in words. ``None``: that cannot be told."""

    lets_in: bool | None
    why: str


def decide(view: View, host: str, profile: str, flow: Flow, *, activated: str = "") -> Decision:
    """What a host's firewall does with the connection in a profile, or would with this rule of its own active.

    The check must declare ``FIREWALL``.

    Raises:
        MissingEvidence: settings or rules could not be read.
    """
    if any(row.name.lower() == "mpssvc" and row.state == "Stopped" for row in view.rows(Service, host)):
        return Decision(True, "the firewall's service is stopped")
    state = _State(view.rows(FirewallProfile, host), profile)
    words = {state.enabled, state.inbound, state.no_exceptions, state.merges}
    if not words <= {0, 1}:
        return Decision(None, f"the settings of the profile {profile} hold a number that is not known")
    if not state.enabled:
        return Decision(True, f"the firewall is off in the profile {profile}")
    if state.no_exceptions:
        return Decision(False, f"the profile {profile} keeps out all, whatever rules allow")
    rules = [rule for rule in view.rows(FirewallRule, host) if state.merges or rule.store != LOCAL]
    found = [
        (rule, covers(rule, profile, flow))
        for rule in rules
        if rule.inbound and (rule.active or (rule.store == LOCAL and rule.name.lower() == activated.lower()))
    ]
    return _decided(found, profile, by_default=not state.inbound, merges=bool(state.merges))


class _State:
    """A profile's settings, in which a policy's value wins; and what holds where nothing is set."""

    def __init__(self, rows: Iterable[FirewallProfile], profile: str) -> None:
        own = sorted((row for row in rows if row.profile == profile), key=lambda row: row.store != POLICY)

        def told(value: Callable[[FirewallProfile], int | None], otherwise: int) -> int:
            return next((v for v in map(value, own) if v is not None), otherwise)

        self.enabled = told(lambda row: row.enabled, 1)
        self.inbound = told(lambda row: row.inbound, 1)
        self.no_exceptions = told(lambda row: row.no_exceptions, 0)
        self.merges = told(lambda row: row.merges if row.store == POLICY else None, 1)


def _decided(
    found: Sequence[tuple[FirewallRule, bool | None]], profile: str, *, by_default: bool, merges: bool
) -> Decision:
    def names(kind: Callable[[FirewallRule], bool], covers: bool | None) -> str:
        return listing(clip(rule.name, 60) for rule, what in found if kind(rule) and what is covers)

    if blocking := names(_blocks, True):
        return Decision(False, f"in the profile {profile} a rule keeps it out: {blocking}")
    allowing, maybe = names(_allows, True), names(_allows, None)
    if not (allowing or maybe or by_default):
        own = "" if merges else ", and its policy leaves out the machine's own rules"
        return Decision(False, f"in the profile {profile} no active rule lets it in{own}")
    if doubtful := names(_blocks, None):
        return Decision(None, f"in the profile {profile} a rule may keep it out: {doubtful}")
    if allowing:
        return Decision(True, f"in the profile {profile} a rule lets it in: {allowing}")
    if by_default:
        return Decision(True, f"the profile {profile} lets in what no rule keeps out")
    return Decision(None, f"in the profile {profile} a rule may let it in: {maybe}")


def _blocks(rule: FirewallRule) -> bool:
    return rule.blocks


def _allows(rule: FirewallRule) -> bool:
    return rule.allows


def covers(rule: FirewallRule, profile: str, flow: Flow) -> bool | None:
    """Whether the rule is about the connection, be it active or not; nothing where that is not plain."""
    said = rule.fields
    tests = (
        _any(said.get("protocol", ()), _protocol),
        _any(said.get("profile", ()), lambda text: text.lower() == profile.lower()),
        _any((*said.get("lport", ()), *said.get("lport2_10", ())), lambda text: _port(text, flow.port)),
        _any(said.get("app", ()), lambda text: text.lower().endswith(flow.program.lower())),
        _any(said.get("svc", ()), lambda text: text.lower() in ("*", flow.service.lower())),
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
