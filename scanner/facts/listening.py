"""What listens on a machine's ports, and which process does."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.neighbour import Address, address_of
from scanner.words.query import NETWORK, cim

SYSTEM = 4
"""The process behind all that http.sys listens on, whoever asked it to: Hyper-V Replica, WinRM, IIS."""


@windows_fact(cim("MSFT_NetTCPConnection", namespace=NETWORK, where="State=2"), least=1)
class ListeningPort(WindowsFact):
    """A TCP port on which the machine listens; that of WinRM, by which it is asked, is always among them."""

    text: str = prop("LocalAddress", "0.0.0.0 and :: are every address; IPv6 may carry %scope")
    port: int = prop("LocalPort")
    process: int = prop("OwningProcess", "4 is http.sys, as for replicas")

    @property
    def address(self) -> Address | None:
        """The address without its scope; nothing if the answer is no address."""
        return address_of(self.text)
