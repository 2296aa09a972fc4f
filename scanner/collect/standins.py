"""Stand-ins for what tells whose machine it is: one for each name, of the same form, the same wherever it stands.

They are numbered as the names come, so they tell nothing of them; what is a stand-in already is its own, so that a
machine that answers from a recording gives that recording again.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

NETBIOS = 15
"""characters that a computer's NetBIOS name keeps of its name"""
DOCUMENTATION = ("192.0.2", "198.51.100", "203.0.113")
"""networks that are nobody's (RFC 5737); behind them those for measurements (RFC 2544)"""
MULTICAST = 224
"""from this first number on an address is no machine's; 255 begins a mask"""
HYPER_V = "00155d"
"""begins the link-layer addresses that Hyper-V gives; it is Microsoft's own"""
WELL_KNOWN_RID = 1000
"""below it Windows itself gives the last number of a SID"""
WELL_KNOWN = ("0", "1", "2", "3", "16", "18")
"""authorities whose SIDs are the same everywhere"""
MARK = "name-"
"""begins the stand-in of a name"""


@dataclass(slots=True)
class StandIns:
    """Those of one recording."""

    used: int = 0
    """how often one was put in the place of something"""

    _numbers: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    _last: dict[str, int] = field(default_factory=dict[str, int])

    def _number(self, kind: str, text: str) -> int:
        """The number of a text among those of its kind, from 1 on."""
        self.used += 1
        key = kind, text
        if key not in self._numbers:
            self._numbers[key] = self._last[kind] = self._last.get(kind, 0) + 1
        return self._numbers[key]

    def name(self, text: str) -> str:
        """Of a word. What begins with the same 15 characters does so still: a NetBIOS name is the beginning of one."""
        folded = text.casefold()
        made = f"{MARK}{self._number('name', folded[:NETBIOS])}"
        if len(folded) >= NETBIOS:
            made = made.ljust(NETBIOS, "x")
        if len(folded) > NETBIOS:
            made = f"{made}-{self._number('tail', folded)}"
        return made.upper() if text.isupper() else made

    def guid(self, text: str) -> str:
        """Of a GUID."""
        return f"00000000-0000-4000-8000-{self._number('guid', text.lower()):012d}"

    def digits(self, text: str) -> str:
        """Of hexadecimal digits: a thumbprint, a serial number, a port name. It begins with one that is no decimal."""
        return f"F{self._number('digits', text.lower()):0{min(len(text), 64) - 1}d}"

    def spaced(self, text: str) -> str:
        """Of hexadecimal digits with signs between them: the same as of those without."""
        return self.digits("".join(filter(str.isalnum, text)))

    def network(self, text: str) -> str:
        """Of the first numbers of an address, as lists of exceptions and reverse zones have them."""
        return self.name(text)

    def octets(self, text: str) -> list[int]:
        """Of bytes, which are given as hexadecimal digits; more than 16 of them are 16."""
        length = min(len(text) // 2, 16)
        return list((self._number("octets", text) % 256**length).to_bytes(length, "big"))

    def mac(self, text: str) -> str:
        """Of a link-layer address, written as it was: of those for documents (RFC 7042)."""
        sign = text[2]
        plain = text.replace(sign, "").lower()
        number = self._number("mac", plain)
        head = HYPER_V if plain.startswith(HYPER_V) else "00005e"
        made = f"{head}{0x5300 + number:06x}"
        pairs = sign.join(made[place : place + 2] for place in range(0, 12, 2))
        return pairs if text.islower() else pairs.upper()

    def sid(self, text: str) -> str:
        """Of a SID: well-known ones stay, and so does a last number that Windows itself gives."""
        head, *parts = text.upper().split("-")[2:]
        if head in WELL_KNOWN or (head == "5" and (len(parts) == 1 or parts[0] == "32")):
            return text
        if head != "5" or parts[0] != "21" or len(parts) < 4:
            return f"S-1-{head}-{parts[0]}-{self._number('sid', text.upper())}"
        domain = self._number("domain", "-".join(parts[1:4]))
        made = f"S-1-5-21-{domain}-{domain}-{domain}"
        if len(parts) == 4:
            return made
        rid = int(parts[4])
        last = rid if rid < WELL_KNOWN_RID else WELL_KNOWN_RID + self._number("rid", text.upper())
        return f"{made}-{last}"

    def ipv4(self, text: str) -> str:
        """Of an address: one of the same network of 256 lies in the same one, and its last number stays."""
        first, network, last = int(text.split(".", maxsplit=1)[0]), text.rpartition(".")[0], text.rpartition(".")[2]
        if first in (0, 127) or first >= MULTICAST or network.startswith("169.254"):
            return text
        number = self._number("network", network) - 1
        if number < len(DOCUMENTATION):
            return f"{DOCUMENTATION[number]}.{last}"
        return f"198.{18 + number // 256 % 2}.{number % 256}.{last}"

    def ipv6(self, address: ipaddress.IPv6Address) -> str:
        """Of an address: one of the same /64 lies in the same one, of those for documents (RFC 3849)."""
        if address.is_loopback or address.is_unspecified or address.is_multicast:
            return str(address)
        value = int(address)
        network, host = value >> 64, value & (2**64 - 1)
        if not address.is_link_local:
            network = (0x20010DB8 << 32) + self._number("network6", f"{network:x}")
        return str(ipaddress.IPv6Address((network << 64) + (self._number("host6", f"{host:x}") if host else 0)))
