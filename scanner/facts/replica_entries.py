"""From whom the replica server takes replicas, as the Hyper-V module shows it: on a cluster, the broker's word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.model import Fact
from scanner.words.query import Command

ENTRIES, BETWEEN = "AuthorizationEntries", "|"
PARTS = ("AllowedPrimaryServer", "ReplicaStorageLocation", "TrustGroup")
MAPPINGS = ("KerberosAuthenticationPortMapping", "CertificateAuthenticationPortMapping")


@dataclass(frozen=True, slots=True)
class Entry:
    """A primary server from which replicas are taken."""

    primary: str
    """full name, ``*.domain``, or ``*`` for every server; lower case"""
    folder: str
    group: str


@windows_fact(
    Command("Get-VMReplicationServer"),
    module="Hyper-V",
    absent=("module",),
    service="vmms",
    yields="Microsoft.HyperV.PowerShell.VMReplicationServer",
    no_row="the Hyper-V module is not installed",
    key=(),
)
class ReplicaEntries(WindowsFact):
    """From whom replicas are taken, and on which port each node of a cluster takes them."""

    from_any: bool = prop("ReplicationAllowedFromAnyServer", "computed: there is an entry for every server")
    texts: tuple[str, ...] = prop(ENTRIES, "of each its server, its folder and its trust group, with | between")
    kerberos_ports: tuple[str, ...] = prop(MAPPINGS[0], "of each node and the broker name=port; none on one host alone")
    certificate_ports: tuple[str, ...] = prop(MAPPINGS[1], "likewise")

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Its objects as texts; what is none of their kind stays as it is, and makes the answer unparsable."""
        row = dict(raw)
        if ENTRIES in raw:
            row[ENTRIES] = [_entry(one) for one in _listed(raw[ENTRIES])]
        for name in MAPPINGS:
            if isinstance(raw.get(name), dict):
                row[name] = [f"{key}={port}" for key, port in cast("dict[str, object]", raw[name]).items()]
        yield row

    @classmethod
    def lacks(cls, rows: Iterable[Fact]) -> str:
        """What every entry has; a record may hold texts that nobody put together here."""
        texts = (text for row in rows if isinstance(row, ReplicaEntries) for text in row.texts)
        whole = all(text.count(BETWEEN) == len(PARTS) - 1 for text in texts)
        return "" if whole else "an entry that is not a server, a folder and a trust group"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries."""
        parts = (text.split(BETWEEN) for text in self.texts)
        return tuple(Entry(primary.strip().lower().rstrip("."), folder, group) for primary, folder, group in parts)


def _listed(value: object) -> list[object]:
    """A list, which Windows PowerShell may wrap, and of which one element may come alone."""
    if isinstance(value, dict) and {"value", "Count"} == set(cast("dict[str, object]", value)):
        return _listed(cast("dict[str, object]", value)["value"])
    return cast("list[object]", value) if isinstance(value, list) else [value] if value else []


def _entry(one: object) -> object:
    """Neither a name, nor a folder, nor a group may hold what stands between them."""
    if not isinstance(one, dict):
        return {}
    texts = [str(cast("dict[str, object]", one).get(name) or "") for name in PARTS]
    return {} if not texts[0] or any(BETWEEN in text for text in texts) else BETWEEN.join(texts)
