"""An estate of any size as evidence, made from the fact classes: healthy throughout, or with faults sown in.

Two domains in two forests that trust each other, hosts by turns in each, every host a source and a destination for
every other one, one VMM server, one registration key. Delegation within a domain is by names, across by access lists.
What checks ask of a machine and nothing here says is what a practice machine of the lab answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from benchmarks import guests
from lab.windows.trial import Trial
from scanner.api import Check, Estate, Evidence, Fact, GapReason, KeyFile, Profile, Route, SiteRecovery, TargetInfo
from scanner.collect.plan import first_round, second_round
from scanner.collect.windows.decoder import decode
from scanner.facts import (
    adapter,
    delegation,
    directory,
    firewall,
    host,
    hyperv,
    kerberos,
    listening,
    memory,
    network,
    policy,
    replica,
    replica_entries,
    replication,
    smb,
    storage,
)  # fmt: skip
from scanner.facts.base import WindowsFact
from scanner.facts.keyfile import RegistrationKey
from scanner.judge import judging
from scanner.judge.settling import settle
from scanner.words.recovery import Replica

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DOMAINS = ("corp.example", "branch.example")
CONTROLLERS = 2
"""of every domain"""
VMM, KEY, ENDPOINT = "vmm01.corp.example", "vault.VaultCredentials", "login.microsoftonline.com"
MIGRATION = "Microsoft Virtual System Migration Service"
REPLICA = "Hyper-V Replica Service"
ANY_PROTOCOL = 0x1000 | directory.TRUSTED_TO_AUTHENTICATE
VERSIONS = ("5.0", "6.2", "7.0", "7.1", "8.0")
BUILD = 14393
RULES = 400
"""of a server's firewall"""
FAULTS = ("disabled", "silent", "undelegated", "new machines", "public network", "credssp")


def estate_of(hosts: int) -> Estate:
    """Every host to every other one, live migration and Replica; ``benchmarks.clouds`` has Site Recovery."""
    names = tuple(f"hv{n:03}.{DOMAINS[n % 2]}" for n in range(hosts))
    return Estate(
        profiles=frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA}),
        hosts=names,
        routes=tuple(Route(a, b) for a in names for b in names if a != b),
        domains=DOMAINS,
        trusted=("10.10.0.0/16", "10.20.0.0/16"),  # disks take the management network, which leads to the internet
        vmm_servers=(VMM,),
        key_files=(KeyFile(KEY),),
        site_recovery=SiteRecovery(endpoints=(ENDPOINT,), registered=True),
        replica=Replica(port=8083),
    )


def evidence_of(
    estate: Estate, machines: int, checks: Sequence[Check], *, faulty: int = 0, kinds: Sequence[str] = FAULTS
) -> Evidence:
    """The whole record: first round, and the second with every attempt to connect a success.

    Args:
        estate: from ``estate_of``.
        machines: virtual machines in all, spread evenly.
        checks: whose questions the second round answers.
        faulty: every so many-th host has a fault; 0: none has.
        kinds: of each fault in turn.
    """
    evidence = Evidence(estate, started=NOW - timedelta(seconds=30), finished=NOW, version="0", runner="runner")
    share, over = divmod(machines, len(estate.hosts))
    faults = {name: kinds[place % len(kinds)] for place, name in enumerate(estate.hosts[::faulty] if faulty else ())}
    for number, name in enumerate(estate.hosts):
        fault = faults.get(name, "")
        evidence.note(TargetInfo(name=name, kind="host", who="svc", how="kerberos over https", seconds=1.5))
        for fact, rows in _host(number, name, share + (number < over), fault):
            if fault == "silent":
                evidence.miss(fact, name, GapReason.TIMEOUT, "no answer within the deadline")
            else:
                _put(evidence, fact, name, rows)
    for fact, rows in _machine(900, VMM):
        _put(evidence, fact, VMM, rows)
    for domain in DOMAINS:
        for fact, target, rows in _domain(domain, estate, faults):
            _put(evidence, fact, target, rows)
    _put(evidence, RegistrationKey, KEY, [_key()])
    for want in first_round(checks, estate):
        for fact in want.facts:
            told = evidence.has(fact, want.target) or faults.get(want.target) == "silent"
            if issubclass(fact, WindowsFact) and not told:
                _put(evidence, fact, want.target, _of_the_lab(fact))
    told = evidence.amended()
    told.close()
    for target, facts in second_round(judging.asks_of(checks, told), estate).items():
        for fact, arguments in facts.items():
            _put(evidence, fact, target, [row for text in arguments for row in _second(fact, target, text)])
    evidence.close()
    return settle(evidence)


