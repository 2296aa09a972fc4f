"""A VMM server that is registered in another vault cannot be registered again; one that is said to be must hold it.

Only whether the machine holds a registration is looked at: its values may be secrets, so the vault is not known. Passes
when there is none before the server is registered, and when there is one, here or on another node of its cluster, where
the estate says that servers are registered. UNKNOWN when there is one before: of this vault it may be used again, of
another one registering fails (KB 3093574). UNKNOWN, too, when the estate says that servers are registered and none is
there.
"""

from __future__ import annotations

from checks.common.vmm_nodes import cluster_of, members
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, passed, scopes, tell, unknown
from scanner.facts.host import ClusterInfo
from scanner.facts.provider import AsrRegistration

AGAIN = tell(
    "If the server is registered in this vault, say [site_recovery] registered = true. "
    "If it is one of another vault that is no longer used, back up and delete the "
    "registry key Registration as KB 3093574 tells, then register."
)


@check(
    id="ASR-05",
    title="No earlier registration is in the way",
    severity=Severity.HIGH,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="beyond seeds",
    needs=(AsrRegistration, ClusterInfo),
    remedy=AGAIN,
)
def no_other_registration(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    holds, said = bool(view.rows(AsrRegistration, server.host)), view.estate.site_recovery.registered
    if not holds and not said:
        return passed(tell("not registered"))
    if holds and said:
        return passed(tell("registered"), note=tell("in which vault is not read"))
    if holds:
        return unknown(
            tell("registered already, in which vault is not read. {again}", again=AGAIN), wanted=tell("no registration")
        )
    cluster = cluster_of(view, server.host)
    for other in members(view, cluster) if cluster else ():
        if view.rows(AsrRegistration, other):
            return passed(tell("{other}, a node of the same cluster, is registered", other=other))
    reason = tell("the estate says that VMM servers are registered, and this one holds no registration")
    return unknown(
        tell("{reason}: correct [site_recovery] registered, or look where it is", reason=reason),
        wanted=tell("a registration"),
    )
