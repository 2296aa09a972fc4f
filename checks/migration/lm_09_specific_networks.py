"""A host that accepts migrations on any network lets the memory of virtual machines cross whatever is plugged in.

Passes when the host lists its migration networks and nothing else is open. Warns when any network is used, also when
that holds for one address family only. Does not apply when no network at all accepts migrations (LM-08 says so).
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.migration.choosing import CHOOSING, choose_networks
from checks.migration.networks import FAMILIES, migration_networks
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)


@check(
    id="LM-09",
    title="Specific networks are chosen instead of any network",
    warns="Migrations may use any available network",
    severity=Severity.HIGH,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="S0-S3 #consider-options-for-authentication-and-networking (network preference)",
    needs=CHOOSING,
    remedy="List private networks for migrations and stop the use of any available network.",
)
def specific_networks(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    if setting.flag or setting.families:
        one = "" if setting.any_network else tell(" (IPv{min} only)", min=min(setting.families))
        contradicts = setting.flag is False and setting.families == FAMILIES
        return warned(
            tell("any available network{one}", one=one),
            tell("chosen migration networks only"),
            "" if contradicts else choose_networks(view, host.host),
            works=tell("every network that is open to migrations takes them, the planned one among them"),
            note=tell("the Hyper-V module says otherwise: look at the host's settings") if contradicts else "",
        )
    if setting.unread:
        return unknown(setting.unread, wanted=tell("chosen migration networks only"))
    if setting.listed:
        return passed(listing(setting.listed))
    return not_applicable(tell("no network accepts migrations at all; see LM-08"))
