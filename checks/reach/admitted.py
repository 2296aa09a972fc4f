"""Whether a host's own firewall lets a migration in, by an attempt that connected, else by its settings and rules."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from checks.common.firewall import FIREWALL, Decision, Flow, decide
from checks.common.probing import MIGRATION, endpoint, probe, reached
from checks.migration.networks import Local, local_addresses
from checks.reach.listener import settle
from scanner.api import Fact, Gap, MissingEvidence, Status, Verdict, View, failed, passed, powershell, unknown
from scanner.facts.firewall import FirewallRule
from scanner.facts.hyperv import MigrationService
from scanner.facts.network import ConnectionProfile, EndpointProbe

ADMITTING: tuple[type[Fact], ...] = (*FIREWALL, ConnectionProfile, MigrationService)
"""What a check declares that asks this, beside what probes need."""
BUILT_IN = "VIRT-MIGL-In-TCP-NoScope"
"""The rule that comes with the role; its display name is localised (D4)."""
PROFILES = {0: "Public", 1: "Private", 2: "Domain"}
"""by category of the network"""
WANTED = f"an active rule that lets TCP {MIGRATION} in to vmms, and none that keeps it out"


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
    where = f"{endpoint(str(local.address), MIGRATION)} from {source}"
    if _connects(view, source, host, str(local.address)):
        note = ""
        with suppress(MissingEvidence):
            told = [one for one in _decisions(view, source, host, local) if one.lets_in is not True]
            note = f"an attempt outweighs what is read: {told[0].why}" if told else ""
        return passed(f"{where} connects", note=note)
    decisions = _decisions(view, source, host, local)
    against = [one for one in decisions if one.lets_in is False]
    if against and len(against) == len(decisions):
        return failed(f"{where}: {_words(against)}", WANTED, _remedy(view, source, host, local))
    if against or any(one.lets_in is None for one in decisions):
        doubt = _words(one for one in decisions if one.lets_in is not True)
        return unknown(f"{where}: {doubt}", wanted=WANTED)
    if not enters and _vanished(view, source, host, local):
        told = f"{_words(decisions)}; yet the attempt found no answer, and what stops it is not told here (see RCH-01)"
        return unknown(f"{where}: {told}", wanted=WANTED)
    return passed(f"{where}: {_words(decisions)}")


def _words(decisions: Iterable[Decision]) -> str:
    return "; ".join(dict.fromkeys(one.why for one in decisions))


def _decisions(view: View, source: str, host: str, local: Local, activated: str = "") -> list[Decision]:
    """What the firewall does in each profile that may apply; all of them where Windows names none."""
    rows = [row.category for row in view.rows(ConnectionProfile, host) if row.interface == local.interface]
    if odd := [number for number in rows if number not in PROFILES]:
        raise MissingEvidence(f"ConnectionProfile of {host}: category {odd[0]} of interface {local.interface}")
    here = [one.address for one in local_addresses(view, source, held=True) if one.up is not False]
    near = [address for address in here if address in local.network]
    same = [address for address in here if address.version == local.address.version]
    flow = Flow(MIGRATION, r"\system32\vmms.exe", "vmms", local.network, local.address, tuple(near or same))
    return [decide(view, host, PROFILES[n], flow, activated=activated) for n in dict.fromkeys(rows or PROFILES)]


def _remedy(view: View, source: str, host: str, local: Local) -> str:
    """The command that makes the rule active that comes with the role; only where it is there, and lets it in then."""
    there = [rule for rule in view.rows(FirewallRule, host) if rule.name.lower() == BUILT_IN.lower()]
    if not there or not all(one.lets_in for one in _decisions(view, source, host, local, BUILT_IN)):
        return ""
    return powershell(f"Enable-NetFirewallRule -CimSession <host> -Name '{BUILT_IN}'", host=host)


def _vanished(view: View, source: str, host: str, local: Local) -> bool:
    """Whether an attempt found no answer where the host listens; where nobody does, the firewall answers nothing."""
    answer, services = probe(view, source, endpoint(str(local.address), MIGRATION)), view.ask(MigrationService, host)
    listens = isinstance(services, Gap) or any(str(local.address) in row.addresses for row in services)
    return listens and isinstance(answer, EndpointProbe) and answer.outcome == "TimedOut"
