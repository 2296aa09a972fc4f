"""Finds what is wrong with the values of an estate file that has the right form."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from scanner.estate.file import MACHINE_TABLES, DirectoryTable, EstateFile
from scanner.estate.machines import in_machines
from scanner.estate.mistakes import Mistake
from scanner.estate.recovery import mistakes_of_recovery
from scanner.estate.signins import path_in
from scanner.estate.tables import NO_DURATION, NetworksTable
from scanner.words.names import valid_host_name
from scanner.words.wording import show

DURATION = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,12})?)(ms|s|m|h)")
LONGEST = 7 * 24 * 3600.0
"""seconds; what is longer is a slip, and what waits could not bear it"""
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def duration(text: str) -> float | None:
    """Seconds of ``60s``, ``500ms``, ``5m``, ``1h``; nothing if it is no duration, zero, or longer than a week."""
    seconds = _seconds(text)
    return seconds if 0 < seconds <= LONGEST else None


def _seconds(text: str) -> float:
    match = DURATION.fullmatch(text.strip())
    return float(match[1]) * SECONDS[match[2]] if match else 0.0


def mistakes_in_values(file: EstateFile, document: Mapping[str, Any], folder: Path) -> Iterator[Mistake]:
    """What is wrong with values of the right form; ``document`` is the file as read, ``folder`` where it lies."""
    if "asr-vmm" in file.profiles and not (file.vmm or file.host or file.group or file.key_file):
        advice = 'write [[vmm]] name = "vmm01.corp.example"'
        yield Mistake("profiles", f'"asr-vmm" is about VMM servers, hosts and key files, and there is none; {advice}')
    yield from _in_networks(file.networks)
    limits = ("host_deadline", "connect_timeout", "run_deadline")
    for key, text in (
        *((f"limits.{name}", getattr(file.limits, name)) for name in limits),
        ("names.lifetime", file.names.lifetime),
    ):
        if duration(text) is None:
            yield Mistake(key, f"{show(text)} {'is longer than a week' if _seconds(text) else NO_DURATION}")
    yield from _in_directory(file.directory)
    yield from mistakes_of_recovery(file.site_recovery)
    yield from in_machines(file.vms, file.switch)
    yield from _in_files(document, folder)
    warn, fail = file.thresholds.clock_warn_seconds, file.thresholds.clock_fail_seconds
    if warn > fail:
        yield Mistake(
            "thresholds.clock_warn_seconds", f"{warn} is more than clock_fail_seconds ({fail}): none would warn"
        )
    for place, text in enumerate(file.names.servers, 1):
        if not _is_address(text):
            yield Mistake(f"names.servers[{place}]", f"{show(text)} is no address")


def _in_networks(table: NetworksTable) -> Iterator[Mistake]:
    for name, texts in (("untrusted", table.untrusted), ("ipsec", table.ipsec)):
        for place, text in enumerate(texts, 1):
            yield from _network(f"networks.{name}[{place}]", text)
    untrusted: set[Network] = {ipaddress.ip_network(text) for text in table.untrusted if _is_exact(text)}
    for place, text in enumerate(table.trusted, 1):
        wrong = list(_network(f"networks.trusted[{place}]", text, all_of_it=False))
        yield from wrong or _outweighed(f"networks.trusted[{place}]", text, untrusted)


def _outweighed(key: str, text: str, untrusted: Container[Network]) -> Iterator[Mistake]:
    network = ipaddress.ip_network(text)
    around = (network.supernet(new_prefix=length) for length in range(network.prefixlen, -1, -1))
    other = next((one for one in around if one in untrusted), None)
    if other is not None:
        why = f'untrusted holds "{other}", which outweighs it; leave one of them out'
        yield Mistake(key, f"{show(text)} counts for nothing: {why}")


def _named(table: DirectoryTable) -> Iterator[tuple[str, str, str]]:
    """Every domain and controller of the table: its key, its name, what it is."""
    domain = "domain's DNS name"
    yield from ((f"directory.domains[{place}]", name, domain) for place, name in enumerate(table.domains, 1))
    for name, controllers in table.controllers.items():
        key = f"directory.controllers.{show(name)}"
        yield key, name, domain
        yield from ((f"{key}[{place}]", one, "host name") for place, one in enumerate(controllers, 1))
    yield from ((f"directory.addresses.{show(name)}", name, "host name") for name in table.addresses)


def _in_directory(table: DirectoryTable) -> Iterator[Mistake]:
    for key, name, what in _named(table):
        if not valid_host_name(name):
            yield Mistake(key, f'{show(name)} is no {what}; write it as in "corp.example"')
    for domain, names in table.controllers.items():
        if not names:
            advice = f"name them, or leave {show(domain)} out: then DNS is asked"
            yield Mistake(f"directory.controllers.{show(domain)}", f"there is none; {advice}")
    for name, address in table.addresses.items():
        if not _is_address(address):
            yield Mistake(f"directory.addresses.{show(name)}", f"{show(address)} is no address")
    if table.site and not re.fullmatch(r"[\w-]{1,63}", table.site):
        yield Mistake("directory.site", f"{show(table.site)} is no name of a site; Get-ADReplicationSite lists them")
    if table.method != "simple":
        if table.password:
            yield Mistake("directory.password", 'would not be used: "kerberos" takes a ticket; write method = "simple"')
        return
    if not (table.user and table.password):
        yield Mistake("directory.method", '"simple" needs user and password = { env = "HV_PASSWORD" }')
    if table.transport == "sealed":
        yield Mistake("directory.transport", '"sealed" needs method = "kerberos"; write "ldaps" or "starttls"')


def _in_files(document: Mapping[str, Any], folder: Path) -> Iterator[Mistake]:
    tables = [(name, document.get(name, {})) for name in ("sign_in", "directory")]
    for kind in ("group", *MACHINE_TABLES):
        for place, table in enumerate(document.get(kind, ()), 1):
            tables.append((f"{kind}[{place}].sign_in", table.get("sign_in", {})))
    for key, table in tables:
        for name in ("ca", "certificate", "certificate_key"):
            if table.get(name) and not _is_file(table[name], folder):
                where = "a path begins at the folder of the estate file, or is absolute"
                what = "of that name" if name == "certificate_key" else show(table[name])  # it may be the key itself
                yield Mistake(f"{key}.{name}", f"there is no file {what}; {where}")


def _is_file(text: str, folder: Path) -> bool:
    try:
        return Path(path_in(text, folder)).is_file()
    except (OSError, ValueError):  # too long, or not to be looked at
        return False


def _network(key: str, text: str, *, all_of_it: bool = True) -> Iterator[Mistake]:
    try:
        right = ipaddress.ip_network(text, strict=False)
    except ValueError:
        yield Mistake(key, f'{show(text)} is no network; write "10.20.0.0/24" or "fd00:20::/64"')
        return
    if "/" not in text:
        all_of = f"{text}/{right.max_prefixlen}"
        near = str(ipaddress.ip_network((right.network_address, 24 if right.version == 4 else 64), strict=False))
        advice = f'write a network, as in "{near}", or "{all_of}" to mean it alone'
        yield Mistake(key, f"{show(text)} is one address; {advice}")
    elif right.prefixlen == 0 and not all_of_it:
        yield Mistake(key, f'{show(text)} is every network; name the private ones, as in "10.20.0.0/24"')
    elif not _is_exact(text):
        yield Mistake(key, f'{show(text)} has host bits set; did you mean "{right}"?')


def _is_exact(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
