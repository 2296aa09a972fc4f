"""Who stands behind an address on the wire, and how addresses and link-layer addresses are written in one way."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

from scanner.facts.base import AskedFact, prop, windows_fact
from scanner.words.query import NETWORK, Query, cim

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LINK_LAYER = re.compile(r"[0-9A-F]{12}")
UNREACHABLE, INCOMPLETE = 0, 1


@lru_cache(maxsize=4096)  # the same few addresses stand in every answer
def address_of(text: str) -> Address | None:
    """The address that a text writes, without its scope; nothing if it is no address."""
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def is_isatap(address: Address) -> bool:
    """Whether it is of an ISATAP tunnel (RFC 5214: its interface identifier begins with 0000:5efe or 0200:5efe)."""
    return address.version == 6 and (int(address) >> 32) & 0xFDFFFFFF == 0x00005EFE


def link_layer(text: str) -> str:
    """A link-layer address as twelve capital hexadecimal digits; empty if the text is none of a single adapter."""
    digits = text.replace("-", "").replace(":", "").upper()
    if not LINK_LAYER.fullmatch(digits) or int(digits, 16) == 0 or int(digits[:2], 16) & 1:
        return ""
    return digits


@windows_fact(cim("MSFT_NetNeighbor", namespace=NETWORK), no_row="the machine knows nobody on its networks")
class Neighbour(AskedFact):
    """Who stands behind an address on the wire, as the machine knows after its attempts to connect (ARP, ND)."""

    text: str = prop("IPAddress", "IPv6 may carry %scope")
    link_layer: str | None = prop("LinkLayerAddress", "as 00-15-5D-0A-0B-0C")
    interface: int = prop("InterfaceIndex", "the adapter of the machine that was asked")
    state: int = prop("State", "0 unreachable, 1 incomplete, 2 probe, 3 delay, 4 stale, 5 reachable, 6 permanent")

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """One query, whatever address is asked about: a least-privilege endpoint allows whole queries alone."""
        return (cls.query,) if arguments else ()

    @property
    def address(self) -> Address | None:
        """The address without its scope; nothing if the answer is no address."""
        return address_of(self.text)

    @property
    def adapter(self) -> str:
        """The link-layer address that answered, written in one way; empty where none did."""
        return "" if self.state in (UNREACHABLE, INCOMPLETE) else link_layer(self.link_layer or "")
