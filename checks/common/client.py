"""Whether a machine runs a client release of Windows, which lacks some of the commands that remedies print."""

from __future__ import annotations

from scanner.api import Gap, View
from scanner.facts.host import OperatingSystem


def is_client(view: View, host: str) -> bool:
    """Whether the host says so; not where it could not be read. The check must declare ``OperatingSystem``."""
    rows = view.ask(OperatingSystem, host)
    return not isinstance(rows, Gap) and any(row.is_client for row in rows)
