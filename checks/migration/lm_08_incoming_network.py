"""A destination takes migrations only on networks it was told to; with none of them nothing can come in.

Passes when the host accepts migrations on any network, or lists at least one. Fails when it accepts none. Warns when
only one address family is open to any network, and when the Hyper-V module and the raw settings contradict each other
but a network in which the host has an address is open by both; otherwise such a contradiction is UNKNOWN. Without the
module's answer the raw settings decide where they are plain; no row at all is then UNKNOWN.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.migration.choosing import CHOOSING, choose_networks
from checks.migration.networks import FAMILIES, Local, MigrationNetworks, holds, local_addresses, migration_networks
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, unknown, warned

WANTED = "at least one migration network"


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
        return passed("any available network")
    if setting.flag is not None and setting.flag != everything and (told or not setting.unread):
        return _contradiction(setting, local_addresses(view, host.host))
    if everything:
        return passed("any available network", note="told by the raw settings; the module did not answer")
    if setting.listed:
        return passed(listing(setting.listed))
    if setting.families:
        family = f"IPv{min(setting.families)}"
        return warned(f"any network, but {family} only", WANTED, works=f"addresses of {family} take migrations")
    if setting.unread:
        return unknown(setting.unread, wanted=WANTED)
    return failed("no network accepts migrations", WANTED, choose_networks(view, host.host))


def _contradiction(setting: MigrationNetworks, own: tuple[Local, ...]) -> Verdict:
    told = "any available network" if setting.flag else "chosen networks only"
    rows = "any available network" if setting.families == FAMILIES else listing(setting.listed) or "no such row"
    seen, note = f"the module says {told}; the settings say {rows}", "the two contradict each other: look at the host"
    both: list[object] = [network for network in setting.listed if holds(network, own)]
    families = {local.address.version for local in own if local.up}
    both += [f"every IPv{family} network" for family in setting.families & families if setting.flag]
    if both:
        return warned(seen, WANTED, works=f"by both, {listing(both)} takes migrations", note=note)
    return unknown(f"{seen}; {note}", wanted=WANTED)
