"""Where a machine's addresses come from."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.neighbour import Address, address_of
from scanner.facts.network import ACTIVE_STORE, PREFERRED
from scanner.words.query import NETWORK, cim

MANUAL, DHCP = 1, 3
"""MSFT_NetIPAddress.PrefixOrigin"""


@windows_fact(cim("MSFT_NetIPAddress", namespace=NETWORK), least=1)
class AddressOrigin(WindowsFact):
    """An address of the machine, with who gave it."""

    text: str = prop("IPAddress", "IPv6 may carry %scope")
    interface: int = prop("InterfaceIndex")
    family: int = prop("AddressFamily", "2 IPv4, 23 IPv6")
    state: int = prop("AddressState", "0 invalid, 1 tentative, 2 duplicate, 3 deprecated, 4 preferred")
    store: int | None = prop("Store", "0 persistent, 1 active")
    origin: int | None = prop("PrefixOrigin", "1 by hand, 2 well known, 3 DHCP, 4 a router's advertisement")

    @property
    def in_use(self) -> bool:
        """Whether the machine uses it now."""
        return self.store in (None, ACTIVE_STORE) and self.state == PREFERRED

    @property
    def address(self) -> Address | None:
        """The address without its scope; nothing if the answer is no address."""
        return address_of(self.text)
