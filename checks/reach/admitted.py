"""Whether a host's own firewall lets a migration in, by an attempt that connected, else by its settings and rules."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from checks.common.firewall import FIREWALL, Decision, Flow, decide
from checks.common.probing import MIGRATION, endpoint, probe, reached
from checks.migration.networks import Local, local_addresses
from checks.reach.listener import settle
from scanner.api import (
    Fact,
    Gap,
    MissingEvidence,
    Status,
    Verdict,
    View,
    failed,
    joined,
    passed,
    powershell,
    tell,
    unknown,
)
from scanner.facts.firewall import FirewallRule
from scanner.facts.hyperv import MigrationService
from scanner.facts.network import ConnectionProfile, EndpointProbe

ADMITTING: tuple[type[Fact], ...] = (*FIREWALL, ConnectionProfile, MigrationService)
"""What a check declares that asks this, beside what probes need."""
BUILT_IN = "VIRT-MIGL-In-TCP-NoScope"
"""The rule that comes with the role; its display name is localised (D4)."""
PROFILES = {0: "Public", 1: "Private", 2: "Domain"}
"""by category of the network"""
WANTED = tell("an active rule that lets TCP {migration} in to vmms, and none that keeps it out", migration=MIGRATION)


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes the connections that come in on a port."""

    port: int
    program: str
    """the end of its path"""
    service: str = ""


MIGRATIONS = Taker(MIGRATION, r"\system32\vmms.exe", "vmms")


def admitted(view: View, source: str, host: str, addresses: Iterable[Local]) -> list[Verdict]:
    """The verdict on every address of the host at which a source may come in.

    Raises:
        MissingEvidence: no attempt connected, and what decides could not be read.
    """
    every = {str(local.address): local for local in addresses}
    enters = any(_connects(view, source, host, text) for text in every)
    tried = {text: _admitted(view, source, host, local, enters=enters) for text, local in every.items()}
    return settle(view, source, host, tried) if enters else list(tried.values())


def _connects(view: View, source: str, host: str, text: str) -> bool:
    return reached(view, source, endpoint(text, MIGRATION), destination=host).status is Status.PASS


def _admitted(view: View, source: str, host: str, local: Local, *, enters: bool) -> Verdict:
    """The verdict on one address; ``enters``: the source comes in there, or at another one."""
    where = tell("{endpoint} from {source}", endpoint=endpoint(str(local.address), MIGRATION), source=source)
    if _connects(view, source, host, str(local.address)):
        note = ""
        with suppress(MissingEvidence):
            told = [one for one in decisions(view, source, host, local) if one.lets_in is not True]
            note = tell("an attempt outweighs what is read: {why}", why=told[0].why) if told else ""
        return passed(tell("{where} connects", where=where), note=note)
    found = decisions(view, source, host, local)
    against = [one for one in found if one.lets_in is False]
    if against and len(against) == len(found):
        return failed(
            tell("{where}: {words}", where=where, words=words(against)), WANTED, _remedy(view, source, host, local)
        )
    if against or any(one.lets_in is None for one in found):
        doubt = words(one for one in found if one.lets_in is not True)
        return unknown(tell("{where}: {doubt}", where=where, doubt=doubt), wanted=WANTED)
    if not enters and _vanished(view, source, host, local):
        told = tell(
            "{words}; yet the attempt found no answer, and what stops it is not told here (see RCH-01)",
            words=words(found),
        )
        return unknown(tell("{where}: {told}", where=where, told=told), wanted=WANTED)
    return passed(tell("{where}: {words}", where=where, words=words(found)))


def words(found: Iterable[Decision]) -> str:
    """Why, each reason once."""
    return joined("; ", dict.fromkeys(one.why for one in found))


def decisions(
    view: View, source: str, host: str, local: Local, activated: str = "", taker: Taker = MIGRATIONS
) -> list[Decision]:
    """What the firewall does in each profile that may apply; all of them where Windows names none.

    The check must declare ``FIREWALL``, ``ConnectionProfile``, and the addresses and adapters of both.

    Raises:
        MissingEvidence: what decides could not be read.
    """
    rows = [row.category for row in view.rows(ConnectionProfile, host) if row.interface == local.interface]
    if odd := [number for number in rows if number not in PROFILES]:
        raise MissingEvidence(
            tell(
                "ConnectionProfile of {host}: category {odd} of interface {interface}",
                host=host,
                odd=odd[0],
                interface=local.interface,
            )
        )
    here = [one.address for one in local_addresses(view, source, held=True) if one.up is not False]
    near = [address for address in here if address in local.network]
    same = [address for address in here if address.version == local.address.version]
    flow = Flow(taker.port, taker.program, taker.service, local.network, local.address, tuple(near or same))
    return [decide(view, host, PROFILES[n], flow, activated=activated) for n in dict.fromkeys(rows or PROFILES)]


def _remedy(view: View, source: str, host: str, local: Local) -> str:
    """The command that makes the rule active that comes with the role; only where it is there, and lets it in then."""
    there = [rule for rule in view.rows(FirewallRule, host) if rule.name.lower() == BUILT_IN.lower()]
    if not there or not all(one.lets_in for one in decisions(view, source, host, local, BUILT_IN)):
        return ""
    return powershell(f"Enable-NetFirewallRule -CimSession <host> -Name '{BUILT_IN}'", host=host)


def _vanished(view: View, source: str, host: str, local: Local) -> bool:
    """Whether an attempt found no answer where the host may listen; where nobody does, the firewall answers nothing."""
    answer, services = probe(view, source, endpoint(str(local.address), MIGRATION)), view.ask(MigrationService, host)
    told = () if isinstance(services, Gap) else services
    listens = not told or any(str(local.address) in row.addresses for row in told)
    return listens and isinstance(answer, EndpointProbe) and answer.outcome == "TimedOut"
