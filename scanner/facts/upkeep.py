"""What the host was left with: updates, build revision, the name it was given, ciphers of its secure channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.query import cim, registry

DAY = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*", re.ASCII)
"""How the class writes a day whatever the language of Windows: month, day, year."""
TEXT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T\S{0,40}", re.ASCII)
TICKS = re.compile(r"/Date\(-?\d{1,13}\)/", re.ASCII)
"""How PowerShell writes a date, by its version."""


@windows_fact(cim("Win32_QuickFixEngineering"), no_row="Windows lists no update")
class Update(WindowsFact):
    """An update that is installed; a cumulative one holds those before it, which are not listed."""

    name: str | None = prop("HotFixID", "as in KB5044277", clear=r"KB\d{5,8}")
    installed: datetime | None = prop("InstalledOn", "the day; null where Windows does not tell one", unit="UTC")

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Read the day out of whatever PowerShell made of it: a date, or text; other text tells none."""
        yield {**raw, "InstalledOn": _day(raw.get("InstalledOn"))}


def _day(value: object) -> str | None:
    if isinstance(value, Mapping):  # a date that carries notes
        value = value.get("value")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not isinstance(value, str):
        return None
    if TICKS.fullmatch(value):
        return value
    month_first, year_first = DAY.fullmatch(value), TEXT.fullmatch(value)
    if month_first:
        month, day, year = map(int, month_first.groups())
    elif year_first:
        year, month, day = map(int, year_first.groups())
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC).isoformat()
    except ValueError:
        return None


@windows_fact(registry(r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"), yields="REG", least=1, key=())
class PatchLevel(WindowsFact):
    """How far the build was updated."""

    revision: int | None = prop("UBR", "what follows the build number; since 2016")


@windows_fact(registry(r"SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName"), yields="REG", least=1, key=())
class StoredName(WindowsFact):
    """The machine's NetBIOS name as it stands in the registry; Windows shows it in capitals, however it stands."""

    name: str = prop("ComputerName", "the one it has from the next start on")


@windows_fact(
    registry(r"SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002"),
    absent=("key",),
    yields="REG",
    no_row="SCHANNEL has no list of cipher suites of its own",
    key=(),
)
class CipherConfiguration(WindowsFact):
    """The cipher suites that SCHANNEL knows, whatever a policy chooses of them."""

    suites: tuple[str, ...] = prop("Functions", "names of cipher suites", clear=r"TLS_[A-Z0-9_]{8,60}")
