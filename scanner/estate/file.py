"""The form of ``estate.toml``: its tables and keys, each with the sentence that editors show.

The JSON Schema (``hv-preflight schema``), the reading and the list of known keys follow from these classes.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from scanner.estate.cloud_tables import CloudPairTable, NetworkMappingTable, StorageMappingTable
from scanner.estate.tables import (
    KeyFileTable,
    LimitsTable,
    LiveMigrationTable,
    NamesTable,
    NetworksTable,
    OfflineTable,
    OperatorTable,
    ReplicaTable,
    RouteTable,
    SiteRecoveryTable,
    SwitchTable,
    Table,
    Text,
    ThresholdsTable,
    VmsTable,
)

MACHINE_TABLES = ("host", "vmm", "file_server")
"""Each names a machine, and may say how to sign in there."""
VARIABLE, NO_VARIABLE = "^([A-Za-z_][A-Za-z0-9_]*)?$", "what stands there is no name of an environment variable"


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


class EstateFile(Table, frozen=True, kw_only=True):
    """What shall move, and how to look at it. No secret belongs in here."""

    name: Annotated[
        str, Meta(description="what reports call this estate, in a line; empty: as its file, if not estate.toml")
    ] = ""
    profiles: Annotated[
        list[Literal["live-migration", "replica", "asr-vmm"]],
        Meta(min_length=1, description="the kinds of move", examples=[["live-migration"]]),
    ] = field(default_factory=lambda: ["live-migration"])
    waivers: Annotated[
        str, Meta(description="file of waivers, from the folder of this one; empty: waivers.toml there, if it is there")
    ] = ""
    sign_in: SignInTable = SignInTable()
    directory: DirectoryTable = DirectoryTable()
    networks: NetworksTable = NetworksTable()
    names: NamesTable = NamesTable()
    live_migration: LiveMigrationTable = LiveMigrationTable()
    replica: ReplicaTable = ReplicaTable()
    site_recovery: SiteRecoveryTable = SiteRecoveryTable()
    operator: OperatorTable = OperatorTable()
    offline: OfflineTable = OfflineTable()
    vms: VmsTable = VmsTable()
    limits: LimitsTable = LimitsTable()
    thresholds: ThresholdsTable = ThresholdsTable()
    group: list[GroupTable] = []
    host: list[HostTable] = []
    route: list[RouteTable] = []
    switch: list[SwitchTable] = []
    vmm: list[HostTable] = []
    cloud_pair: list[CloudPairTable] = []
    network_mapping: list[NetworkMappingTable] = []
    storage_mapping: list[StorageMappingTable] = []
    file_server: list[HostTable] = []
    key_file: list[KeyFileTable] = []
