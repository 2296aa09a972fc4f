"""The tables of ``estate.toml`` that say nothing of how to sign in: networks, limits, what is planned.

Each key bears the sentence that editors show.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Text = Annotated[str, Meta(min_length=1)]
NO_DURATION = 'is no duration; write "60s", "500ms", "5m" or "1h"'
Duration = Annotated[str, Meta(extra={"wrong": NO_DURATION})]


class Table(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A table of the file."""


class RouteTable(Table, frozen=True, kw_only=True):
    """Who moves where."""

    from_: Annotated[Text, Meta(description="a group or a host")] = field(name="from")
    to: Annotated[Text, Meta(description="a group or a host; the same group: all of it with each other")]
    both_ways: bool = False
    storage: Annotated[
        bool | Literal["only"],
        Meta(
            description='virtual disks move too; "only": they move, and no virtual machine (live-migration alone)',
            extra={"wrong": 'is neither true nor false, without quotes, nor "only"'},
        ),
    ] = True
    profiles: Annotated[
        list[Literal["live-migration", "replica", "asr-vmm"]],
        Meta(
            min_length=1,
            description="the kinds of move it is planned for, of those that the estate asks for; empty: all",
            examples=[["live-migration"]],
        ),
    ] = []


class NetworksTable(Table, frozen=True, kw_only=True):
    """Networks by trust, in CIDR form."""

    trusted: Annotated[list[Text], Meta(description="private, isolated: migration traffic may be in clear")] = []
    untrusted: Annotated[list[Text], Meta(description="never to be crossed in clear")] = []
    ipsec: Annotated[list[Text], Meta(description="NET-05: IPsec is claimed to protect what moves send here")] = []


class NamesTable(Table, frozen=True, kw_only=True):
    """How names are resolved."""

    servers: Annotated[list[Text], Meta(description="addresses of DNS servers; empty: the system's")] = []
    lifetime: Annotated[Duration, Meta(description="for one look-up, as in 5s")] = "5s"


class LiveMigrationTable(Table, frozen=True, kw_only=True):
    """How live migrations are started."""

    remote_initiated: Annotated[bool, Meta(description="from a third machine, not signed in on the source")] = True
    started_from: Annotated[
        str,
        Meta(
            description="DNS name of the machine moves are started from, where it is none of the hosts; it is read, too"
        ),
    ] = ""


class OperatorTable(Table, frozen=True, kw_only=True):
    """Who starts the moves. Without it OPR-* judge nothing: the account of the scan should have fewer rights."""

    account: Annotated[
        Text | list[Text],
        Meta(
            description="an account, or a list of them, as in CORP\\\\ops or ops@corp.example",
            extra={"wrong": "is neither the name of an account nor a list of names"},
        ),
    ] = []


class VmsTable(Table, frozen=True, kw_only=True):
    """Which virtual machines are judged, by name (with * and ?) or id; the others are listed, not judged.

    An id decides before a name, and of two entries of one kind `except` does.
    """

    only: Annotated[
        list[Text], Meta(description="these alone; empty: all. Unknown where an entry names nothing that is there")
    ] = []
    except_: Annotated[list[Text], Meta(description="not these")] = field(name="except", default_factory=list[str])


class SwitchTable(Table, frozen=True, kw_only=True):
    """A virtual switch that the destination calls otherwise; whoever starts the move names it there."""

    from_: Annotated[Text, Meta(description="its name on the source")] = field(name="from")
    to: Annotated[Text, Meta(description="its name on the destination")]


class ReplicaTable(Table, frozen=True, kw_only=True):
    """What is planned for Hyper-V Replica."""

    authentication: Literal["kerberos", "certificate"] = "kerberos"
    port: Annotated[int, Meta(ge=0, le=65535, description="0: the replica server's, or Site Recovery's")] = 0
    configured: Annotated[bool, Meta(description="asr-vmm: false until it set the hosts up: refused then warns")] = True


