"""What gives an operator a right on a host: membership in one of its local groups, by the group's SID."""

from __future__ import annotations

from checks.operator.membership import Standing
from scanner.api import View, powershell, tell
from scanner.facts.host import OperatingSystem, ProductType

SINCE = 14393
"""Windows Server 2016 brings Add-LocalGroupMember."""


def join(view: View, host: str, found: Standing, group: str) -> str:
    """The command that makes him a member; words where the host has none, or its groups are those of its domain."""
    system, name = view.one(OperatingSystem, host), found.operator.row.account
    if system.product_type is ProductType.DOMAIN_CONTROLLER or system.build < SINCE:
        return tell(
            "Add {name} to the group {names} ({group}) of {host}.",
            name=name,
            names=found.names[group],
            group=group,
            host=host,
        )
    add = f"Add-LocalGroupMember -SID {group} -Member <name>"
    return powershell(f"Invoke-Command -ComputerName <host> -ScriptBlock {{ {add} }}", host=host, name=name)
