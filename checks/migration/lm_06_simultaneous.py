"""Moves wait for each other when few may run at once, and slow each other down when many do; of none, nothing moves.

Passes when the host allows at least one live migration at a time, and no more than the estate's threshold (10 unless
chosen otherwise; Windows allows 2 unless told otherwise). More is a warning, and none a failure. Where the other host
of a planned move allows another number, a note says so. Does not apply to a node of a cluster, which sets the number.
"""

from __future__ import annotations

from checks.common.member import is_member
from checks.common.migrating import partners
from checks.common.parts import listing
from checks.migration.limits import DEFAULT, LIMITS, allow, at_once, others
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
    warned,
)
from scanner.facts.host import ClusterInfo, Service


@check(
    id="LM-06",
    title="Simultaneous live migrations limit is sensible",
    fails="Host allows no live migration at a time",
    warns="Host allows more live migrations at a time than is sensible",
    severity=Severity.LOW,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.HOST,
    seed="S0-S3 #use-hyper-v-manager-to-set-up-the-source-and-destination-computers-for-live-migration item 5",
    needs=(*LIMITS, Service, ClusterInfo),
    remedy="Choose the number of simultaneous live migrations in the Hyper-V settings of the host.",
)
def simultaneous(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not partners(view, host.host):
        return not_applicable(tell("no planned route starts or ends here"))
    if is_member(view, host.host):
        return not_applicable(tell("the host is a node of a failover cluster, which sets the number"))
    number, most = at_once(view, host.host), view.estate.thresholds.migrations_at_most
    if number == 0:
        return failed(
            tell("no live migration at a time"), tell("1 to {most}", most=most), allow(view, host.host, DEFAULT)
        )
    differ = listing(others(view, host.host, number))
    note = tell("between two hosts the lower number counts: {differ}", differ=differ) if differ else ""
    seen = tell("{number} at a time", number=number)
    if number <= most:
        return passed(seen, note=note)
    works = tell("moves that share network and disks with many others take longer, and arrive")
    return warned(seen, tell("1 to {most}", most=most), allow(view, host.host, most), works=works, note=note)
