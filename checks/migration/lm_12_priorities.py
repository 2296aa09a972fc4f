"""Of several migration networks the one with the lowest number is tried first: that should be the fastest.

Passes whatever the numbers are, since each of the networks takes migrations; a note tells where the first is not the
fastest, and where all numbers are the same, so that none says which comes first. Does not apply to a host that uses any
network, or lists fewer than two in which it has an address. Unknown where an adapter does not tell its speed.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.migration.networks import migration_networks
from checks.migration.priorities import ranked
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, passed, scopes, tell, unknown
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter


@check(
    id="LM-12",
    title="Network priorities are unambiguous and prefer the fast network",
    severity=Severity.INFO,
    who=Who.HOST,
    follows=("LM-08", "LM-10"),
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="beyond seeds",
    needs=(MigrationNetwork, VMHost, IPAddress, NetworkAdapter),
    remedy="Give the migration network of the fastest adapter the lowest number (Set-VMMigrationNetwork -NewPriority).",
)
def priorities(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    if setting.any_network or setting.families:
        return not_applicable(tell("any available network is used; see LM-09"))
    if setting.unread:
        return unknown(setting.unread)
    networks = ranked(view, host.host)
    if len(networks) < 2:
        return not_applicable(tell("there are no two migration networks in which the host has an address"))
    first, fastest = networks[0], max(networks, key=lambda one: one.speed)
    note = ""
    if len({one.metric for one in networks}) == 1:
        note = tell("all have the same number: none says which is tried first")
    elif first.speed < fastest.speed:
        note = tell("{first} is tried before {fastest}", first=first, fastest=fastest)
    return passed(tell("in this order: {networks}", networks=listing(networks)), note=note)
