"""The tables of a machine file: hardware, migration, adapters, virtual machines, replica, cluster, faults ..."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec

ServiceState = Literal["running", "stopped", "disabled", "absent", "start pending", "stop pending", "paused"]
Authentication = Literal["kerberos", "credssp"]
ReplicaAuthentication = Literal["none", "kerberos", "certificate", "both"]


class Part(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A table of the file."""


class Hardware(Part):
    """Processor, memory and model. Memory in GiB; `microcode` 0: Windows tells no revision."""

    processor: str = "Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz"
    vendor: str = "GenuineIntel"
    processor_id: str = "BFEBFBFF00050657"
    microcode: int = 0x5003605
    features: int = 0x3D1B3FFE
    sockets: int = 2
    cores: int = 20
    memory: float = 256
    free_memory: float = 128
    manufacturer: str = "Contoso"
    model: str = "Rack 2000"
    hypervisor: bool = True


class Migration(Part):
    """Live migration settings of the host; `listening` follows from networks and adapters unless given."""

    enabled: bool = True
    authentication: Authentication = "kerberos"
    performance: Literal["compression", "smb", "tcpip"] = "compression"
    networks: list[str] = []
    any_network: bool = False
    listening: list[str] | None = None
    maximum: int = 2
    maximum_storage: int = 2


class Defaults(Part):
    """Where the host puts configurations and virtual disks that no path is given for."""

    machines: str = "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V"
    disks: str = "C:\\Users\\Public\\Documents\\Hyper-V\\Virtual Hard Disks"


class Adapter(Part):
    """A network adapter with its addresses ("10.0.0.1/24"); speed in Gbit/s."""

    name: str
    addresses: list[str] = []
    profile: Literal["public", "private", "domain"] = "domain"
    gateway: str | bool = False
    connectivity: Literal["none", "no traffic", "subnet", "local", "internet"] = "local"
    up: bool = True
    speed: float = 10
    vlan: int | None = None
    virtual: bool = False
    rdma: bool = False
    dhcp: bool = False
    address_state: Literal["preferred", "duplicate", "tentative", "deprecated", "invalid"] = "preferred"
    over: list[str] = []


class Switch(Part):
    """A virtual switch; an external one has an uplink, with `management` a host adapter (in `vlan`) hangs on it."""

    name: str
    kind: Literal["external", "internal", "private"] = "external"
    management: bool = True
    vlan: int | None = None


class VmReplication(Part):
    """Replication of a virtual machine; interval in seconds, snapshots in hours."""

    mode: Literal["primary", "replica", "test", "extended"] = "primary"
    state: str = "Replicating"
    health: Literal["Ok", "Warning", "Critical"] = "Ok"
    primary: str = ""
    replica: str = ""
    port: int = 80
    authentication: Literal["kerberos", "certificate"] = "kerberos"
    thumbprint: str = ""
    compression: bool = True
    interval: int = 300
    recovery_points: int = 4
    snapshots: int = 0
    resynchronize: bool = True
    bypass_proxy: bool = False
    provider: str = "22391CDC-272C-4DDF-BA88-9BEFB1A0975C"
    last: datetime | None = None


class Vm(Part):
    """A virtual machine; memory in MiB, its size on disk in GiB a file. A name of another device means: it has one.

    `busy_with` is the second number of its OperationalStatus, as 32776 for a backup.
    """

    name: str
    id: str = ""
    version: str = ""
    generation: Literal[1, 2] = 2
    state: Literal["running", "off", "saved", "paused", "starting", "saving", "stopping"] = "running"
    critical: bool = False
    busy_with: int = 0
    planned: bool = False
    clustered: bool = False
    disks: list[str] = []
    disk_size: float = 40
    shared_disks: list[str] = []
    pass_through: list[str] = []
    dvd: str | None = None
    floppy: str | None = None
    folder: str = ""
    checkpoints: list[str] = []
    memory: int = 4096
    assigned_memory: int | None = None
    minimum_memory: int | None = None
    maximum_memory: int | None = None
    processors: int = 2
    compatible_processor: bool = False
    nested: bool = False
    switch: str | None = None
    connected: bool = True
    tpm: bool = False
    shielded: bool = False
    encrypt_migration_traffic: bool = False
    pci_devices: list[str] = []
    gpu_partitions: int = 0
    fibre_channel: list[str] = []
    remotefx: bool = False
    replication: VmReplication | None = None


class Authorization(Part):
    """Who may replicate to this host: an FQDN, *.domain or *."""

    primary: str
    folder: str = "D:\\Replica"
    group: str = "DEFAULT"


class Replica(Part):
    """The host as a replica server; `thumbprint` may be "of" and the subject of one of its certificates.

    On a cluster `broker_thumbprint` and the tables of ports are the broker's; unless said the first is the host's.
    """

    enabled: bool = False
    authentication: ReplicaAuthentication = "kerberos"
    port: int = 80
    https_port: int = 443
    thumbprint: str = ""
    broker_thumbprint: str | None = None
    kerberos_ports: dict[str, int] | None = None
    certificate_ports: dict[str, int] | None = None
    allow: list[Authorization] = []
    folder: str = "D:\\Replica"


