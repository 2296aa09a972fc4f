"""How live migration is enabled on a host: by a command, but not where that is refused, or is not the host's to run."""

from __future__ import annotations

from checks.common.client import is_client
from checks.common.member import may_be_member
from scanner.api import Fact, Gap, View, powershell, tell
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem, Service

ENABLING: tuple[type[Fact], ...] = (Service, ClusterInfo, OperatingSystem, ComputerSystem)
"""What a check declares that prints it."""


def in_no_domain(view: View, host: str) -> bool:
    """Whether the host says so; not where it could not be read. The check must declare ``ComputerSystem``."""
    rows = view.ask(ComputerSystem, host)
    return not isinstance(rows, Gap) and any(not row.part_of_domain for row in rows)


def enable(view: View, host: str) -> str:
    """What lets migrations leave the host and enter it; empty on a client of Windows, and where it may be a node.

    Windows refuses the command on a machine in no domain.
    """
    if is_client(view, host) or may_be_member(view, host):
        return ""
    if in_no_domain(view, host):
        return tell(
            "Join {host} to a domain first (ID-01); then enable live migrations in its Hyper-V settings.", host=host
        )
    return powershell("Enable-VMMigration -ComputerName <host>", host=host)
