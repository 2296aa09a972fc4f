"""Vault registration keys for practice: all values invented, certificates made at the moment of writing."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

NAMESPACE = "http://schemas.datacontract.org/2004/07/Microsoft.Azure.Portal.RecoveryServices.Models.Common"
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
VALID, SLACK = timedelta(days=5), timedelta(minutes=10)
"""A key is valid for five days from ten minutes before it is made (azure-powershell, CertUtils)."""

SITE_RECOVERY = """<?xml version="1.0" encoding="utf-8"?>
<RSVaultAsrCreds xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="{namespace}">
  <VaultDetails>
    <SubscriptionId>{subscription}</SubscriptionId>
    <ResourceGroup>rg-practice</ResourceGroup>
    <ResourceName>{vault}</ResourceName>
    <ResourceId>1234567890123456789</ResourceId>
    <Location>westeurope</Location>
    <ResourceType>Vaults</ResourceType>
    <ProviderNamespace>Microsoft.RecoveryServices</ProviderNamespace>
  </VaultDetails>
  <ManagementCert>{certificate}</ManagementCert>
  <Version>2.0</Version>
  <AadDetails>
    <AadAuthority>https://{login}</AadAuthority>
    <AadTenantId>99999999-2222-3333-4444-555555555555</AadTenantId>
    <ServicePrincipalClientId>88888888-2222-3333-4444-555555555555</ServicePrincipalClientId>
    <AadVaultAudience>https://practice.example/</AadVaultAudience>
    <ArmManagementEndpoint>https://{pod}</ArmManagementEndpoint>
  </AadDetails>
  <ChannelIntegrityKey>{channel}</ChannelIntegrityKey>
  <SiteId></SiteId>
  <SiteName></SiteName>
</RSVaultAsrCreds>
"""

BACKUP = """<?xml version="1.0" encoding="utf-8"?>
<RSBackupVaultAADCreds xmlns="{namespace}">
  <Version>2.0</Version>
  <SubscriptionId>{subscription}</SubscriptionId>
  <ResourceType>Vaults</ResourceType>
  <ResourceName>{vault}</ResourceName>
  <ManagementCert>{certificate}</ManagementCert>
</RSBackupVaultAADCreds>
"""


def certificate(made: datetime, *, bare: bool = False) -> str:
    """A PKCS#12 with an empty password, as base64: what ManagementCert holds. ``bare``: the certificate alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Windows Azure Tools")])
    builder = x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(made - SLACK).not_valid_after(made + VALID)
    signed = builder.sign(key, hashes.SHA256())
    blob = pkcs12.serialize_key_and_certificates(None, key, signed, None, NoEncryption())
    return base64.b64encode(signed.public_bytes(Encoding.DER) if bare else blob).decode()


def site_recovery(
    made: datetime, *, vault: str = "practice", login: str = "login.corp.example", bare: bool = False
) -> str:
    """A Site Recovery key of today's form; ``bare``: without its private key."""
    return SITE_RECOVERY.format(
        namespace=NAMESPACE, subscription=SUBSCRIPTION, vault=vault, login=login,
        certificate=certificate(made, bare=bare), pod="pod01.corp.example",
        channel=base64.b64encode(b"practice channel key").decode(),
    )  # fmt: skip


def write_keys(folder: Path) -> None:
    """The key files that the practice estates name."""
    now = datetime.now(UTC)
    expired = site_recovery(now - timedelta(days=9), vault="other", login="blocked.corp.example")
    words = {"namespace": NAMESPACE, "subscription": SUBSCRIPTION, "vault": "practice", "certificate": certificate(now)}
    texts = {
        "practice_2026": site_recovery(now),
        "expired_2026": expired,
        "bare_2026": site_recovery(now, login="blocked.corp.example", bare=True),
        "backup_2026": BACKUP.format(**words),
        "truncated_2026": expired[:700],
    }
    for name, text in texts.items():
        (folder / f"{name}.VaultCredentials").write_text(text, encoding="utf-8")
    (folder / "renamed_2026.txt").write_text(texts["practice_2026"], encoding="utf-8")
