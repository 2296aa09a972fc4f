"""Room for virtual disks: volumes, where a host puts disks by default, and how large the files of disks are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scanner.facts.base import AskedFact, WindowsFact, prop, windows_fact
from scanner.words.model import key_of
from scanner.words.query import HYPER_V, Command, Query, cim
from scanner.words.readonly import DISK_HOLE, READ_ONLY, SELECT

FILES_A_QUERY = 200
"""Get-Item takes 256 paths at most, and one list must not grow beyond what a message holds."""
BETWEEN = "|"
"""between the paths of one argument; no path holds it"""
LOCAL_DISK = 3
"""Win32_Volume.DriveType"""


@windows_fact(cim("Win32_Volume", where=f"DriveType={LOCAL_DISK}"), least=1, key=("device",))
class Volume(WindowsFact):
    """A local volume; a volume that cluster nodes share may be listed by one of them alone."""

    name: str = prop("Name", r"drive or mount folder with \ at its end, or \\?\Volume{…}\ where it has none")
    device: str = prop("DeviceID", r"\\?\Volume{…}\ ")
    capacity: int | None = prop("Capacity", unit="bytes")
    free: int | None = prop("FreeSpace", "null where it is offline", unit="bytes")


@windows_fact(cim("Msvm_VirtualSystemManagementServiceSettingData", namespace=HYPER_V), service="vmms", least=1, key=())
class StorageDefaults(WindowsFact):
    """Where the host puts what no path is given for."""

    machines: str | None = prop("DefaultExternalDataRoot", "configurations of virtual machines")
    disks: str | None = prop("DefaultVirtualHardDiskPath", "virtual hard disks")


@windows_fact(
    Command("Get-Item", {"LiteralPath": (DISK_HOLE,)}),
    yields="System.IO.FileInfo",
    absent=("key",),
    capability="HvPreflightFiles",
    no_row="none of these files is there",
)
class DiskFile(AskedFact):
    """A file of a virtual hard disk, as the machine that holds it lists it; nothing of it is opened or read."""

    path: str = prop("FullName")
    size: int | None = prop("Length", "null for a folder", unit="bytes")

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """What else is to be known."""
        return (
            "A file that is not there is no row.",
            "Second round: the paths are those of the machine's own virtual disks, as VmStorage tells them.",
            f"In a JEA endpoint it needs the role capability `{cls.capability}`, which is for you to add.",
        )

    @classmethod
    def arguments(cls, paths: Iterable[str]) -> tuple[str, ...]:
        """The arguments that ask for these files; paths that may not be asked for are left out."""
        return tuple(BETWEEN.join(some) for some in _some(sorted(_askable(paths))))

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """One query for 200 files, each file once."""
        made: list[Query] = []
        for some in _some(_askable(path for argument in arguments for path in argument.split(BETWEEN))):
            shape = Command(SELECT, {"Property": ("FullName", "Length")})
            made.append(Query(key_of(cls), (Command("Get-Item", {"LiteralPath": some}), shape)))
        return tuple(made)


def askable(path: str) -> bool:
    """Whether a machine may be asked for this file: one on a drive of its own."""
    return path.isprintable() and not READ_ONLY["Get-Item"]["LiteralPath"](path)


def _askable(paths: Iterable[str]) -> list[str]:
    return [path for path in dict.fromkeys(paths) if askable(path)]


def _some(paths: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(paths), FILES_A_QUERY):
        yield tuple(paths[start : start + FILES_A_QUERY])
