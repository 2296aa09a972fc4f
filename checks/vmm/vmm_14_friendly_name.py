"""A VMM cluster registers under the name of VMM's own role: under another one the vault seems to know a lone server.

Passes when one of the names that the estate says the vault has, or shall have (`friendly_name`), is that of a role of
the cluster that may be VMM's. Warns when none is: the name is shown, and no more. Does not apply to VMM servers that
are no nodes, nor where the estate names none. A role of another known kind, as a virtual machine or a file server, is
never VMM's.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.common.vmm_nodes import members
from scanner.api import (  # fmt: skip
    Profile,
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
from scanner.facts.cluster import ClusterGroup
from scanner.facts.host import ClusterInfo

OTHERS = frozenset({1, 2, *range(100, 107), *range(110, 120)})
"""GroupType of the cluster's own groups, and of roles that are known to be something else (enumeration of clusapi)"""
ANOTHER = tell("Give the name of VMM's role when the server is registered: DRConfigurator.exe /r /Friendlyname NAME.")


@check(
    id="VMM-14",
    title="A clustered VMM is registered under the name of its role",
    warns="A clustered VMM has or gets another name in the vault than that of its role",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_CLUSTER,
    seed="S4 #step-3-install-the-azure-site-recovery-provider item 11",
    needs=(ClusterInfo, ClusterGroup),
    remedy=ANOTHER,
)
def friendly_name(cluster: Subject, view: View) -> Verdict:
    """Judge one VMM cluster."""
    names = view.estate.site_recovery.friendly_names
    if not names:
        return not_applicable(
            tell("the estate does not say how VMM is called in the vault: [site_recovery] friendly_name")
        )
    nodes = members(view, cluster.host)
    roles = {group.name for node in nodes for group in view.rows(ClusterGroup, node) if group.kind not in OTHERS}
    if not roles:
        return unknown(tell("the cluster tells no role that may be VMM's"), wanted=tell("a role of VMM"))
    if found := [name for name in names if name.casefold() in map(str.casefold, roles)]:
        return passed(listing(found))
    works = tell("the name is what the vault shows, and VMM is known there by its VmmID")
    return warned(
        listing(names),
        tell("the name of VMM's role: one of {roles}", roles=listing(sorted(roles))),
        ANOTHER,
        works=works,
    )
