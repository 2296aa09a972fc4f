"""Where Kerberos signs hosts in on each other, and so what it needs matters at all."""

from __future__ import annotations

from scanner.api import Profile, Verdict, View, joined, not_applicable, tell
from scanner.facts.host import ComputerSystem

EVERY = (Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM)
CERTIFICATES = tell(
    'where replication signs in with certificates instead, say [replica] authentication = "certificate"'
)
CONTROLLERS = (4, 5)
"""Win32_ComputerSystem.DomainRole of a backup and a primary domain controller."""


def by_certificates(view: View) -> Verdict | None:
    """That Kerberos does not matter, where replication signs in with certificates; nothing where it does.

    The check must judge each kind of move by itself.
    """
    if view.profile is not Profile.LIVE_MIGRATION and view.estate.replica.authentication == "certificate":
        return not_applicable(tell("replication signs in with certificates"))
    return None


def instead(view: View) -> str:
    """What a kind of move may do that Kerberos does not let happen; empty where it may not."""
    return "" if view.profile is Profile.LIVE_MIGRATION else CERTIFICATES


def without_kerberos(view: View, *hosts: str) -> Verdict | None:
    """Why nothing of Kerberos matters to these hosts; nothing where it does. The check must declare ComputerSystem.

    As ``by_certificates``; and a host in no domain has no Kerberos.

    Raises:
        MissingEvidence: whether a host is in a domain was not read.
    """
    reason = by_certificates(view)
    if reason:
        return reason
    alone = [host for host in hosts if not view.one(ComputerSystem, host).part_of_domain]
    return not_applicable(tell("{alone} in no domain (see ID-01)", alone=joined(" and ", alone))) if alone else None
