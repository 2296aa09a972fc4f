"""One switch lets live migrations leave a host and enter it; while it is off, no move can start or end there.

Passes when Windows says that live migration is enabled. Fails when it is disabled. Unknown where the Hyper-V module
says otherwise than the raw settings, and where they allow none at a time, of machines or of disks that shall move. Does
not apply to a host that no planned route touches, nor to a node of a failover cluster, where the cluster governs
migrations.
"""

from __future__ import annotations

from checks.common.client import is_client
from checks.common.member import is_member
from checks.common.migrating import TWO_WAYS, is_enabled, none_at_a_time
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    check,
    failed,
    not_applicable,
    passed,
    powershell,
    scopes,
    unknown,
)
from scanner.facts.host import ClusterInfo, OperatingSystem, Service


@check(
    id="LM-01",
    title="Live migration is enabled on both hosts",
    severity=Severity.CRITICAL,
    of_machines=True,
    scope=scopes.HOST,
    seed="S0-S3 #use-hyper-v-manager-to-set-up-the-source-and-destination-computers-for-live-migration item 4",
    needs=(*TWO_WAYS, Service, ClusterInfo, OperatingSystem),
    remedy="Enable incoming and outgoing live migrations in the Hyper-V settings of the host.",
)
def enabled(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    routes = [route for route in view.estate.routes if host.host in (route.source, route.destination)]
    if not routes:
        return not_applicable("no planned route starts or ends here")
    if is_member(view, host.host):
        return not_applicable("the host is a node of a failover cluster, which governs its migrations")
    if is_enabled(view, host.host):
        none = none_at_a_time(view, host.host, disks=any(route.storage for route in routes))
        return unknown(none, wanted="at least one at a time") if none else passed("live migration is enabled")
    enable = powershell("Enable-VMMigration -ComputerName <host>", host=host.host)
    return failed(
        "live migration is disabled",
        "EnableVirtualSystemMigration = True",
        "" if is_client(view, host.host) else enable,
        note="one switch covers incoming and outgoing migrations",
    )
