"""Of which hosts a secure channel is expected, and how it is made anew."""

from __future__ import annotations

from checks.identity.kerberos import CONTROLLERS, without_kerberos
from scanner.api import Verdict, View, not_applicable, quote, tell
from scanner.facts.host import ComputerSystem


def without_channel(view: View, host: str) -> Verdict | None:
    """Why no secure channel of this host matters; nothing where it does. As ``without_kerberos``."""
    reason = without_kerberos(view, host)
    if reason is None and view.one(ComputerSystem, host).domain_role in CONTROLLERS:
        return not_applicable(tell("a domain controller has no secure channel of a member"))
    return reason


def repaired(host: str, domain: str) -> str:
    """What makes it anew. From elsewhere nobody can: Kerberos does not reach a host whose password differs."""
    return tell(
        "Sign in at {host} itself as a local administrator, and there let Test-ComputerSecureChannel repair the "
        "channel (parameters Repair and Credential), with an account that may reset the password of the host's "
        "account in {domain}.",
        host=quote(host),
        domain=quote(domain),
    )
