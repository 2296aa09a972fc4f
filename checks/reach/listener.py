"""The addresses on which a host listens for migrations, and what it means when only some of them are reached."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace

from checks.common.enabling import enable
from checks.common.holders import others
from checks.common.parts import listing
from checks.common.probing import MIGRATION, endpoint, reached
from checks.migration.networks import local_addresses, migration_networks
from checks.reach.shut import nobody_enters
from scanner.api import Gap, MissingEvidence, Status, Verdict, View, failed, passed, powershell, tell, unknown
from scanner.facts.hyperv import MigrationService, MigrationSettings


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a host listens for migrations."""

    addresses: tuple[str, ...]
    """those that other machines can reach, within the networks it accepts"""
    none: str = ""
    """why there are none"""
    silent: bool = False
    """there are none because it does not listen at all"""
    unread: str = ""
    """what could not be read of the networks it accepts; then all its addresses count"""


def listening(view: View, host: str) -> Listening:
    """The host's listener. The check must declare ``MigrationService``, ``MigrationNetwork`` and ``VMHost``.

    Raises:
        MissingEvidence: the listener could not be read.
    """
    everywhere = view.one(MigrationService, host).addresses
    if not everywhere:
        return Listening(
            (), tell("{host} does not listen for migrations on any address that can be reached", host=host), silent=True
        )
    setting = migration_networks(view, host)
    unread = "" if setting.any_network else setting.unread
    if unread:
        return Listening(everywhere, unread=unread)
    within = tuple(text for text in everywhere if setting.accepts(ipaddress.ip_address(text)))
    where = tell(
        "{host} listens for migrations on {everywhere} only, in none of the networks it accepts",
        host=host,
        everywhere=listing(everywhere),
    )
    return Listening(within, "" if within else where)


def nowhere(view: View, host: str, found: Listening) -> Verdict:
    """The failure of a host without a listener; a command only where a setting that is off is the reason.

    The check must declare ``MigrationSettings`` and ``ENABLING``.
    """
    rows = view.ask(MigrationSettings, host) if found.silent else ()
    off = not isinstance(rows, Gap) and len(rows) == 1 and not rows[0].enabled
    remedy = enable(view, host) if off else ""
    return failed(
        found.none,
        tell("a listener on TCP {migration}", migration=MIGRATION),
        remedy,
        note=tell("see LM-01, LM-08 and LM-10"),
    )


def connection(view: View, source: str, host: str, address: str) -> Verdict:
    """Whether the source reaches the listener, and not another machine."""
    return reached(view, source, endpoint(address, MIGRATION), destination=host)


def open_up(view: View, host: str, found: Listening) -> str:
    """The command that lets the migration port in; only where every attempt of anybody at it found no answer."""
    if not nobody_enters(view, host, MIGRATION, *found.addresses):
        return ""
    return powershell("Enable-NetFirewallRule -CimSession <host> -Name 'VIRT-MIGL-In-TCP-NoScope'", host=host)


def settle(view: View, source: str, host: str, tried: Mapping[str, Verdict]) -> list[Verdict]:
    """Verdicts by address of the listener, where the source may do without some of the addresses.

    When another address connects, one in a network that the source is not in is a warning, for it is there for other
    sources, and no more than a note where another machine holds it, too, as that of an internal switch. One in a
    network of the source stays a failure: a migration prefers it.
    """
    failing = {address: verdict for address, verdict in tried.items() if verdict.status is Status.FAIL}
    if not failing or not any(verdict.status is Status.PASS for verdict in tried.values()):
        return list(tried.values())
    try:
        networks = [local.network for local in local_addresses(view, source) if local.up is not False]
    except MissingEvidence as missing:
        rest = [verdict for verdict in tried.values() if verdict.status is not Status.FAIL]
        return [
            *rest,
            *(unknown(tell("{seen}; {missing}", seen=verdict.seen, missing=missing)) for verdict in failing.values()),
        ]
    settled: list[Verdict] = []
    for text, verdict in tried.items():
        address = ipaddress.ip_address(text)
        if verdict.status is not Status.FAIL or any(address in network for network in networks):
            settled.append(verdict)
        elif others(view, address, host):
            settled.append(
                passed("", note=tell("{address}, which another machine holds, too, does not connect", address=address))
            )
        else:
            works = tell("{source} connects to another address on which {host} listens", source=source, host=host)
            settled.append(replace(verdict, status=Status.WARN, works=works, note=tell("another address connects")))
    return settled
