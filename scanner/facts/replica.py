"""Hyper-V Replica and Site Recovery settings of a machine."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.query import HYPER_V, Command, cim, registry

KERBEROS, CERTIFICATE = 1, 2


@windows_fact(cim("Msvm_ReplicationServiceSettingData", namespace=HYPER_V), service="vmms", least=1, key=())
class ReplicationServer(WindowsFact):
    """How the machine receives replicas; on a cluster node its own record, the broker's is another fact."""

    enabled: bool = prop("RecoveryServerEnabled")
    authentication: int = prop("AllowedAuthenticationType", "0 never set, 1 Kerberos, 2 certificate, 3 both")
    http_port: int | None = prop("HttpPort", "Kerberos; default 80")
    https_port: int | None = prop("HttpsPort", "certificate; default 443")


@windows_fact(
    Command("Get-VMReplicationServer"),
    module="Hyper-V",
    absent=("module",),
    service="vmms",
    yields="Microsoft.HyperV.PowerShell.VMReplicationServer",
    no_row="the Hyper-V module is not installed",
    key=(),
)
class ReplicaBrokerSettings(WindowsFact):
    """Replica settings as the module shows them: on a cluster, the broker's."""

    enabled: bool = prop("ReplicationEnabled")
    authentication: int = prop("AllowedAuthenticationType", "0 never set, 1 Kerberos, 2 certificate, 3 both")
    http_port: int | None = prop("KerberosAuthenticationPort")
    https_port: int | None = prop("CertificateAuthenticationPort")


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Azure Site Recovery\ProxySettings"),
    absent=("key",),
    yields="REG",
    no_row="the provider is not installed, or no proxy was set for it",
)
class AsrProxySettings(WindowsFact):
    """The proxy the Site Recovery provider was told to use; value names are not proven on a real host yet."""

    address: str | None = prop("ProxyAddress")
    port: str | None = prop("ProxyPort")
    bypass: str | None = prop("BypassProxyURLs")

    @property
    def endpoint(self) -> str:
        """``host:port`` of the proxy; empty if none is set or the answer is no proxy."""
        host = (self.address or "").strip().removeprefix("http://").removeprefix("https://").strip("/")
        port = (self.port or "").strip()
        return f"{host}:{port}" if host and port.isdigit() else ""
