"""Site Recovery between two VMM sites takes no new servers: whoever is not registered yet cannot be any more.

Passes with a note where the estate says that the VMM servers are registered, and where it says that the closed scenario
is accepted. Fails where it names a key file, which is there to register a server. UNKNOWN where it says nothing of the
kind.
"""

from __future__ import annotations

from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell, unknown

CLOSED = tell(
    "closed to new VMM servers since November 2019 (Azure documentation: deprecation of "
    "disaster recovery between customer-managed sites with VMM, "
    "scvmm-site-recovery-deprecation)"
)
INSTEAD = tell(
    "Use Hyper-V Replica directly, or replicate to Azure. If the servers are registered, "
    "say [site_recovery] registered = true; if this is known and wanted, closed_scenario "
    '= "accepted".'
)


@check(
    id="ASR-01",
    title="VMM servers are registered already: the scenario takes no new ones",
    fails="VMM servers are still to be registered, and the scenario takes no new ones",
    severity=Severity.CRITICAL,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.RUN,
    seed="beyond seeds",
    needs=(),
    remedy=INSTEAD,
)
def closed_scenario(_run: Subject, view: View) -> Verdict:
    """Judge the run."""
    declared = view.estate.site_recovery
    if declared.registered:
        return passed(
            tell("the estate says that the VMM servers are registered"),
            note=tell("the scenario is {closed}", closed=CLOSED),
        )
    if declared.closed_scenario == "accepted":
        return passed(
            tell('closed_scenario = "accepted"'),
            note=tell("accepted by the estate: the scenario is {closed}", closed=CLOSED),
        )
    wanted = tell("registered VMM servers")
    if view.estate.key_files:
        return failed(
            tell("servers are still to be registered; the scenario is {closed}", closed=CLOSED), wanted, INSTEAD
        )
    return unknown(
        tell("whether the VMM servers are registered; the scenario is {closed}", closed=CLOSED), wanted=wanted
    )
