"""How a machine uses and serves SMB, and the adapters that it has for that."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.query import Command

SMB = r"CIM:root\Microsoft\Windows\SMB:MSFT_"


@windows_fact(
    Command("Get-SmbServerConfiguration"), module="SmbShare", yields=SMB + "SmbServerConfiguration", least=1, key=()
)
class SmbServerConfiguration(WindowsFact):
    """How the machine serves SMB."""

    encrypts: bool = prop("EncryptData", "every share is encrypted")
    rejects_unencrypted: bool | None = prop("RejectUnencryptedAccess", "default true; says nothing without EncryptData")
    multichannel: bool | None = prop("EnableMultiChannel", default=None)


@windows_fact(
    Command("Get-SmbClientConfiguration"), module="SmbShare", yields=SMB + "SmbClientConfiguration", least=1, key=()
)
class SmbClientConfiguration(WindowsFact):
    """How the machine uses SMB."""

    requires_encryption: bool | None = prop("RequireEncryption", "since 2025; null before")
    multichannel: bool | None = prop("EnableMultiChannel")


@windows_fact(
    Command("Get-SmbClientNetworkInterface"),
    module="SmbShare",
    yields=SMB + "SmbClientNetworkInterface",
    no_row="SMB has no adapter to use",
)
class SmbAdapter(WindowsFact):
    """An adapter as SMB sees it; no row where it has none to use."""

    interface: int = prop("InterfaceIndex")
    speed: int | None = prop("LinkSpeed", unit="bit/s")
    rdma: bool | None = prop("RdmaCapable", "SMB Direct may use it")
