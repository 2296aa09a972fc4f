"""With CredSSP a move starts only for who is signed in on its source, and the way back for who is on the other end.

Without a named operator, and where the source signs in with Kerberos, it does not apply. With CredSSP it passes, with
a word about where to sign in, where the estate says that moves are started on the source; else it fails, for nobody is
signed in there (0x8009030E). Unknown where the source's protocol was not read.
"""

from __future__ import annotations

from checks.common.migrating import TWO_WAYS, authentication
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, not_applicable, passed, scopes, tell
from scanner.facts.hyperv import MigrationAuthentication


@check(
    id="OPR-04",
    title="CredSSP: sign-in on the right host for each direction",
    fails="CredSSP asks for a sign-in on the source, and moves are started elsewhere",
    severity=Severity.INFO,
    who=Who.OPERATOR,
    follows=("LM-03",),
    scope=scopes.ROUTE,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=TWO_WAYS,
    of_machines=True,
    remedy="Sign in on the source (console, Remote Desktop, PowerShell session with CredSSP) and start the move there.",
)
def credssp_sign_in(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    if not view.estate.operators:
        return not_applicable(tell("the estate names no operator"))
    if authentication(view, route.source) is not MigrationAuthentication.CREDSSP:
        return not_applicable(tell("{source} signs in with Kerberos", source=route.source))
    wanted = tell(
        "a sign-in on {source}; for the way back, one on {destination}",
        source=route.source,
        destination=route.destination,
    )
    if view.estate.remote_initiated:
        seen = tell(
            "{source} signs in with CredSSP, and the estate says that moves are started from another machine",
            source=route.source,
        )
        return failed(seen, wanted, tell("Sign in on {source} first, and start the move there.", source=route.source))
    return passed(
        tell("{source} signs in with CredSSP", source=route.source), note=tell("it needs {wanted}", wanted=wanted)
    )
