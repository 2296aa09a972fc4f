"""What is planned for replication, as far as several checks ask."""

from __future__ import annotations

from checks.reach.replica_port import planned_method
from scanner.api import Profile, View, tell
from scanner.facts.replica import CERTIFICATE

TO_COME = tell(
    "Site Recovery has yet to set the hosts up, and makes their certificates then ([replica] configured = false)"
)


def unconfigured(view: View) -> bool:
    """Whether Site Recovery has yet to set the hosts up."""
    return view.profile is Profile.ASR_VMM and not view.estate.replica.configured


def by_certificate(view: View) -> bool:
    """Whether the primary hosts will sign in with certificates."""
    return planned_method(view) == CERTIFICATE


def without_certificates(view: View) -> str:
    """Why no certificate is judged; empty if one is needed."""
    if not by_certificate(view):
        return tell("replication is planned with Kerberos, which needs no certificate")
    return TO_COME if unconfigured(view) else ""