class SiteRecoveryTable(Table, frozen=True, kw_only=True):
    """What VMM-to-VMM Site Recovery needs."""

    endpoints: Annotated[list[Text], Meta(description="host names on 443, beside those in the key file")] = []
    proxy: Annotated[str, Meta(description='host:port, "winhttp" (what each machine has set) or "direct"')] = ""
    hosts_need_internet: Annotated[bool, Meta(description="false: RCH-08 warns where it would fail")] = True
    registered: Annotated[bool, Meta(description="true: the VMM servers are registered: no key file is needed")] = False
    closed_scenario: Annotated[
        Literal["", "accepted"], Meta(description="ASR-01: accepted where you know that it takes no new servers")
    ] = ""
    proxy_signs_in: Annotated[
        str, Meta(description='the day and who saw the proxy take the provider\'s sign-in, as in "2026-11-20 Jane Doe"')
    ] = ""
    ip_ranges: Annotated[
        str, Meta(description="ASR-09: the day and who saw the service's address ranges allowed on TCP 443, likewise")
    ] = ""
    friendly_name: Annotated[
        Text | list[Text],
        Meta(
            description="VMM-14: the name, or names, of the VMM servers in the vault; of a cluster that of VMM's role",
            extra={"wrong": "is neither a name nor a list of names"},
        ),
    ] = []
    key_on_server: Annotated[str, Meta(description="KEY-09: where the key file lies on each VMM server")] = ""


class OfflineTable(Table, frozen=True, kw_only=True):
    """First copies that are carried by hand, between VMM sites (asr-vmm): without it SHR-* judge nothing."""

    export: Annotated[
        str,
        Meta(description=r"where they are put: a share, as in \\fs01.corp.example\export, or a folder of a machine"),
    ] = ""
    export_on: Annotated[str, Meta(description="DNS name of the machine, where export is a folder and no share")] = ""
    import_: Annotated[str, Meta(description="likewise, where they are fetched from")] = field(
        name="import", default=""
    )
    import_on: Annotated[str, Meta(description="likewise")] = ""
    service_account: Annotated[
        Text | list[Text],
        Meta(
            description="of VMM, of each server where they differ, as in CORP\\svc-vmm; empty: what VMM tells",
            extra={"wrong": "is neither the name of an account nor a list of names"},
        ),
    ] = []
    run_as: Annotated[list[Text], Meta(description="accounts with which VMM added the hosts")] = []


class KeyFileTable(Table, frozen=True, kw_only=True):
    """A vault registration key and what it should be for."""

    path: Annotated[Text, Meta(description="*.VaultCredentials on this machine; relative to the estate file")]
    vault: str = ""
    subscription: str = ""
    location: str = ""


class LimitsTable(Table, frozen=True, kw_only=True):
    """How long, and how much at once. Durations as in 500ms, 60s, 5m, 1h, at most a week."""

    host_deadline: Annotated[Duration, Meta(description="for one machine or domain, a round")] = "60s"
    connect_timeout: Annotated[Duration, Meta(description="for one connection, within host_deadline")] = "10s"
    run_deadline: Annotated[Duration, Meta(description="for the whole run; no host has longer")] = "30m"
    concurrency: Annotated[int, Meta(ge=1, le=512)] = 32


class ThresholdsTable(Table, frozen=True, kw_only=True):
    """Limits that are yours to choose."""

    key_hours: Annotated[int, Meta(ge=1, le=120, description="KEY-04: hours a key must still be valid")] = 24
    answer_hours: Annotated[int, Meta(ge=1, le=720, description="hours that an answer may be old at the end")] = 24
    clock_warn_seconds: Annotated[int, Meta(ge=1, le=3600, description="ID-06: clocks may differ by so much")] = 60
    clock_fail_seconds: Annotated[
        int, Meta(ge=1, le=86400, description="ID-06: what the domain's Kerberos policy tolerates (MaxClockSkew)")
    ] = 300
    ticket_hours: Annotated[
        int, Meta(ge=1, le=168, description="DEL-11: life of a ticket by the domain's Kerberos policy")
    ] = 10
    update_days: Annotated[int, Meta(ge=1, le=3650, description="HOST-11: age of the newest update")] = 60
    memory_reserve_gib: Annotated[
        int, Meta(ge=0, le=1024, description="HOST-08: memory that stays free on the destination")
    ] = 2
    disk_reserve_percent: Annotated[
        int, Meta(ge=0, le=500, description="HOST-09: room beyond the disks' own size, in per cent of it")
    ] = 10
    migrations_at_most: Annotated[int, Meta(ge=1, le=1000, description="LM-06: sensible number of moves at once")] = 10
    link_mbit: Annotated[
        int, Meta(ge=1, le=1_000_000, description="NET-06: speed of a migration network's adapter, Mbit/s")
    ] = 1000
