"""What replication needs beside the machines: keys, Site Recovery's settings, the plan for Hyper-V Replica."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


def witness(text: str) -> tuple[date, str] | None:
    """The day and the person of a statement as ``2026-11-20 Jane Doe``; nothing if it does not tell both."""
    day, _, person = text.strip().partition(" ")
    try:
        return (date.fromisoformat(day), person.strip()) if person.strip() else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A registration key file and what it is expected to be for."""

    path: str
    vault: str = ""
    subscription: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecovery:
    """What VMM-to-VMM Site Recovery needs beyond the machines."""

    endpoints: tuple[str, ...] = ()
    """host names on port 443, beside those in the key file"""
    proxy: str = ""
    """host:port, ``winhttp`` or ``direct``; empty: the provider's own setting, else direct"""
    hosts_need_internet: bool = True
    """False: an unreachable endpoint on a Hyper-V host is a warning"""
    registered: bool = False
    """the VMM servers are registered in the vault already, so that no key file is needed"""
    closed_scenario: str = ""
    """accepted: the user knows that the scenario takes no new servers"""
    proxy_signs_in: str = ""
    """who saw the proxy take the sign-in, and when: ``2026-11-20 Jane Doe``"""
    ip_ranges: str = ""
    """who saw that the firewall lets the service's address ranges through, and when, likewise"""
    friendly_names: tuple[str, ...] = ()
    """what the VMM servers are, or shall be, called in the vault"""
    key_on_server: str = ""
    """where the key file lies on each VMM server"""

    @property
    def proxy_seen(self) -> tuple[date, str] | None:
        """The day and the person of ``proxy_signs_in``; nothing if it does not tell both."""
        return witness(self.proxy_signs_in)

    @property
    def ranges_seen(self) -> tuple[date, str] | None:
        """The day and the person of ``ip_ranges``; nothing if it does not tell both."""
        return witness(self.ip_ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replica:
    """What is planned for Hyper-V Replica."""

    authentication: str = "kerberos"
    """kerberos or certificate"""
    port: int = 0
    """0: the destination's own setting; 8083 or 8084 where Site Recovery has yet to set it"""
    configured: bool = True
    """False: Site Recovery still has to set the hosts up, so a port that it will open is no failure yet"""