def _put(evidence: Evidence, fact: type[Fact], target: str, rows: Sequence[Fact]) -> None:
    text = fact.query.text if issubclass(fact, WindowsFact) else "LDAP search"
    evidence.put(fact, target, rows, query=text, at=NOW - timedelta(seconds=10))


@cache
def _of_the_lab(fact: type[WindowsFact]) -> Sequence[WindowsFact]:
    answer = Trial.of(f'name = "hv001"\nrelease = "2016"\nclock = {NOW:%Y-%m-%dT%H:%M:%SZ}').plan(fact.query.plan())[
        fact.query.name
    ]
    return decode(fact, answer["rows"])


Rows = Iterator[tuple[type[Fact], Sequence[Fact]]]


def _machine(number: int, name: str) -> Rows:
    short, _, domain = name.partition(".")
    yield host.OperatingSystem, [host.OperatingSystem(NOW, BUILD, f"10.0.{BUILD}", host.ProductType.SERVER, NOW)]
    yield host.ComputerSystem, [host.ComputerSystem(short.upper(), short, domain, True, 3, "Contoso", "Rack", True)]
    yield host.Service, [
        host.Service(service, "Running", "Auto", 4000 + place, "LocalSystem")
        for place, service in enumerate(host.SERVICES) if service != "ClusSvc"
    ]  # fmt: skip
    yield host.DomainControllerHint, [host.DomainControllerHint(f"\\\\DC1.{domain}")]
    yield host.ClusterInfo, []
    yield (
        network.IPAddress,
        [
            network.IPAddress(_address(number), 16, 3, 2, 4, 1),
            network.IPAddress(_address(number, "10.20."), 16, 7, 2, 4, 1),
            network.IPAddress("fe80::1%7", 64, 7, 23, 4, 1),
        ],
    )
    cards = ((n, f"00155D{number:04X}{n:02X}") for n in (3, 7))
    yield network.NetworkAdapter, [network.NetworkAdapter(n, f"Ethernet {n}", 1, 1, 10**10, c, (c,)) for n, c in cards]
    yield adapter.AdapterLayer, [adapter.AdapterLayer(n, None, True, None, ()) for n in (3, 7)]
    yield network.DefaultRoute, [network.DefaultRoute("0.0.0.0/0", "10.10.0.254", 3, 256, 1)]
    yield smb.SmbServerConfiguration, [smb.SmbServerConfiguration(False, True, True)]
    yield smb.SmbClientConfiguration, [smb.SmbClientConfiguration(None, True)]
    yield network.ConnectionSecurityRule, []
    yield replica.AsrProxySettings, []


