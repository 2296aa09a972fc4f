"""A proxy that wants a sign-in gets it from VMM's Run As account DRAProxyAccount, which registering makes.

Does not apply where no proxy is gone through, nor where it let every attempt through without a sign-in. Passes with a
note where the estate says who saw the proxy take the provider's sign-in (`proxy_signs_in`); the note tells since when
the VMM service runs, for a password that was changed later counts from its restart on. Before the server is registered
there is no such account yet: passes with a note. After it, passes where VMM lists the account, and fails where it does
not, though it shows the scan all. UNKNOWN where VMM shows a part or was not read, and where no attempt tells whether
the proxy wants a sign-in. Of a passive node, the node that answers tells.
"""

from __future__ import annotations

from checks.asr.proxy_account import ACCOUNTS, WANTED, by_account, by_witness, wants_a_sign_in
from checks.reach.internet import FACTS
from checks.reach.way_out import way_of
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
)
from scanner.facts.vmm_setup import VmmProcess


@check(
    id="ASR-10",
    title="VMM has the account for a proxy that wants a sign-in",
    fails="The proxy wants a sign-in, and VMM has no account for it",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #step-3-install-the-azure-site-recovery-provider (last bullet)",
    needs=(*FACTS, *ACCOUNTS, VmmProcess),
    remedy="Register again with the proxy's user and password; after the password has changed restart SCVMMService.",
)
def proxy_account(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    way, declared = way_of(view, server.host), view.estate.site_recovery
    if way.unread:
        return unknown(way.unread)
    if not way.proxy:
        return not_applicable(tell("no proxy is gone through"))
    wants = wants_a_sign_in(view, server.host, way)
    if wants is False and not declared.proxy_signs_in:
        return not_applicable(tell("the proxy wants no sign-in"))
    if declared.proxy_seen:
        return by_witness(view, server.host, *declared.proxy_seen)
    if wants is None:
        return unknown(tell("no attempt tells whether the proxy wants a sign-in"), wanted=WANTED)
    if not declared.registered:
        return passed(
            tell("the proxy wants a sign-in"),
            note=tell("registering with the proxy's user and password makes the account"),
        )
    return by_account(view, server.host)
