"""What lets the replica port in through a host's own firewall."""

from __future__ import annotations

from checks.common.parts import LIMIT
from checks.migration.networks import local_addresses
from checks.reach.shut import nobody_enters
from scanner.api import MissingEvidence, View, powershell, tell

BUILT_IN_RULES = {80: "VIRT-HVRHTTPL-In-TCP-NoScope", 443: "VIRT-HVRHTTPSL-In-TCP-NoScope"}
"""Firewall rules of the Hyper-V role by the port they open."""


def open_port(view: View, source: str, host: str, port: int) -> str:
    """What lets the port in on a host; the role's own rules know 80 and 443 only, and another lets in the source alone.

    The check must declare ``HOLDERS`` and ``EndpointProbe``.
    """
    rule, words = (
        BUILT_IN_RULES.get(port),
        tell("Let TCP {port} in on {host}, from {source} and no further", port=port, host=host, source=source),
    )
    if rule:
        if not nobody_enters(view, host, port):
            return tell("{words}, on the way: the rule of {host} lets others in.", words=words, host=host)
        return powershell("Enable-NetFirewallRule -CimSession <host> -Name <rule>", host=host, rule=rule)
    try:
        addresses = tuple(dict.fromkeys(str(local.address) for local in local_addresses(view, source)))
    except MissingEvidence:
        addresses = ()
    if not 0 < len(addresses) <= LIMIT:
        return tell("{words}, in its firewall and on the way.", words=words)
    template = (
        "New-NetFirewallRule -CimSession <host> -DisplayName <name> -Direction Inbound -Protocol TCP"
        " -LocalPort <port> -RemoteAddress <addresses> -Action Allow"
    )
    name = f"Hyper-V Replica {port} from {source}"
    return powershell(template, host=host, name=name, port=str(port), addresses=addresses)
