"""A listed migration network that none of the host's addresses lies in takes no migration, for nothing listens there.

Passes when every listed network holds an address of the host on an adapter that is up. Warns when some do not. Fails
when none does. Does not apply when nothing is listed or any network is used. Networks that overlap are noted, and those
in which a planned source holds every address of the host itself: NET-09 judges its way.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.migration.choosing import CHOOSING, choose_networks, idle
from checks.migration.listed import notes
from checks.migration.networks import holds, local_addresses, migration_networks
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)

WANTED = tell("an address of the host, on an adapter that is up, in every listed network")


@check(
    id="LM-10",
    title="Each listed subnet matches a local address of the host",
    fails="No listed subnet holds an address that the host has in use",
    warns="Some listed subnets hold no address that the host has in use",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    follows=("LM-08",),
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="S0-S3 #use-hyper-v-manager-to-set-up-the-source-and-destination-computers-for-live-migration item 6",
    needs=CHOOSING,
    remedy="List the networks that the host's migration adapters are really in, or bring the adapters there up.",
)
def subnet_matches(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    if setting.any_network:
        return not_applicable(tell("any available network is used"))
    if not setting.listed or setting.unread:
        return unknown(setting.unread) if setting.unread else not_applicable(tell("no migration network is listed"))
    addresses = local_addresses(view, host.host)
    empty = [network for network in setting.listed if holds(network, addresses) is False]
    if unsure := [network for network in setting.listed if holds(network, addresses) is None]:
        return unknown(
            tell(
                "NetworkAdapter of {host}: whether the adapters of {unsure} are up is not known",
                host=host.host,
                unsure=listing(unsure),
            )
        )
    if not empty:
        return passed(listing(setting.listed), note=notes(view, host.host, setting.listed, addresses))
    seen = tell(
        "no address in {empty}; the host's own: {address}",
        empty=listing(empty),
        address=listing(a.address for a in addresses) or tell("none"),
    )
    there = idle(view, host.host, empty)  # what is wrong is that address or its adapter, and not the list
    remedy = "" if there else choose_networks(view, host.host, without=empty, add=len(empty) == len(setting.listed))
    note = (
        tell("{there} lies there, and is not in use: see to the address and its adapter", there=listing(there))
        if there
        else ""
    )
    if len(empty) == len(setting.listed):
        return failed(seen, WANTED, remedy, note=note)
    return warned(seen, WANTED, remedy, note=note, works=tell("the other listed networks hold an address of the host"))
