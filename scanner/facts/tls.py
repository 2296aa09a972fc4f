"""Whether programs of a machine use TLS 1.2 where they connect: SCHANNEL's settings, and those of .NET."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.query import registry

NET = r"Microsoft\.NETFramework\v4.0.30319"
NARROW = r"\wow6432node" "\\"
"""in the path of the key that programs of 32 bits read"""


@windows_fact(
    registry(r"SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client"),
    absent=("key",),
    yields="REG",
    no_row="nothing is set, and the release's own default counts",
    key=(),
)
class Tls12Client(WindowsFact):
    """SCHANNEL's settings of TLS 1.2 where the machine connects (Azure documentation: transport-layer-security)."""

    enabled: int | None = prop("Enabled", "0: off")
    disabled_by_default: int | None = prop("DisabledByDefault", "0: on where a program does not choose")


@windows_fact(
    registry(rf"SOFTWARE\{NET}", rf"SOFTWARE\WOW6432Node\{NET}"),
    absent=("key",),
    yields="REG",
    no_row="nothing is set for .NET 4",
    key=("place",),
)
class NetFramework(WindowsFact):
    """What .NET 4 does where a program does not choose, for programs of 64 and of 32 bits (same source)."""

    place: str = prop("PSPath", "the key; WOW6432Node in it: for programs of 32 bits")
    system_default: int | None = prop("SystemDefaultTlsVersions", "other than 0: Windows chooses")
    strong: int | None = prop("SchUseStrongCrypto", "other than 0: TLS 1.2 among others")

    @property
    def bits(self) -> int:
        """Of the programs that it is for."""
        return 32 if NARROW in self.place.lower() else 64
