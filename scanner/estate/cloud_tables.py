"""The tables of ``estate.toml`` about VMM clouds: which are a pair, and what is mapped to what."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from scanner.estate.tables import Table, Text

SERVER = "DNS name of its VMM server; empty: the only [[vmm]]"


class CloudPairTable(Table, frozen=True, kw_only=True):
    """Two clouds of which the first is replicated to the second. What is left open is not compared."""

    from_: Annotated[Text, Meta(description="the source cloud, by name or id")] = field(name="from")
    to: Annotated[Text, Meta(description="the target cloud, by name or id")]
    from_server: Annotated[str, Meta(description=SERVER)] = ""
    to_server: Annotated[str, Meta(description=SERVER)] = ""
    frequency: Annotated[int, Meta(ge=0, le=900, description="seconds: 30, 300 or 900; 0: not told")] = 0
    recovery_points: Annotated[
        int, Meta(ge=-1, le=24, description="additional ones, kept for so many hours; -1: not told")
    ] = -1
    app_consistent: Annotated[
        int, Meta(ge=-1, le=12, description="hours between application-consistent snapshots; 0: none; -1: not told")
    ] = -1
    authentication: Annotated[Literal["", "kerberos", "certificate"], Meta(description="empty: as [replica] says")] = ""
    port: Annotated[int, Meta(ge=0, le=65535, description="0: as [replica] says")] = 0
    compression: Annotated[Literal["", "on", "off"], Meta(description="empty: not told")] = ""
    initial: Annotated[Literal["online", "offline"], Meta(description="how the first copy travels")] = "online"


class NetworkMappingTable(Table, frozen=True, kw_only=True):
    """A VM network of the source that becomes another one at the target."""

    from_: Annotated[Text, Meta(description="VM network of the source")] = field(name="from")
    to: Annotated[Text, Meta(description="VM network of the target")]


class StorageMappingTable(Table, frozen=True, kw_only=True):
    """A storage classification of the source that becomes another one at the target."""

    from_: Annotated[Text, Meta(description="storage classification of the source")] = field(name="from")
    to: Annotated[Text, Meta(description="storage classification of the target")]
