"""The form of ``estate.toml``: its tables and keys, each with the sentence that editors show.

The JSON Schema (``hv-preflight schema``), the reading and the list of known keys follow from these classes.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Text = Annotated[str, Meta(min_length=1)]
NO_DURATION = 'is no duration; write "60s", "500ms", "5m" or "1h"'
VARIABLE, NO_VARIABLE = "^([A-Za-z_][A-Za-z0-9_]*)?$", "what stands there is no name of an environment variable"
Duration = Annotated[str, Meta(extra={"wrong": NO_DURATION})]


class Table(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A table of the file."""


class SecretTable(Table, frozen=True, kw_only=True):
    """Where a secret is to be read; exactly one key."""

    env: Annotated[
        str, Meta(pattern=VARIABLE, extra={"wrong": NO_VARIABLE}, description="name of an environment variable")
    ] = ""
    file: Annotated[str, Meta(description="a file; its first line is the secret")] = ""
    keyring: Annotated[str, Meta(description="service name in the system's keyring; the entry is the user")] = ""
    command: Annotated[list[str], Meta(description="a command; its first line of output is the secret")] = []
    prompt: Annotated[bool, Meta(description="ask on the terminal")] = False


class SignInTable(Table, frozen=True, kw_only=True):
    """How to sign in to Windows machines."""

    method: Annotated[
        Literal["kerberos", "negotiate", "certificate", "credssp", "basic"],
        Meta(description="kerberos takes the ticket cache; basic and certificate only over https"),
    ] = "kerberos"
    transport: Annotated[
        str,
        Meta(
            description="https; http only where the method encrypts messages; or one that a plugin brings",
            examples=["https", "http"],
        ),
    ] = "https"
    port: Annotated[int, Meta(ge=0, le=65535, description="0: 5986 for https, 5985 for http")] = 0
    user: Annotated[str, Meta(description="for negotiate, credssp and basic")] = ""
    password: SecretTable | None = None
    certificate: Annotated[str, Meta(description="PEM file of the client certificate")] = ""
    certificate_key: Annotated[str, Meta(description="PEM file of its key")] = ""
    key_password: SecretTable | None = None
    configuration: Annotated[str, Meta(description="a session configuration (JEA): commands are sent, no script")] = ""
    ca: Annotated[str, Meta(description="PEM file of certification authorities; empty: the system's")] = ""
    verify: Annotated[bool, Meta(description="false accepts any certificate: for a lab")] = True


class GroupTable(Table, frozen=True, kw_only=True):
    """Hosts under one name."""

    name: Text
    hosts: Annotated[list[Text], Meta(min_length=1, description="DNS names", examples=[["hv01.corp.example"]])]
    sign_in: SignInTable | None = None


class HostTable(Table, frozen=True, kw_only=True):
    """A host with settings of its own."""

    name: Annotated[Text, Meta(description="DNS name")]
    address: Annotated[str, Meta(description="connect here instead of resolving the name")] = ""
    sign_in: SignInTable | None = None


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


class DirectoryTable(Table, frozen=True, kw_only=True):
    """How to read the domain controllers."""

    domains: Annotated[list[Text], Meta(description="DNS names, beside those the machines' names end in")] = []
    controllers: Annotated[
        dict[str, list[Text]], Meta(description="by domain, where DNS shall not be asked, or a name lies outside")
    ] = {}
    addresses: Annotated[dict[str, str], Meta(description="address by controller, where DNS shall not be asked")] = {}
    site: Annotated[
        str, Meta(description="the Active Directory site this runs in: its controllers are asked first")
    ] = ""
    method: Literal["kerberos", "simple"] = "kerberos"
    transport: Annotated[
        Literal["auto", "sealed", "ldaps", "starttls"],
        Meta(description="auto: sealed on 389 with kerberos, LDAPS with simple"),
    ] = "auto"
    user: str = ""
    password: SecretTable | None = None
    ca: Annotated[str, Meta(description="PEM file of certification authorities; empty: the system's")] = ""
    verify: bool = True


class NetworksTable(Table, frozen=True, kw_only=True):
    """Networks by trust, in CIDR form."""

    trusted: Annotated[list[Text], Meta(description="private, isolated: migration traffic may be in clear")] = []
    untrusted: Annotated[list[Text], Meta(description="never to be crossed in clear")] = []


class NamesTable(Table, frozen=True, kw_only=True):
    """How names are resolved."""

    servers: Annotated[list[Text], Meta(description="addresses of DNS servers; empty: the system's")] = []
    lifetime: Annotated[Duration, Meta(description="for one look-up, as in 5s")] = "5s"


class LiveMigrationTable(Table, frozen=True, kw_only=True):
    """How live migrations are started."""

    remote_initiated: Annotated[bool, Meta(description="from a third machine, not signed in on the source")] = True


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


class EstateFile(Table, frozen=True, kw_only=True):
    """What shall move, and how to look at it. No secret belongs in here."""

    profiles: Annotated[
        list[Literal["live-migration", "replica", "asr-vmm"]],
        Meta(min_length=1, description="the kinds of move", examples=[["live-migration"]]),
    ] = field(default_factory=lambda: ["live-migration"])
    sign_in: SignInTable = SignInTable()
    directory: DirectoryTable = DirectoryTable()
    networks: NetworksTable = NetworksTable()
    names: NamesTable = NamesTable()
    live_migration: LiveMigrationTable = LiveMigrationTable()
    replica: ReplicaTable = ReplicaTable()
    site_recovery: SiteRecoveryTable = SiteRecoveryTable()
    limits: LimitsTable = LimitsTable()
    thresholds: ThresholdsTable = ThresholdsTable()
    group: list[GroupTable] = []
    host: list[HostTable] = []
    route: list[RouteTable] = []
    vmm: list[HostTable] = []
    key_file: list[KeyFileTable] = []
