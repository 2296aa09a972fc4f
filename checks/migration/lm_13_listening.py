"""Settings open nothing by themselves: what takes a migration is the service, at the addresses where it listens.

Passes when the migration service says that it listens at an address of the host, on an adapter that is up, on which
the host accepts migrations. Fails when it names none, or only such as nobody else can reach or that are not in the
migration networks; unknown where an attempt connected to a migration address all the same. Does not apply while live
migration is disabled.
"""

from __future__ import annotations

from checks.common.migrating import TWO_WAYS, is_enabled
from checks.common.parts import listing
from checks.migration.choosing import CHOOSING
from checks.migration.listener import answers, at_migration_addresses, reachable
from checks.migration.networks import migration_networks, usable
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
)
from scanner.facts.hyperv import MigrationService

WANTED = tell("TCP 6600 at an address in a migration network")
RESTART = tell(
    "Start the service vmms again while nothing is moved, backed up or merged there: machines run on meanwhile."
)


@check(
    id="LM-13",
    title="VMMS really listens on migration addresses",
    fails="VMMS listens at no migration address",
    severity=Severity.HIGH,
    who=Who.HOST,
    follows=("LM-08", "LM-10"),
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="beyond seeds",
    needs=(*TWO_WAYS, MigrationService, *CHOOSING),
    remedy="See to the migration networks (LM-08, LM-10); then start the service vmms again.",
)
def listening(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    name = host.host
    if not is_enabled(view, name):
        return not_applicable(tell("live migration is disabled; see LM-01"))
    there, setting = at_migration_addresses(view, name), migration_networks(view, name)
    if any(local.up for local in there):
        return passed(listing(local.address for local in there if local.up))
    if there:
        return unknown(
            tell(
                "NetworkAdapter of {name}: whether the adapter of {address} is up is not known",
                name=name,
                address=there[0].address,
            )
        )
    if setting.unread and not setting.any_network:
        return unknown(setting.unread, wanted=WANTED)
    service = view.one(MigrationService, name)
    told = reachable(service)
    seen = (
        tell("listens at {told} alone", told=listing(told or service.listening))
        if service.listening
        else tell("listens at no address")
    )
    if met := answers(view, name):
        return unknown(tell("the service says that it {seen}, yet {met}", seen=seen, met=met), wanted=WANTED)
    note = tell("no other machine reaches these") if service.listening and not told else ""
    remedy = RESTART if usable(view, name) else ""
    return failed(seen, WANTED, remedy, note=note or ("" if remedy else tell("see LM-08 and LM-10")))
