"""The service of VMM on a server, and how it is started."""

from __future__ import annotations

from scanner.api import Gap, View, powershell, tell
from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import SERVICE


def service_of(view: View, server: str) -> Service | None:
    """The row of VMM's service; nothing where the server has none.

    Raises:
        MissingEvidence: the services could not be read.
    """
    return next((row for row in view.rows(Service, server) if row.name.lower() == SERVICE.lower()), None)


def start(view: View, server: str, service: Service) -> str:
    """The command that starts it; on a node of a cluster the cluster starts it, on a node of its choice: then words."""
    nodes = view.ask(ClusterInfo, server)
    if isinstance(nodes, Gap) or nodes:
        return tell(
            "Bring VMM's role online in Failover Cluster Manager; a single server: start the service SCVMMService."
        )
    command = f"Start-Service -Name {SERVICE}"
    if service.start_mode.lower() == "disabled":
        command = f"Set-Service -Name {SERVICE} -StartupType Automatic; {command}"
    return powershell(f"Invoke-Command -ComputerName <host> -ScriptBlock {{ {command} }}", host=server)
