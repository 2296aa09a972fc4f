"""One switch lets live migrations leave a host and enter it; while it is off, no move can start or end there.

Passes when Windows says that live migration is enabled. Fails when it is disabled. Unknown where the Hyper-V module
says otherwise than the raw settings, and where they allow none at a time, of machines or of disks that must move, be it
because the plan says so or because they lie on the source. Does not apply to a host that no planned route touches, nor
to a node of a failover cluster, where the cluster governs migrations; nor where disks alone move, which the switch does
not stop, unless none may move at a time.
"""

from __future__ import annotations

from checks.common.disks import DISKS, disks_move
from checks.common.enabling import ENABLING, enable
from checks.common.member import is_member
from checks.common.migrating import TWO_WAYS, is_enabled, none_at_a_time
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


@check(
    id="LM-01",
    title="Live migration is enabled on both hosts",
    fails="Live migration is disabled",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    scope=scopes.HOST,
    seed="S0-S3 #use-hyper-v-manager-to-set-up-the-source-and-destination-computers-for-live-migration item 4",
    needs=(*TWO_WAYS, *ENABLING, *DISKS),
    remedy="Enable incoming and outgoing live migrations in the Hyper-V settings of the host.",
)
def enabled(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    routes = [route for route in view.estate.routes if host.host in (route.source, route.destination)]
    if not routes:
        return not_applicable(tell("no planned route starts or ends here"))
    if is_member(view, host.host):
        return not_applicable(tell("the host is a node of a failover cluster, which governs its migrations"))
    machines = any(route.machines for route in routes)
    if machines and not is_enabled(view, host.host):
        note = tell("one switch covers incoming and outgoing migrations")
        return failed(
            tell("live migration is disabled"),
            "EnableVirtualSystemMigration = True",
            enable(view, host.host),
            note=note,
        )
    none = none_at_a_time(view, host.host) if machines else ""
    of_disks = none_at_a_time(view, host.host, machines=False, disks=True)
    if of_disks and any(disks_move(view, route.source, route.destination) for route in routes):
        none = none or of_disks
    if none:
        return unknown(none, wanted=tell("at least one at a time"))
    return (
        passed(tell("live migration is enabled"))
        if machines
        else not_applicable(tell("only disks move, and no machine"))
    )
