"""Who answers for a node of a highly available VMM server: its service runs on one node at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from scanner.facts.host import ClusterInfo, Service
from scanner.facts.vmm import SERVICE, VmmServer
from scanner.words.model import Fact, Gap
from scanner.words.names import short

F = TypeVar("F", bound=Fact)
NODES: tuple[type[Fact], ...] = (VmmServer, Service, ClusterInfo)
"""What ``answers_for`` asks for."""


class Ask(Protocol):
    """Rows of a fact of a target, or why there are none: evidence has it, and the view of a check."""

    def __call__(self, fact: type[F], target: str, /) -> tuple[F, ...] | Gap:
        """Ask."""
        ...


def answers_for(ask: Ask, node: str, servers: Iterable[str]) -> str:
    """The VMM server that answers in place of a passive node; empty if the node answers itself, or nobody does.

    A node is passive where its VMM service is there and does not run, and another server answers that says that it is
    highly available and is a node of the same cluster. Each says itself which cluster that is. Where the one that
    answers lists its nodes, the other must be among them.
    """
    if not isinstance(ask(VmmServer, node), Gap) or not stopped(ask, node):
        return ""
    cluster = _cluster(ask, node)
    return next((other for other in servers if other != node and cluster and _stands_in(ask, other, node, cluster)), "")


def stopped(ask: Ask, server: str) -> bool:
    """Whether the VMM service of a server is known to be there and not to run."""
    rows = ask(Service, server)
    states = [row.state for row in rows if row.name.lower() == SERVICE.lower()] if not isinstance(rows, Gap) else []
    return bool(states) and "Running" not in states


def _stands_in(ask: Ask, other: str, node: str, cluster: tuple[str, str]) -> bool:
    rows = ask(VmmServer, other)
    if isinstance(rows, Gap) or len(rows) != 1 or not rows[0].highly_available or _cluster(ask, other) != cluster:
        return False
    nodes = {short(name).casefold() for name in rows[0].nodes}
    return not nodes or short(node).casefold() in nodes


def _cluster(ask: Ask, server: str) -> tuple[str, str] | None:
    rows = ask(ClusterInfo, server)
    if isinstance(rows, Gap) or len(rows) != 1:
        return None
    return rows[0].name.casefold(), (rows[0].fqdn or "").casefold()