def _host(number: int, name: str, machines: int, fault: str) -> Rows:
    yield from _machine(number, name)
    mine = _address(number, "10.20.")
    by_names = hyperv.MigrationAuthentication.KERBEROS
    way = hyperv.MigrationAuthentication.CREDSSP if fault == "credssp" else by_names
    enabled, tcp = fault != "disabled", hyperv.MigrationPerformance.COMPRESSION
    outside = fault == "public network"
    yield (
        network.ConnectionProfile,
        [
            network.ConnectionProfile(interface=3, category=2, ipv4_connectivity=4, ipv6_connectivity=0),
            network.ConnectionProfile(interface=7, category=1, ipv4_connectivity=2, ipv6_connectivity=0),
        ],
    )
    yield hyperv.MigrationService, [hyperv.MigrationService((mine,) if enabled else ())]
    yield hyperv.MigrationSettings, [hyperv.MigrationSettings(enabled, way, True, False, 2, 2)]
    subnet = ("10.10.0.0", 16) if outside else ("10.20.0.0", 16)
    yield hyperv.MigrationNetwork, [hyperv.MigrationNetwork("Microsoft:1", *subnet, 0, ("Microsoft:UserManaged",))]
    yield hyperv.VMHost, [hyperv.VMHost(enabled, way, tcp, False, VERSIONS)]
    yield firewall.FirewallRule, _rules()
    yield from guests.machines(name, machines, "9.0" if fault == "new machines" else "8.0")
    yield memory.PhysicalMemory, [memory.PhysicalMemory(free=16 << 30, total=20 << 30)]
    yield policy.PolicyProcessing, [policy.PolicyProcessing(policy.COMPLETE, 0)]
    yield kerberos.HostClock, [kerberos.HostClock(NOW, NOW, NOW)]
    yield replica.ReplicationServer, [replica.ReplicationServer(True, 1, 8083, 8084)]
    yield replica.ReplicaBrokerSettings, [replica.ReplicaBrokerSettings(True, 1, 8083, 8084)]
    yield replication.ReplicationAuthorization, [replication.ReplicationAuthorization("*", "DEFAULT")]
    yield replica_entries.ReplicaEntries, [replica_entries.ReplicaEntries(True, ("*|D:\\Replica|DEFAULT",), (), ())]
    yield listening.ListeningPort, [listening.ListeningPort("0.0.0.0", port, 4) for port in (5986, 8083)]


@cache
def _rules() -> Sequence[firewall.FirewallRule]:
    """Those of the lab, among as many others as a server has."""
    own = [row for row in _of_the_lab(firewall.FirewallRule) if isinstance(row, firewall.FirewallRule)]
    text = "Action=Allow|Active=TRUE|Dir={way}|Protocol=6|Profile=Domain|LPort={port}|App=System|RA4=LocalSubnet"
    others = [(n, text.format(way=("In", "Out")[n % 2], port=1000 + n)) for n in range(RULES)]
    return [*own, *(firewall.FirewallRule(f"Other-{n}", rule) for n, rule in others)]


def _domain(domain: str, estate: Estate, faults: Mapping[str, str]) -> Iterator[tuple[type[Fact], str, Sequence[Fact]]]:
    other = next(name for name in DOMAINS if name != domain)
    controllers = [f"dc{n}.{domain}" for n in range(1, CONTROLLERS + 1)]
    members = [(n, name) for n, name in enumerate(estate.hosts) if name.endswith("." + domain)]
    accounts = [_account(n, name, estate, faults.get(name) != "undelegated") for n, name in members]
    trust = directory.Trust(other, other.partition(".")[0].upper(), 3, 2, 0x8)
    yield directory.DomainController, domain, [directory.DomainController(name, domain) for name in controllers]
    servers = [directory.DirectoryServer(name, domain, read_only=False) for name in controllers]
    yield directory.DirectoryServer, domain, servers
    yield directory.DomainInfo, domain, [directory.DomainInfo(domain, domain, "DC=" + domain.replace(".", ",DC="), 7)]
    yield directory.CrossRef, domain, [directory.CrossRef(domain, domain.partition(".")[0].upper())]
    yield directory.Trust, domain, [trust]
    for target in (domain, *controllers):
        yield directory.ComputerAccount, target, accounts
    yield kerberos.ControllerClock, domain, [kerberos.ControllerClock(domain, controllers[0], NOW, NOW, NOW)]
    yield from _beside(domain, controllers, accounts)


