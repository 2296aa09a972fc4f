"""What SCHANNEL and .NET of a machine do about TLS 1.2 where it connects, by their settings and the release."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.api import Verdict, failed, passed, unknown
from scanner.facts.tls import NetFramework, Tls12Client

OLDEST, SINCE_2016 = 9200, 14393
"""builds: Windows Server 2012, which has to be told; and 2016, from which .NET chooses TLS 1.2 by itself"""
SCHANNEL_WANTED = "TLS 1.2 enabled where the machine connects (SCHANNEL: Enabled 1, DisabledByDefault 0)"
NET_WANTED = "SchUseStrongCrypto 1 and SystemDefaultTlsVersions 1, for programs of 64 and of 32 bits"


def schannel(row: Tls12Client | None, build: int) -> Verdict:
    """Whether SCHANNEL offers TLS 1.2; a number other than 0 is on, as 0xFFFFFFFF."""
    enabled, disabled = (row.enabled, row.disabled_by_default) if row else (None, None)
    if enabled == 0:
        return failed("SCHANNEL: TLS 1.2 is off where the machine connects (Enabled 0)", SCHANNEL_WANTED)
    if disabled:
        return failed(
            f"SCHANNEL: TLS 1.2 is off unless a program chooses it (DisabledByDefault {disabled})", SCHANNEL_WANTED
        )
    if build <= OLDEST and (enabled is None or disabled is None):
        return failed("SCHANNEL: TLS 1.2 is not enabled, and Windows Server 2012 has to be told", SCHANNEL_WANTED)
    return passed("SCHANNEL " + ("enables TLS 1.2" if enabled else "as the release has it"))


def net(rows: tuple[NetFramework, ...], build: int) -> Iterator[Verdict]:
    """Whether .NET chooses TLS 1.2, for programs of 64 and of 32 bits."""
    for bits in (64, 32):
        row = next((row for row in rows if row.bits == bits), None)
        yield _net(row.strong if row else None, row.system_default if row else None, f".NET of {bits} bits", build)


def _net(strong: int | None, system: int | None, name: str, build: int) -> Verdict:
    told = f"SchUseStrongCrypto {_shown(strong)}, SystemDefaultTlsVersions {_shown(system)}"
    if strong or system:
        return passed(f"{name} chooses TLS 1.2")
    if strong == 0 or system == 0:
        return failed(f"{name}: {told}", NET_WANTED)
    if build >= SINCE_2016:
        return passed(f"{name} as the release has it")
    return unknown(
        f"{name}: {told}; whether the provider chooses TLS 1.2 by itself nobody has tried", wanted=NET_WANTED
    )


def _shown(value: int | None) -> str:
    return "not set" if value is None else str(value)
