"""Which certificates Hyper-V Replica was told to use, and how the nodes of a cluster share its port."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import cast

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.replication import OfReplication
from scanner.words.query import HYPER_V, Command, cim
from scanner.words.telling import tell

MAPPED = ("KerberosAuthenticationPortMapping", "CertificateAuthenticationPortMapping")


def thumbprint_of(text: str | None) -> str:
    """A thumbprint as stores write it: what people paste has blanks, and signs that nobody sees."""
    return re.sub(r"[^0-9A-F]", "", (text or "").upper())


@windows_fact(cim("Msvm_ReplicationServiceSettingData", namespace=HYPER_V), service="vmms", least=1, key=())
class ReplicaCertificate(WindowsFact):
    """The certificate by which a host receives replicas; of a node of a cluster its own, not the broker's."""

    text: str | None = prop("CertificateThumbPrint", "empty: none was chosen")

    @property
    def thumbprint(self) -> str:
        """As stores write it; empty if none was chosen."""
        return thumbprint_of(self.text)


@windows_fact(
    Command("Get-VMReplicationServer"),
    module="Hyper-V",
    absent=("module",),
    service="vmms",
    yields="Microsoft.HyperV.PowerShell.VMReplicationServer",
    no_row=tell("the Hyper-V module is not installed"),
    key=(),
)
class BrokerCertificate(WindowsFact):
    """The certificate by which replicas are received, as the module tells it: on a cluster, the broker's.

    A port mapping is a table; each of its rows is written ``name=port``.
    """

    text: str | None = prop("CertificateThumbprint", "empty: none was chosen")
    kerberos_ports: tuple[str, ...] = prop(MAPPED[0], "ports by node, and by broker; none: everywhere the usual one")
    certificate_ports: tuple[str, ...] = prop(MAPPED[1], "likewise for certificates")

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """A table of names and ports becomes a list of texts."""
        yield {**raw, **{name: _rows(raw[name]) for name in MAPPED if name in raw}}

    @property
    def thumbprint(self) -> str:
        """As stores write it; empty if none was chosen."""
        return thumbprint_of(self.text)


def _rows(value: object) -> object:
    if not isinstance(value, dict):
        return value
    table = cast("dict[object, object]", value)
    good = all(isinstance(name, str) and isinstance(port, int | str) for name, port in table.items())
    return [f"{name}={port}" for name, port in table.items()] if good else 0  # no list of texts: not to be parsed


@windows_fact(
    cim("Msvm_ReplicationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine is replicated",
    key=("instance_id",),
)
class ReplicationCertificate(OfReplication):
    """The certificate by which the replication of a virtual machine signs in."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    authentication: int | None = prop("AuthenticationType", "1 Kerberos, 2 certificate")
    primary: str | None = prop("PrimaryConnectionPoint", "the name of the server or broker that sends")
    replica: str | None = prop("RecoveryConnectionPoint", "the name it is sent to: of the replica server or broker")
    text: str | None = prop("CertificateThumbPrint", "of the host that tells it; empty with Kerberos")

    @property
    def thumbprint(self) -> str:
        """As stores write it; empty if none was chosen."""
        return thumbprint_of(self.text)
