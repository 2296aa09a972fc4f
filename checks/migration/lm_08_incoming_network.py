"""A destination takes migrations only on networks it was told to; with none of them nothing can come in.

Passes when the host accepts migrations on any network, or lists at least one. Fails when it accepts none. Warns when
only one address family is open to any network, and when the Hyper-V module and the raw settings contradict each other
but a network in which the host has an address is open by both; otherwise such a contradiction is UNKNOWN. Without the
module's answer the raw settings decide where they are plain; no row at all is then UNKNOWN.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.migration.choosing import CHOOSING, choose_networks
from checks.migration.listed import open_by_both
from checks.migration.networks import FAMILIES, Local, MigrationNetworks, local_addresses, migration_networks
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell, unknown, warned

WANTED = tell("at least one migration network")


@check(
    id="LM-08",
    title="Incoming migrations have at least one usable network",
    fails="No network accepts incoming migrations",
    warns="Incoming migrations have one address family alone, or settings contradict each other",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="S0-S3 #use-hyper-v-manager-to-set-up-the-source-and-destination-computers-for-live-migration item 6",
    needs=CHOOSING,
    remedy="List the networks on which the host shall accept migrations.",
)
def incoming_network(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    everything, told = setting.families == FAMILIES, bool(setting.listed or setting.families)  # a row of none adds none
    if setting.flag is True and (everything or (setting.unread and not told)):
        return passed(tell("any available network"))
    if setting.flag is not None and setting.flag != everything and (told or not setting.unread):
        return _contradiction(setting, local_addresses(view, host.host))
    if everything:
        return passed(tell("any available network"), note=tell("told by the raw settings; the module did not answer"))
    if setting.listed:
        return passed(listing(setting.listed))
    if setting.families:
        family = tell("IPv{min}", min=min(setting.families))
        return warned(
            tell("any network, but {family} only", family=family),
            WANTED,
            works=tell("addresses of {family} take migrations", family=family),
        )
    if setting.unread:
        return unknown(setting.unread, wanted=WANTED)
    return failed(tell("no network accepts migrations"), WANTED, choose_networks(view, host.host))


def _contradiction(setting: MigrationNetworks, own: tuple[Local, ...]) -> Verdict:
    told = tell("any available network") if setting.flag else tell("chosen networks only")
    listed = listing(setting.listed) or tell("no such row")
    rows = tell("any available network") if setting.families == FAMILIES else listed
    seen = tell("the module says {told}; the settings say {rows}", told=told, rows=rows)
    note = tell("the two contradict each other: look at the host")
    if both := open_by_both(setting, own):
        return warned(seen, WANTED, works=tell("by both, {both} takes migrations", both=listing(both)), note=note)
    return unknown(tell("{seen}; {note}", seen=seen, note=note), wanted=WANTED)
