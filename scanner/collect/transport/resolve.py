"""Names to addresses, in bounded time: the only import of dnspython.

DNS is asked first, under a lifetime, because the system's own resolver cannot be interrupted: with a dead DNS server
``getaddrinfo`` blocks for most of a minute. Only when DNS has answered that there is no such name, and the system's
servers were the ones asked, does the system get its turn, for a hosts file; a server the user named has the last word.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import time
from collections.abc import Iterable
from typing import Any, cast

import dns.exception
import dns.name
import dns.resolver
from dns.rdtypes.IN.SRV import SRV

from scanner.collect.transport.own import ours
from scanner.estate.access import Names
from scanner.words.wording import lasting, reason

log = logging.getLogger(__name__)
LOOPBACK = ("127.0.0.1", "::1")
MOST_ADDRESSES = 16
"""addresses of one name that are tried; an answer of DNS may hold thousands"""


class Unresolved(Exception):  # noqa: N818 - an answer, not a fault
    """There is no address for a name; the text says why."""


class _Unknown(Exception):  # noqa: N818
    """DNS answered: there is no such name, or none with such a record."""


def resolve(host: str, names: Names, deadline: float) -> tuple[str, ...]:
    """The addresses of a host, IPv4 before IPv6; an address is its own answer, ``localhost`` is loopback (RFC 6761).

    Args:
        host: DNS name or address.
        names: which servers to ask, and for how long.
        deadline: monotonic seconds after which nothing more is waited for.

    Raises:
        Unresolved: there is none, or no server answered in time.
        OSError: this machine could not ask (``own.ours`` tells why).
    """
    name = host.rstrip(".").lower()
    try:
        return (str(ipaddress.ip_address(name)),)
    except ValueError:
        pass
    if name == "localhost" or name.endswith(".localhost"):
        return LOOPBACK
    try:
        return _addresses(name, names, deadline)
    except _Unknown as unknown:
        found = () if names.servers else _of_system(name)
        if not found:
            raise Unresolved(str(unknown)) from None
        return found


def controllers(domain: str, names: Names, deadline: float, site: str = "") -> tuple[str, ...]:
    """The domain controllers DNS lists for a domain (SRV ``_ldap._tcp.dc._msdcs``), best first, lower case.

    Those of the site (``_ldap._tcp.SITE._sites.dc._msdcs``) come before all others; a domain that has none there, as
    another forest's, is asked as it would be without. DNS is not authenticated: these are words, and whoever signs in
    by them has to look at them first. They may lie outside the domain, and be no names of hosts.

    Raises:
        Unresolved: there is none, or no server answered in time.
        OSError: this machine could not ask (``own.ours`` tells why).
    """
    of_domain = f"dc._msdcs.{domain.rstrip('.').lower()}"
    try:
        found = _servers(f"_ldap._tcp.{of_domain}", names, deadline)
    except _Unknown as unknown:
        raise Unresolved(str(unknown)) from None
    if not found:
        raise Unresolved(f"DNS says that {domain} has no controller")
    if not site:
        return found
    try:
        near = _servers(f"_ldap._tcp.{site.lower()}._sites.{of_domain}", names, deadline)
    except (_Unknown, Unresolved) as error:
        log.info("controllers of %s in site %s: %s", domain, site, error)
        return found
    known = set(found)  # a site's list names controllers of the domain; what it alone names is none
    return tuple(dict.fromkeys((*(name for name in near if name in known), *found)))


def _servers(name: str, names: Names, deadline: float) -> tuple[str, ...]:
    records = cast("Iterable[SRV]", _ask(name, "SRV", names, deadline))
    return in_order((record.priority, record.weight, record.target.to_text(omit_final_dot=True)) for record in records)


def in_order(records: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """Host names by priority, then the heavier first, then by name, each once.

    RFC 2782 draws lots by weight; a scanner shall ask the same controller every day. A target of "." means that the
    service is not offered.
    """
    ordered = sorted((priority, -weight, target.lower()) for priority, weight, target in records)
    return tuple(dict.fromkeys(target for _, _, target in ordered if target not in ("", ".", "@")))


def _addresses(name: str, names: Names, deadline: float) -> tuple[str, ...]:
    """A and AAAA; a server that fails on one of them does not hide the other."""
    found: list[str] = []
    problem: _Unknown | Unresolved | None = None
    for kind in ("A", "AAAA"):
        try:
            found += [str(record) for record in _ask(name, kind, names, deadline)]
        except _Unknown as unknown:
            problem = problem or unknown
        except Unresolved as unresolved:
            problem = unresolved
            if not found:
                break
    if not found and problem is not None:
        raise problem
    return tuple(dict.fromkeys(found))[:MOST_ADDRESSES]


def _ask(name: str, kind: str, names: Names, deadline: float) -> tuple[object, ...]:
    lifetime = min(names.lifetime, deadline - time.monotonic())
    if lifetime <= 0:
        raise Unresolved(f"no time was left to look up {name}")
    servers = list[object](names.servers)
    try:
        resolver = dns.resolver.Resolver(configure=not names.servers)
        if names.servers:
            resolver.nameservers = list(names.servers)
        servers = list[object](resolver.nameservers)
        answer = resolver.resolve(name, kind, lifetime=lifetime, search="." not in name)
        return tuple(answer.rrset or ())
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        raise _Unknown(f"DNS has no {kind} record for {name}") from None
    except (dns.exception.DNSException, OSError, ValueError) as error:
        own = next((cause for cause in _causes(error) if ours(cause)), None)
        if own is not None:
            raise own from None
        if isinstance(error, dns.resolver.NoResolverConfiguration):
            raise _Unknown("no DNS server is configured here") from None
        if isinstance(error, dns.resolver.LifetimeTimeout):
            asked = ", ".join(map(str, servers))
            raise Unresolved(f"no DNS server answered for {name} within {lasting(lifetime)} ({asked})") from None
        raise Unresolved(f"{name} cannot be looked up: {_why(error)}") from None


def _why(error: Exception) -> str:
    if isinstance(error, dns.resolver.NoNameservers):
        return "every DNS server failed or refused to answer"
    if isinstance(error, OSError):
        return reason(error)
    if isinstance(error, UnicodeError | dns.name.LabelTooLong | dns.name.NameTooLong | dns.name.EmptyLabel):
        return "it is no name that DNS can hold"
    return "DNS gave no usable answer"


def _causes(error: BaseException) -> Iterable[OSError]:
    """What the system said to each attempt; dnspython keeps it beside its own words."""
    tried = cast("Any", error).kwargs.get("errors") if isinstance(error, dns.exception.DNSException) else None
    attempts = cast("list[tuple[object, ...]]", tried or [])
    found = (error, error.__context__, *(part for attempt in attempts for part in attempt))
    return (cause for cause in found if isinstance(cause, OSError))


def _of_system(name: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))
