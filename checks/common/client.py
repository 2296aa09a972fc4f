"""Whether a machine runs a client release of Windows, which lacks some of the commands that remedies print."""

from __future__ import annotations

from scanner.api import Gap, MissingEvidence, View
from scanner.facts.host import OperatingSystem, ProductType

MULTI_SESSION = 175
"""OperatingSystemSKU of Windows Enterprise multi-session (GetProductInfo: PRODUCT_SERVERRDSH). It is a client that says
ProductType 3, "the same value as Windows Server" (Microsoft Learn: Windows Enterprise multi-session FAQ)."""


def of_client(system: OperatingSystem) -> bool:
    """Whether it is a client release, also the one that calls itself a server."""
    if system.product_type is ProductType.CLIENT:
        return True
    try:
        return system.sku == MULTI_SESSION
    except MissingEvidence:  # the version that wrote a record did not ask for the edition
        return False


def is_client(view: View, host: str) -> bool:
    """Whether the host says so; not where it could not be read. The check must declare ``OperatingSystem``."""
    rows = view.ask(OperatingSystem, host)
    return not isinstance(rows, Gap) and any(map(of_client, rows))
