"""To which Hyper-V host a name in a path leads, as the machine that uses the path resolves it: an alias, or a host."""

from __future__ import annotations

import ipaddress

from checks.common.probing import probe
from checks.common.servers import NAMES, smb_of
from scanner.api import Everything, Fact, OfflinePath, View
from scanner.facts.network import EndpointProbe, IPAddress

BEHIND: tuple[type[Fact], ...] = (*NAMES, IPAddress, EndpointProbe)
"""What a check declares that asks."""


def user(view: View) -> str:
    """A machine that uses the paths: a VMM server, else a host."""
    return next(iter((*view.estate.vmm_servers, *view.estate.hosts)), "")


def behind(view: View, path: OfflinePath) -> str:
    """The host that holds an address to which the name leads; empty if none that was read does, or nobody tried."""
    if path.machine or not user(view):
        return ""
    answer = probe(view, user(view), smb_of(path.server))
    if isinstance(answer, str):
        return ""
    holders = view.across((IPAddress,), _holders)
    found = next((holders[text] for text in map(_plain, answer.addresses) if text in holders), "")
    if found:
        view.rows(IPAddress, found)  # so that reports name where it was read
    return found


def _holders(everything: Everything) -> dict[str, str]:
    hosts = frozenset(everything.estate.hosts)
    return {str(row.address): host for host, row in everything.rows(IPAddress) if host in hosts and row.held}


def _plain(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return ""
