"""Both ends of a migration must sign in the same way: a source that uses Kerberos is refused where CredSSP is set.

Passes when the two hosts name the same protocol, CredSSP or Kerberos. Fails when they differ. A protocol that was not
read is never taken for the default, nor is one believed where the Hyper-V module says the other. What is printed
changes every host that is tied to these by planned moves, so that no other pair is parted by it, after what Kerberos
needs; where one of them is in no domain, or something could not be read, it is words.
"""

from __future__ import annotations

from checks.common.migrating import authentication, told_otherwise
from checks.migration.credssp import NEEDS, to_kerberos
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, joined, passed, scopes, tell, unknown
from scanner.facts.hyperv import MigrationAuthentication

CREDSSP, KERBEROS = MigrationAuthentication.CREDSSP, MigrationAuthentication.KERBEROS
NAMES = {CREDSSP: "CredSSP", KERBEROS: "Kerberos"}


@check(
    id="LM-02",
    title="Both hosts use the same authentication protocol",
    fails="The two hosts use different authentication protocols",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.PAIR,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=NEEDS,
    remedy="Choose Kerberos on both hosts; with CredSSP a move must be started while signed in on the source.",
)
def same_authentication(pair: Subject, view: View) -> Verdict:
    """Judge one pair of hosts."""
    found = {host: authentication(view, host) for host in pair.names}
    if len(set(found.values())) == 1:
        doubt = told_otherwise(view, *pair.names)
        return unknown(doubt) if doubt else passed(tell("both use {names}", names=NAMES[found[pair.source]]))
    wrong = next(host for host, protocol in found.items() if protocol is CREDSSP)
    return failed(
        joined("; ", (tell("{host}: {names}", host=host, names=NAMES[protocol]) for host, protocol in found.items())),
        tell("the same on both; Kerberos where moves are started from another machine"),
        to_kerberos(view, wrong),
        note=tell("Kerberos needs constrained delegation as well"),
    )
