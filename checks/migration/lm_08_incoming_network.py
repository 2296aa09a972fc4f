"""A destination takes migrations only on networks it was told to; with none of them nothing can come in.

Passes when the host accepts migrations on any network, or lists at least one. Fails when it accepts none. Warns when
only one address family is open to any network, and when the Hyper-V module and the raw settings contradict each other.
Without the module's answer the raw settings decide where they are plain; no row at all is then UNKNOWN.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.migration.networks import FAMILIES, choose_networks, migration_networks
from scanner.api import Severity, Subject, Verdict, View, check, failed, passed, scopes, unknown, warned
from scanner.facts.hyperv import MigrationNetwork, VMHost


@check(
    id="LM-08",
    title="Incoming migrations have at least one usable network",
    severity=Severity.CRITICAL,
    scope=scopes.DESTINATION,
    seed="S0-S3 #use-hyper-v-manager-to-set-up-the-source-and-destination-computers-for-live-migration item 6",
    needs=(VMHost, MigrationNetwork),
    remedy="List the networks on which the host shall accept migrations.",
)
def incoming_network(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    wanted, remedy = "at least one migration network", choose_networks(view, host.host)
    everything = setting.families == FAMILIES
    if setting.flag is True and (everything or setting.unread):
        return passed("any available network")
    if setting.flag is not None and not setting.unread and setting.flag != everything:
        told = "any available network" if setting.flag else "chosen networks only"
        rows = "any available network" if everything else listing(setting.listed) or "no such row"
        seen = f"the module says {told}; the settings say {rows}"
        return warned(seen, wanted, remedy, note="the two contradict each other: look at the host's settings")
    if everything:
        return passed("any available network", note="told by the raw settings; the module did not answer")
    if setting.listed:
        return passed(listing(setting.listed))
    if setting.families:
        return warned(f"any network, but IPv{min(setting.families)} only", wanted, remedy)
    if setting.unread:
        return unknown(setting.unread, wanted=wanted)
    return failed("no network accepts migrations", wanted, remedy)
