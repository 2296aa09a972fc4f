"""What SCHANNEL and .NET of a machine do about TLS 1.2 where it connects, by their settings and the release."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.api import Verdict, failed, passed, tell, unknown
from scanner.facts.tls import NetFramework, Tls12Client

OLDEST, SINCE_2016 = 9200, 14393
"""builds: Windows Server 2012, which has to be told; and 2016, from which .NET chooses TLS 1.2 by itself"""
SCHANNEL_WANTED = tell("TLS 1.2 enabled where the machine connects (SCHANNEL: Enabled 1, DisabledByDefault 0)")
NET_WANTED = tell("SchUseStrongCrypto 1 and SystemDefaultTlsVersions 1, for programs of 64 and of 32 bits")


def schannel(row: Tls12Client | None, build: int) -> Verdict:
    """Whether SCHANNEL offers TLS 1.2; a number other than 0 is on, as 0xFFFFFFFF."""
    enabled, disabled = (row.enabled, row.disabled_by_default) if row else (None, None)
    if enabled == 0:
        return failed(tell("SCHANNEL: TLS 1.2 is off where the machine connects (Enabled 0)"), SCHANNEL_WANTED)
    if disabled:
        return failed(
            tell(
                "SCHANNEL: TLS 1.2 is off unless a program chooses it (DisabledByDefault {disabled})", disabled=disabled
            ),
            SCHANNEL_WANTED,
        )
    if build <= OLDEST and (enabled is None or disabled is None):
        return failed(tell("SCHANNEL: TLS 1.2 is not enabled, and Windows Server 2012 has to be told"), SCHANNEL_WANTED)
    return passed(tell("SCHANNEL enables TLS 1.2") if enabled else tell("SCHANNEL as the release has it"))


def net(rows: tuple[NetFramework, ...], build: int) -> Iterator[Verdict]:
    """Whether .NET chooses TLS 1.2, for programs of 64 and of 32 bits."""
    for bits in (64, 32):
        row = next((row for row in rows if row.bits == bits), None)
        yield _net(
            row.strong if row else None,
            row.system_default if row else None,
            tell(".NET of {bits} bits", bits=bits),
            build,
        )


def _net(strong: int | None, system: int | None, name: str, build: int) -> Verdict:
    told = tell(
        "SchUseStrongCrypto {shown}, SystemDefaultTlsVersions {shown2}", shown=_shown(strong), shown2=_shown(system)
    )
    if strong or system:
        return passed(tell("{name} chooses TLS 1.2", name=name))
    if strong == 0 or system == 0:
        return failed(tell("{name}: {told}", name=name, told=told), NET_WANTED)
    if build >= SINCE_2016:
        return passed(tell("{name} as the release has it", name=name))
    return unknown(
        tell("{name}: {told}; whether the provider chooses TLS 1.2 by itself nobody has tried", name=name, told=told),
        wanted=NET_WANTED,
    )


def _shown(value: int | None) -> str:
    return tell("not set") if value is None else str(value)
