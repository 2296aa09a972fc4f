"""Findings by network: what was seen of each network that an answer names."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from reports.html_rows import Row
from scanner.api import Report

SCANNED = 2000
"""Characters of an answer that are searched for networks."""
NETWORK = re.compile(r"(?<![\w.:/])[0-9A-Fa-f:.]{2,45}/\d{1,3}(?!\w)")


def networks(report: Report) -> list[Row]:
    """What was seen of each network that an answer names, by address."""
    rows: dict[str, Row] = {}
    for finding in report.findings:
        for network in dict.fromkeys(_networks(finding.seen[:SCANNED])):
            rows.setdefault(network, Row(network, network)).add(finding)
    return [rows[network] for network in sorted(rows, key=_by_address)]


def _networks(text: str) -> Iterator[str]:
    for match in NETWORK.findall(text):
        try:
            yield str(ipaddress.ip_network(match, strict=False))
        except ValueError:
            continue


def _by_address(network: str) -> tuple[int, bytes, int]:
    parsed = ipaddress.ip_network(network)
    return parsed.version, parsed.network_address.packed, parsed.prefixlen
