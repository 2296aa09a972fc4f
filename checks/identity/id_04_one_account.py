"""A host signs in, and is found, by one computer account; with none, a disabled one or two, Kerberos refuses it.

Passes when the host's domain tells exactly one account that bears its name, and that one is enabled, on every
controller that was asked, too. None fails, where it was searched for by the name that the host signs in by; so do one
that is disabled, and a second one of the same DNS name: a copy that replication left (CNF), or of another machine.
Unknown where a controller tells otherwise than the domain, or the account was not read whole. Does not apply to a host
in no domain, and to certificates.
"""

from __future__ import annotations

from checks.delegation.controllers import ask_all
from checks.delegation.remedies import enable
from checks.identity.accounts import WANTED, accounts, not_one
from checks.identity.kerberos import EVERY, without_kerberos
from scanner.api import Severity, Subject, Verdict, View, Who, check, failed, joined, passed, scopes, tell, unknown
from scanner.facts.directory import ComputerAccount, DirectoryServer, DomainController
from scanner.facts.host import ComputerSystem


@check(
    id="ID-04",
    title="Exactly one enabled computer account per host",
    fails="Host has no computer account, a disabled one, or more than one",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    follows=("ID-01",),
    profiles=EVERY,
    by_profile=True,
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration",
    needs=(ComputerSystem, ComputerAccount, DomainController, DirectoryServer),
    remedy="Enable the account of the host, join one that has none again, and take away what bears its name besides.",
)
def one_account(host: Subject, view: View) -> Verdict:
    """Judge one host for one kind of move."""
    reason = without_kerberos(view, host.host)
    if reason:
        return reason
    own, others = accounts(view, host.host)
    if own is None or others:
        return not_one(view, host.host, own, others)
    if own.unread:
        return unknown(tell("{dn} could not be read whole: {unread}", dn=own.dn, unread=own.unread))
    if own.disabled:
        return failed(
            tell("{dn} is disabled", dn=own.dn), WANTED, enable(own, view.one(ComputerSystem, host.host).dns_domain)
        )
    told, _ = ask_all(view, host.host)
    behind = [name for name, row in told.items() if row is None or row.disabled]
    if behind:
        return unknown(
            tell("{dn} is enabled, and {behind} tells none that is", dn=own.dn, behind=joined(", ", behind)),
            wanted=tell("the same everywhere"),
        )
    return passed(tell("{dn}, enabled", dn=own.dn))