def _beside(
    domain: str, controllers: Sequence[str], accounts: Sequence[directory.ComputerAccount]
) -> Iterator[tuple[type[Fact], str, Sequence[Fact]]]:
    """What the directory says of accounts beside delegation itself."""
    of_controllers = ((f"CN={name}", f"{name.partition('.')[0].upper()}$", True) for name in controllers)
    every = (*of_controllers, *((row.dn, row.sam_name, False) for row in accounts))
    aes, version = 0x1C, f"10.0 ({BUILD})"
    yield kerberos.KerberosAccount, domain, [kerberos.KerberosAccount(*one, aes, version) for one in every]
    long_ago = NOW - timedelta(days=90)
    changes = (delegation.DelegationChange(row.dn, row.sid, long_ago, long_ago, long_ago) for row in accounts)
    yield delegation.DelegationChange, domain, [*changes]
    held = ((spn, row) for row in accounts for spn in delegation.service_names(*delegation.names_of(row.dns_name)))
    rows = [delegation.ServiceName(spn, (row.dn,), (row.sid,)) for spn, row in held]
    yield delegation.ServiceName, domain, rows


def _names(name: str, *services: str) -> Iterable[str]:
    short = name.partition(".")[0].upper()
    return (f"{service}/{form}" for service in services for form in (short, name))


def _account(number: int, name: str, estate: Estate, delegated: bool) -> directory.ComputerAccount:
    short, _, domain = name.partition(".")
    same = [other for other in estate.hosts if delegated and other != name and other.endswith("." + domain)]
    base = "S-1-5-21-{0}-{0}-{0}-"
    others = [(n, h) for n, h in enumerate(estate.hosts) if not h.endswith("." + domain)]
    return directory.ComputerAccount(
        dn=f"CN={short.upper()},CN=Computers,DC={domain.replace('.', ',DC=')}",
        sam_name=f"{short.upper()}$",
        dns_name=name,
        sid=f"{base.format(number % 2 + 1)}{1000 + number}",
        user_account_control=ANY_PROTOCOL,
        spns=tuple(_names(name, MIGRATION, REPLICA, "HOST", "RestrictedKrbHost", "WSMAN")),
        delegates_to=tuple(text for other in same for text in _names(other, MIGRATION, "cifs")),
        allowed_sids=tuple(f"{base.format(n % 2 + 1)}{1000 + n}" for n, _ in others),
        denied_sids=(),
        has_resource_delegation=True,
        group_sids=(f"{base.format(number % 2 + 1)}515",),
    )


def _second(fact: type[Fact], machine: str, argument: str) -> Iterator[Fact]:
    """The rows that answer one question of the second round."""
    if fact is storage.DiskFile:
        yield from (storage.DiskFile(path, 1 << 20) for path in argument.split(storage.BETWEEN))
    elif fact is kerberos.SecureChannel:
        yield kerberos.SecureChannel(works=True)
    elif fact is network.EndpointProbe:
        yield _connected(machine, argument.partition(" via ")[0])


def _connected(machine: str, target: str) -> network.EndpointProbe:
    tls = "Ok" if "/tls" in target else None
    issuer = "CN=DigiCert Global G2, O=DigiCert Inc" if tls else None
    name, own = target.rpartition(":")[0], int(machine[2:5]) if machine.startswith("hv") else 900
    remote = _address(int(name[2:5])) if name.startswith("hv") else name if name.startswith("10.") else "192.0.2.1"
    local = _address(own, remote[:6])
    return network.EndpointProbe(target, "Connected", (remote,), remote, local, 1, None, tls, None, issuer, None)


def _address(number: int, net: str = "10.10.") -> str:
    """A machine's address in the management network, or in the one that the other address is of."""
    return f"{net if net == '10.20.' else '10.10.'}{number // 250}.{number % 250 + 1}"


def _key() -> RegistrationKey:
    return RegistrationKey(
        file_name=KEY, size=4096, problem="", root="RSVaultAsrCreds", namespace=True, vault="vault", subscription="s",
        location="westeurope", resource_group="group", endpoints=(ENDPOINT,), thumbprint="A" * 40,
        certificate_problem="", not_before=NOW - timedelta(hours=2), not_after=NOW + timedelta(days=4),
        site="", file_time=NOW,
    )  # fmt: skip
