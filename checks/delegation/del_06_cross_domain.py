"""Classic constrained delegation ends at the border of a domain; only resource-based delegation crosses it.

Not applicable to hosts of one domain. Passes when the destination's account names the source (or a group it is in) and
both domains are at functional level 2012 or later. Below that level it is a warning, since each domain needs at least
one controller of Windows Server 2012 or later. Anything else fails, complete classic entries included.
"""

from __future__ import annotations

from checks.delegation.account import member, same_domain
from checks.delegation.coverage import CIFS, MIGRATION
from checks.delegation.verdicts import FORMS, NOT_PROVEN, excused, service_verdict
from scanner.api import (
    Severity,
    Status,
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
    warned,
)
from scanner.facts.directory import DomainInfo

LEVEL_2012 = 5


@check(
    id="DEL-06",
    title="Hosts of different domains use resource-based delegation",
    fails="Source cannot delegate to the destination in another domain",
    warns="A domain of the two hosts is below functional level 2012",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    scope=scopes.ROUTE,
    seed="S0-S3 #requirements-for-setting-up-live-migration and #BKMK_Step1",
    needs=(*FORMS, DomainInfo),
    remedy="Name the source on the destination's computer account, on a controller of the destination's domain.",
)
def cross_domain(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    reason = excused(view, route.source, route.destination)
    if reason:
        return reason
    source, destination = member(view, route.source), member(view, route.destination)
    if same_domain(source, destination):
        return not_applicable(tell("both hosts are in {domain}", domain=source.domain))
    plan = view.route(route.source, route.destination)
    service = MIGRATION if plan is None or plan.machines else CIFS
    verdict = service_verdict(view, route.source, route.destination, service)
    if verdict.status is not Status.PASS:
        return verdict
    levels = {name: view.one(DomainInfo, name).functional_level for name in (source.domain, destination.domain)}
    old = {name: level for name, level in levels.items() if level < LEVEL_2012}
    if not old:
        return passed(verdict.seen, note=NOT_PROVEN)
    seen = joined(
        "; ", (tell("functional level of {name}: {level}", name=name, level=level) for name, level in old.items())
    )
    wanted = tell("level 5 or more, or a controller of Windows Server 2012 or later in each domain")
    works = tell(
        "the destination's directory holds the entry, which only the schema of Windows Server 2012 or later can"
    )
    cure = tell("See that each domain has a controller of Windows Server 2012 or later; its level may then be raised.")
    return warned(seen, wanted, cure, works=works)
