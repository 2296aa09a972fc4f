"""Reads what an estate file plans for VMM clouds, and finds what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from scanner.estate.cloud_tables import CloudPairTable, NetworkMappingTable, StorageMappingTable
from scanner.estate.file import EstateFile
from scanner.estate.mistakes import Mistake
from scanner.estate.salvage import STAND_IN
from scanner.words.clouds import CloudPair, Mapping
from scanner.words.names import host_name, nearest_host
from scanner.words.wording import show

FREQUENCIES = (0, 30, 300, 900)
"""seconds that Replica can be told (0: not told); learn.microsoft.com, Set-VMReplication -ReplicationFrequencySec"""
MappingTable = NetworkMappingTable | StorageMappingTable


def cloud_pairs(file: EstateFile, servers: Sequence[str]) -> tuple[CloudPair, ...]:
    """The pairs of clouds, each once; a server that is not named is the only one there is."""
    pairs = (
        CloudPair(
            _server(row.from_server, servers), row.from_, _server(row.to_server, servers), row.to,
            row.frequency, row.recovery_points, row.app_consistent, row.authentication, row.port,
            row.compression, row.initial,
        )
        for row in file.cloud_pair
    )  # fmt: skip
    return tuple(dict.fromkeys(pairs))


def mappings(rows: Sequence[MappingTable]) -> tuple[Mapping, ...]:
    """The rows, each once."""
    return tuple(dict.fromkeys(Mapping(row.from_, row.to) for row in rows))


def _server(text: str, servers: Sequence[str]) -> str:
    return host_name(text) if text or not servers else servers[0]


def mistakes_of_clouds(file: EstateFile, servers: Collection[str]) -> Iterator[Mistake]:
    """Pairs on servers that are none, and what no replication can be set to; mappings that contradict each other."""
    for place, row in enumerate(file.cloud_pair, 1):
        key = f"cloud_pair[{place}]"
        yield from _servers(key, row, servers)
        if row.frequency not in FREQUENCIES:
            yield Mistake(f"{key}.frequency", f"{row.frequency} is no copy frequency; write 30, 300 or 900")
        if not row.from_.strip() or not row.to.strip():
            yield Mistake(f"{key}.to", "from and to are clouds, and one of them is blank")
    for name, rows in (("network_mapping", file.network_mapping), ("storage_mapping", file.storage_mapping)):
        yield from _mapped(name, rows)


def _servers(key: str, row: CloudPairTable, servers: Collection[str]) -> Iterator[Mistake]:
    for word, text in (("from_server", row.from_server), ("to_server", row.to_server)):
        if text and host_name(text) not in servers:
            advice = nearest_host(host_name(text), servers) or "; write it as [[vmm]], too"
            yield Mistake(f"{key}.{word}", f"{show(text)} is no VMM server of the estate{advice}")
        elif not text and len(servers) != 1:
            there = (
                "there are several: name the one that holds the cloud" if servers else "there is none: write [[vmm]]"
            )
            yield Mistake(f"{key}.{word}", f"the only VMM server is meant, and {there}")


def _mapped(name: str, rows: Sequence[MappingTable]) -> Iterator[Mistake]:
    """What is mapped to two things; a source has one target."""
    known: dict[str, str] = {}
    for place, row in enumerate(rows, 1):
        if STAND_IN in row.from_ or STAND_IN in row.to:
            continue
        before = known.setdefault(row.from_.casefold(), row.to)
        if before.casefold() != row.to.casefold():
            yield Mistake(f"{name}[{place}].to", f"{show(row.from_)} is mapped to {show(before)} already")
