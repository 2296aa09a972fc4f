"""Two hosts that send memory by SMB, for the tests of what that needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationPerformance, MigrationSettings, VMHost
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration
from tests.checks.common.builders import module, settings
from tests.conftest import HV01, HV02

BY_SMB = settings(smb=True, compression=False)
MODULE_SMB = replace(module(), performance=MigrationPerformance.SMB)
PLAIN = [settings()]


def system(build: int, product: ProductType = ProductType.SERVER) -> OperatingSystem:
    """A host of this build."""
    return OperatingSystem(datetime(2026, 11, 21, tzinfo=UTC), build, f"10.0.{build}", product, None, None)


def server(
    *, encrypts: bool = False, rejects: bool | None = True, multichannel: bool | None = True
) -> SmbServerConfiguration:
    """How a host serves SMB."""
    return SmbServerConfiguration(encrypts, rejects, multichannel)


SMB = {
    (MigrationSettings, HV01): [BY_SMB],
    (MigrationSettings, HV02): [BY_SMB],
    (VMHost, HV01): [MODULE_SMB],
    (VMHost, HV02): [MODULE_SMB],
    **{(SmbServerConfiguration, host): [server()] for host in (HV01, HV02)},
    **{(SmbClientConfiguration, host): [SmbClientConfiguration(None, True)] for host in (HV01, HV02)},
}
"""SMB on both, not encrypted, with Multichannel."""