class SmbServer(Part):
    """Server side of SMB."""

    encrypt_data: bool = False
    reject_unencrypted: bool = True
    require_signing: bool = False
    multichannel: bool = True


class SmbClient(Part):
    """Client side of SMB."""

    require_signing: bool = False
    require_encryption: bool = False
    multichannel: bool = True
    insecure_guests: bool = False


class Share(Part):
    """A file share; `access` is an SDDL text."""

    name: str
    path: str
    access: str = "O:BAG:BAD:(A;;FA;;;BA)"
    encrypt_data: bool = False


class Folder(Part):
    """A folder whose access list is told; those behind shares, and of replicas, are there without it."""

    path: str
    access: str = "O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
    missing: bool = False


class Smb(Part):
    """SMB settings and shares."""

    server: SmbServer = msgspec.field(default_factory=SmbServer)
    client: SmbClient = msgspec.field(default_factory=SmbClient)
    share: list[Share] = []


class ClusterResource(Part):
    """A resource of a cluster; `values` are its parameters as the cluster hive holds them."""

    name: str
    type: str
    group: str = "Cluster Group"
    state: str = "Online"
    owner: str = ""
    core: bool = False
    values: dict[str, Any] = {}


class Cluster(Part):
    """The cluster this machine is a node of."""

    name: str
    nodes: list[str]
    functional_level: int = 10
    parallel_migrations: int | None = None
    groups: dict[str, int] = {}
    resource: list[ClusterResource] = []


class Firewall(Part):
    """Profiles on or off, the built-in rules that are active, further rules as the registry writes them."""

    domain: bool = True
    private: bool = True
    public: bool = True
    active: list[str] = msgspec.field(default_factory=lambda: ["migration", "smb", "winrm", "winrm-https", "rpc"])
    rules: dict[str, str] = {}
    policy_rules: dict[str, str] = {}
    security_rules: dict[str, str] = {}
    policy_security_rules: dict[str, str] = {}


class Volume(Part):
    """A local volume; sizes in GiB."""

    name: str
    capacity: float = 1000
    free: float = 500
    file_system: str = "NTFS"


class Member(Part):
    """A member of a local group; kind as in SID_NAME_USE."""

    name: str
    sid: str
    kind: Literal["user", "group", "alias", "well-known"] = "group"


class Members(Part):
    """Members of the local groups that matter; Administrators holds what every member of a domain has, unless said."""

    administrators: list[Member] | None = None
    hyper_v_administrators: list[Member] = []
    remote_management_users: list[Member] = []
    power_users: list[Member] = []
    server_operators: list[Member] = []
    print_operators: list[Member] = []


class Policy(Part):
    """Security policy that was applied: user right -> accounts; `processed` false = RSoP holds no status."""

    rights: dict[str, list[str]] = {}
    processed: bool = True
    error: int = 0


class DeviceGuard(Part):
    """Virtualization based security."""

    status: Literal["off", "configured", "running"] = "off"
    credential_guard: bool = False
    code_integrity: bool = False


class Asr(Part):
    """Azure Site Recovery provider, when it is installed; without a version only what it left in the registry."""

    registered: bool = False
    provider_version: str = "5.1.7000.0"
    proxy: str | None = None
    proxy_port: int | None = None
    proxy_bypass: str | None = None


class WinHttp(Part):
    """What ``netsh winhttp set proxy`` was told."""

    proxy: str = ""
    bypass: str = ""


class Made(Part):
    """A certificate that is made from this: always the same one, but where `days_left` counts from today.

    `authority` is the common name of who signs, empty: itself; what follows a # in a name makes it another of that
    name. An authority's key follows from its name; so does one of `bits = 0`, which is of a curve and not of RSA.
    `is_authority` null says nothing of it.
    """

    subject: str
    names: list[str] = []
    authority: str = ""
    is_authority: bool | None = False
    purposes: list[Literal["server", "client", "any", "mail"]] | None = None
    usage: list[Literal["sign", "encipher"]] | None = None
    starts: date = date(2024, 1, 1)
    ends: date = date(2054, 1, 1)
    days_left: int | None = None
    lists: list[str] = []
    bits: int = 2048


class Certificate(Part):
    """A certificate of one of the machine's stores, as PEM text or as what it is made from; `store` "MY" is its own.

    `key_spec` 0 is a key of CNG, 1 one for exchange, 2 one for signatures. `store` may be the path of a key below HKLM,
    `purposes` what the store lets it be used for.
    """

    pem: str = ""
    made: Made | None = None
    friendly_name: str = ""
    private_key: bool = True
    key_spec: int = 1
    provider: str = "Microsoft RSA SChannel Cryptographic Provider"
    store: str = "MY"
    purposes: list[Literal["server", "client", "any", "mail"]] | None = None
