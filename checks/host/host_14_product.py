"""Azure Stack HCI, now Azure Local, and Windows Server run the same hypervisor and are two products.

Passes where both hosts of a plan are one kind. Where they differ, the vendor's page on new hardware supports neither
replication nor live migration from Windows Server (azure-stack-docs: migrate-cluster-new-hardware).
Replication is a warning: it is the same on both, and users tell the same (windowsserverdocs #6806 and #7829), but it is
known to fail by no document. For live migration it is unknown, for nobody is known to have tried. Unknown, too,
where the edition is not told on a build that both have.
"""

from __future__ import annotations

from checks.common.client import of_client
from checks.host.product import called, is_stack
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    joined,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import OperatingSystem

WANTED = tell("Windows Server on both, or Azure Local on both")
WORKS = tell("both run the same Hyper-V Replica, and no document says that it fails")

NOT_SUPPORTED = tell(
    "not supported by the vendor's page on new hardware, as told in windowsserverdocs #6806 and #7829, too"
)


@check(
    id="HOST-14",
    title="Source and destination are the same kind of product",
    warns="Source and destination are different kinds of product",
    severity=Severity.LOW,
    who=Who.OPERATOR,
    profiles=Profile,
    by_profile=True,
    of_machines=True,
    scope=scopes.PAIR,
    seed="beyond seeds",
    needs=(OperatingSystem,),
    remedy="Move between hosts of one kind, or use Azure Migrate to reach Azure Local.",
)
def product(pair: Subject, view: View) -> Verdict:
    """Judge two hosts for one kind of move."""
    systems = [view.one(OperatingSystem, host) for host in (pair.source, pair.destination)]
    if any(map(of_client, systems)):
        return not_applicable(tell("one of them runs a client release of Windows, as HOST-02 says"))
    kinds, seen = set(map(is_stack, systems)), joined(" ↔ ", map(called, systems))
    if None in kinds:
        return unknown(
            tell("OperatingSystem: the edition is not told on a build that both products have ({seen})", seen=seen)
        )
    if len(kinds) == 1:
        return passed(seen)
    if view.profile is Profile.LIVE_MIGRATION:
        return unknown(
            tell("{seen}: live migration between them is not supported by the vendor's page", seen=seen), wanted=WANTED
        )
    return warned(seen, WANTED, works=WORKS, note=NOT_SUPPORTED)
