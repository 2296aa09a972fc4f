"""Hosts that replicate by certificate, alone or in a cluster, as facts: all sound unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lab.windows.machine.certificate_store import store_blob
from lab.windows.machine.parts import Certificate, Made
from scanner.api import Estate, Fact, GapReason, Profile, Replica
from scanner.facts.address_origin import DHCP, MANUAL, AddressOrigin
from scanner.facts.certificates import Authority, OwnCertificate, RevocationCheck, UntrustedCertificate
from scanner.facts.cluster_resources import BROKER, ClusterNode, ClusterParameters, ClusterResource
from scanner.facts.host import ClusterInfo, DnsSuffix, Service
from scanner.facts.network import EndpointProbe, NetworkAdapter
from scanner.facts.replica_certificates import BrokerCertificate, ReplicaCertificate, ReplicationCertificate
from tests.checks.delegation.domain import account, known
from tests.conftest import HV01, HV02, estate

Rows = Mapping[tuple[type[Fact], str], Sequence[Fact] | GapReason]
STORES = r"Microsoft.PowerShell.Core\Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SystemCertificates"
CLUSTER, BROKER_NAME = "cl01.corp.example", "broker.corp.example"
ROOT = "Practice CA"
LIST = "http://pki.corp.example/ca.crl"
REPLICATION = RevocationCheck(r"HKLM\X\Virtualization\Replication", 1)


def certificate(subject: str, *, row: Mapping[str, object] | None = None, **made: object) -> Certificate:
    """What the lab makes a certificate from; of Practice CA and for both purposes unless said otherwise."""
    usual: dict[str, object] = {
        "authority": ROOT, "purposes": ["server", "client"], "usage": ["sign", "encipher"], "lists": [LIST],
    }  # fmt: skip
    return Certificate(made=Made(subject, **(usual | made)), **(row or {}))  # type: ignore[arg-type]


def stored(found: Certificate) -> OwnCertificate:
    """The certificate as its registry key holds it."""
    thumbprint, blob = store_blob(found)
    return OwnCertificate(rf"{STORES}\MY\Certificates\{thumbprint}", blob.hex())


def own(subject: str, *, row: Mapping[str, object] | None = None, **made: object) -> OwnCertificate:
    """A certificate of a host."""
    return stored(certificate(subject, row=row, **made))


def authority(subject: str = ROOT, *, store: str = "ROOT", signed_by: str = "", **made: object) -> Authority:
    """An authority that a host knows."""
    said = {"is_authority": True, "authority": signed_by, **made}
    purposes = said.pop("limited_to", None)
    row = Certificate(made=Made(subject, **said), store=store, purposes=purposes)  # type: ignore[arg-type]
    thumbprint, blob = store_blob(row)
    return Authority(rf"{STORES}\{store}\Certificates\{thumbprint}", blob.hex())


def untrusted(row: OwnCertificate | Authority) -> UntrustedCertificate:
    """That a host must not trust it."""
    return UntrustedCertificate(rf"{STORES}\Disallowed\Certificates\{row.thumbprint}")


def connects(target: str, outcome: str = "Connected") -> EndpointProbe:
    """What an attempt gave."""
    return EndpointProbe(target, outcome, (), "10.0.0.9", "10.0.0.1", 1, None, None, None, None, None)


def host(name: str, *, certificates: Sequence[OwnCertificate] | None = None) -> Rows:
    """A host that is no node: one certificate, the root, no more."""
    mine = [own(name)] if certificates is None else list(certificates)
    chosen = mine[0].thumbprint if mine else ""
    return {
        (OwnCertificate, name): mine,
        (Authority, name): [authority()],
        (UntrustedCertificate, name): [],
        (RevocationCheck, name): [],
        (Service, name): [],
        (ClusterInfo, name): [],
        (DnsSuffix, name): [DnsSuffix("corp.example", "corp.example")],
        (ReplicaCertificate, name): [ReplicaCertificate(chosen)],
        (BrokerCertificate, name): [BrokerCertificate(chosen, (), ())],
        (ReplicationCertificate, name): [],
        (EndpointProbe, name): [connects("pki.corp.example:80")],
    }


def pair(*more: Rows) -> Rows:
    """HV01 sends to HV02, both sound, then what these say."""
    found: dict[tuple[type[Fact], str], Sequence[Fact] | GapReason] = {**known(account(HV01), account(HV02))}
    for rows in (host(HV01), host(HV02), *more):
        found.update(rows)
    return found


def node(name: str, *others: str, state: int = 2, broker: str = BROKER_NAME) -> Rows:
    """A host that is a node of CL01, with the broker online and its certificate beside its own."""
    mine, shared = own(name), own(broker)
    short = broker.partition(".")[0]
    group = "HVR-Broker"
    ids = [f"0000000{number}-0000-0000-0000-000000000000" for number in range(4)]
    keys = [rf"HKEY_LOCAL_MACHINE\Cluster\Resources\{one}\Parameters" for one in ids]
    return {
        **host(name, certificates=[mine, shared]),
        (BrokerCertificate, name): [BrokerCertificate(shared.thumbprint, (), ())],
        (Service, name): [Service("ClusSvc", "Running", "Auto", 9, None)],
        (ClusterInfo, name): [ClusterInfo("CL01", CLUSTER, None)],
        (ClusterNode, name): [ClusterNode(one.partition(".")[0], 0) for one in (name, *others)],
        (ClusterResource, name): [
            ClusterResource(ids[0], "Broker", BROKER, state, group, "hv02"),
            ClusterResource(ids[1], "Name", "Network Name", 2, group, "hv02"),
            ClusterResource(ids[2], "Address", "IP Address", 2, group, "hv02"),
            ClusterResource(ids[3], "Cluster Name", "Network Name", 2, "Cluster Group", "hv02"),
        ],
        (ClusterParameters, name): [
            ClusterParameters(keys[1], short.upper(), short, None, None),
            ClusterParameters(keys[2], None, None, "10.0.0.50", 0),
            ClusterParameters(keys[3], "CL01", "cl01", None, None),
        ],
        **addresses(name, DHCP),
    }


def addresses(name: str, *origins: int | None, up: bool = True, given: Sequence[str] = ()) -> Rows:
    """A host's addresses, by where they come from: 10.0.0.11 and so on; those of its cluster by hand."""
    texts = [(f"10.0.0.{11 + number}", origin) for number, origin in enumerate(origins)]
    every = [*texts, *((text, MANUAL) for text in given), ("169.254.1.1", 2), ("127.0.0.1", 2)]
    rows = [AddressOrigin(text, 4, 2, 4, store, origin) for text, origin in every for store in (1, 0)]
    return {
        (AddressOrigin, name): rows,
        (NetworkAdapter, name): [NetworkAdapter(4, "Management", 1 if up else 2, 1 if up else 2, None)],
    }


def planned(authentication: str = "certificate", *, profile: Profile = Profile.REPLICA, **words: object) -> Estate:
    """The estate: replication by certificate from HV01 to HV02, unless said otherwise."""
    configured = bool(words.pop("configured", True))
    replica = Replica(authentication=authentication, configured=configured)
    return estate(**({"profiles": frozenset({profile}), "replica": replica} | words))
