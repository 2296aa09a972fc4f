"""Both ends of a migration must sign in the same way: a source that uses Kerberos is refused where CredSSP is set.

Passes when the two hosts name the same protocol, CredSSP or Kerberos. Fails when they differ. A protocol that was not
read is never taken for the default, nor is one believed where the Hyper-V module says the other. What is printed
changes every host that is tied to these by planned moves, so that no other pair is parted by it.
"""

from __future__ import annotations

from checks.common.client import is_client
from checks.common.migrating import TWO_WAYS, authentication, told_otherwise
from scanner.api import Everything, Severity, Subject, Verdict, View, check, failed, passed, powershell, scopes, unknown
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings

CREDSSP, KERBEROS = MigrationAuthentication.CREDSSP, MigrationAuthentication.KERBEROS
NAMES = {CREDSSP: "CredSSP", KERBEROS: "Kerberos"}
SET = "Set-VMHost -ComputerName <host> -VirtualMachineMigrationAuthenticationType Kerberos  # its delegation first"


@check(
    id="LM-02",
    title="Both hosts use the same authentication protocol",
    severity=Severity.CRITICAL,
    of_machines=True,
    scope=scopes.PAIR,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=(*TWO_WAYS, OperatingSystem),
    remedy="Choose Kerberos on both hosts; with CredSSP a move must be started while signed in on the source.",
)
def same_authentication(pair: Subject, view: View) -> Verdict:
    """Judge one pair of hosts."""
    found = {host: authentication(view, host) for host in pair.names}
    if len(set(found.values())) == 1:
        doubt = told_otherwise(view, *pair.names)
        return unknown(doubt) if doubt else passed(f"both use {NAMES[found[pair.source]]}")
    wrong = next(host for host, protocol in found.items() if protocol is CREDSSP)
    commands = [powershell(SET, host=host) for host in _tied(view, wrong) if not is_client(view, host)]
    return failed(
        "; ".join(f"{host}: {NAMES[protocol]}" for host, protocol in found.items()),
        "the same on both; Kerberos where moves are started from another machine",
        "\n".join(commands),
        note="Kerberos needs constrained delegation as well",
    )


def _tied(view: View, host: str) -> list[str]:
    """The hosts with CredSSP that planned moves lead to from this one, by way of others with CredSSP; itself first."""
    others, tied = [name for name in view.across((MigrationSettings,), _with_credssp) if name != host], [host]
    for known in tied:
        near = [name for name in others if view.route(known, name) or view.route(name, known)]
        others = [name for name in others if name not in near]
        tied += near
    return tied


def _with_credssp(everything: Everything) -> tuple[str, ...]:
    return tuple(target for target, row in everything.rows(MigrationSettings) if row.authentication is CREDSSP)
