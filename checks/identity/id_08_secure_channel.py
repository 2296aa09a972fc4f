"""A member whose password is not that of its account is one in name alone: controllers refuse what it vouches for.

Passes when the host says that its secure channel works (Test-ComputerSecureChannel, which only looks). That it does not
fails. Unknown where it was not asked, or could not say: the command needs an administrator of the host, and Windows
PowerShell. Does not apply to a domain controller or a host in no domain, and to certificates.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.identity.channel import repaired, without_channel
from checks.identity.kerberos import EVERY
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell
from scanner.facts.host import ComputerSystem
from scanner.facts.kerberos import SecureChannel


def _asks(host: Subject, view: View) -> Iterator[Ask]:
    if without_channel(view, host.host) is None:
        yield Ask(SecureChannel, host.host, view.one(ComputerSystem, host.host).dns_domain)


@check(
    id="ID-08",
    title="Computer secure channel works",
    fails="Computer secure channel is broken",
    severity=Severity.HIGH,
    who=Who.HOST,
    follows=("ID-01", "ID-04"),
    profiles=EVERY,
    by_profile=True,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(ComputerSystem, SecureChannel),
    asks=_asks,
    remedy="Have the host's password reset in its domain, signed in on the host as a local administrator.",
)
def secure_channel(host: Subject, view: View) -> Verdict:
    """Judge one host for one kind of move."""
    reason = without_channel(view, host.host)
    if reason:
        return reason
    domain = view.one(ComputerSystem, host.host).domain
    if view.one(SecureChannel, host.host).works:
        return passed(tell("it works, with {domain}", domain=domain))
    return failed(
        tell("it does not work, with {domain}", domain=domain),
        tell("a secure channel that works"),
        repaired(host.host, domain),
    )
