"""Turn `NAME ADDRESS[,ADDRESS...] [--dns-name FQDN] ...` into the lines machine.sh acts on.

For each machine:      machine NAME FQDN MANAGEMENT-ADDRESS
for each its address:  address NAME INTERFACE CIDR NETWORK
The management network is eth0; every other network has an interface of its own. Exit status 2 on a mistake.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import sys
from pathlib import Path

MANAGEMENT = ipaddress.ip_network("10.77.0.0/16")
RESERVED = {"dc1", "dc2", "dcb", "dcc", "hub", "scanner"}


def domain_of(name: str) -> str:
    """The domain that has an account of this name, else corp.example."""
    for path in sorted(Path(os.environ["ARTIFACTS"], "accounts").glob("*.json")):
        if name in {account.lower() for account in json.loads(path.read_text(encoding="utf-8"))}:
            return path.stem
    return "corp.example"


def interface(text: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface:
    """An address with its network: 10.77.0.0/16, else /24 (IPv6: /64) unless the text says a length."""
    if "/" in text:
        return ipaddress.ip_interface(text)
    address = ipaddress.ip_address(text)
    length = 64 if address.version == 6 else 16 if address in MANAGEMENT else 24
    return ipaddress.ip_interface(f"{address}/{length}")


def lines_of(name: str, addresses: str, fqdn: str) -> list[str]:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,12}", name) or name in RESERVED:
        raise ValueError(f"{name!r}: a machine has a name of its own of at most 13 letters, digits and hyphens")
    all_of = [interface(text) for text in addresses.split(",")]
    management = [one for one in all_of if one.ip in MANAGEMENT]
    if not management:
        raise ValueError(f"{name}: one address must lie in {MANAGEMENT}")
    networks = [MANAGEMENT]
    lines = [f"machine {name} {fqdn or f'{name}.{domain_of(name)}'} {management[0].ip}"]
    for one in all_of:
        network = MANAGEMENT if one.ip in MANAGEMENT else one.network
        if network not in networks:
            networks.append(network)
        lines.append(f"address {name} {networks.index(network)} {one.with_prefixlen} {network}")
    if len(networks) > 5:
        raise ValueError(f"{name}: five networks at most")
    return lines


def main(words: list[str]) -> int:
    lines: list[str] = []
    try:
        while words:
            name, addresses = words.pop(0).lower(), words.pop(0)
            fqdn = ""
            if words[:1] == ["--dns-name"]:
                fqdn = words[1].lower()
                del words[:2]
            lines += lines_of(name, addresses, fqdn)
    except IndexError:
        print("usage: NAME ADDRESS[,ADDRESS...] [--dns-name FQDN] ...", file=sys.stderr)
        return 2
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
