"""Both ends of a migration must sign in the same way: a source that uses Kerberos is refused where CredSSP is set.

Passes when the two hosts name the same protocol, CredSSP or Kerberos. Fails when they differ. A protocol that was not
read is never taken for the default.
"""

from __future__ import annotations

from scanner.api import Severity, Subject, Verdict, View, check, failed, passed, powershell, scopes
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings

NAMES = {MigrationAuthentication.CREDSSP: "CredSSP", MigrationAuthentication.KERBEROS: "Kerberos"}


@check(
    id="LM-02",
    title="Both hosts use the same authentication protocol",
    severity=Severity.CRITICAL,
    scope=scopes.PAIR,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=(MigrationSettings,),
    remedy="Choose Kerberos on both hosts; with CredSSP a move must be started while signed in on the source.",
)
def same_authentication(pair: Subject, view: View) -> Verdict:
    """Judge one pair of hosts."""
    found = {host: view.one(MigrationSettings, host).authentication for host in pair.names}
    if len(set(found.values())) == 1:
        return passed(f"both use {NAMES[found[pair.source]]}")
    template = "Set-VMHost -ComputerName <host> -VirtualMachineMigrationAuthenticationType Kerberos"
    wrong = [host for host, protocol in found.items() if protocol is not MigrationAuthentication.KERBEROS]
    return failed(
        "; ".join(f"{host}: {NAMES[protocol]}" for host, protocol in found.items()),
        "the same on both; Kerberos where moves are started from another machine",
        "\n".join(powershell(template, host=host) for host in wrong),
        note="Kerberos needs constrained delegation as well",
    )
