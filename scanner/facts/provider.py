"""The Site Recovery provider on a VMM server: its program, whether it is registered, the service its set-up wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from scanner.facts.base import AskedFact, WindowsFact, prop, windows_fact
from scanner.facts.clear import RUNS, STARTS
from scanner.facts.clear import VERSION as NUMBERS
from scanner.facts.vmm_setup import VMM
from scanner.words.model import TargetKind, key_of
from scanner.words.patterns import PROGRAM
from scanner.words.query import Command, Query, cim, registry

PROGRAM_NAME = "DRConfigurator.exe"
ALONE = rf"C:\Program Files\Microsoft Azure Site Recovery Provider\{PROGRAM_NAME}"
"""Where the provider's program is without VMM beside it."""
VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9}){1,3}", re.ASCII)


def _read(path: str) -> Command:
    doubled = path.replace("\\", "\\\\")
    return Command("Get-CimInstance", {"Query": f"SELECT Name,Version FROM CIM_DataFile WHERE Name='{doubled}'"})  # noqa: S608 - WQL, held against the read-only list


def askable(path: str) -> bool:
    """Whether a machine may be asked for this file."""
    return path.isprintable() and bool(re.fullmatch(PROGRAM, path.replace("\\", "\\\\"), re.ASCII | re.IGNORECASE))


@windows_fact(_read(ALONE), yields=r"CIM:root\cimv2:CIM_DataFile", no_row="the program is not there")
class ProviderFile(AskedFact):
    """The provider's program, by its whole name; what is in it is not read."""

    kinds: ClassVar[frozenset[TargetKind]] = VMM
    path: str = prop("Name", "in small letters")
    version: str | None = prop("Version", "of the file, as in 5.1.7000.0", clear=NUMBERS)

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """One query a path; one that may not be asked for is left out."""
        paths = filter(askable, dict.fromkeys(arguments))
        return tuple(Query(key_of(cls), (_read(path), *cls.query.commands[1:])) for path in paths)

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """When it is asked."""
        return ("Second round: VMM's own folder tells where the program is.",)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version as it is compared, of four numbers; nothing where the file tells none."""
        text = (self.version or "").strip()
        return tuple(map(int, f"{text}.0.0".split(".")[:4])) if VERSION.fullmatch(text) else ()


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Azure Site Recovery\Registration"),
    absent=("key",),
    yields="REG",
    no_row="the machine holds no registration",
    key=(),
)
class AsrRegistration(WindowsFact):
    """That the machine holds a registration in a vault. None of its values is read: they may be secrets."""

    kinds: ClassVar[frozenset[TargetKind]] = VMM
    place: str = prop("PSPath", "the key itself")


@windows_fact(cim("Win32_Service", where="Name='wuauserv'"), least=1, key=())
class WindowsUpdateService(WindowsFact):
    """The service of Windows Update."""

    kinds: ClassVar[frozenset[TargetKind]] = VMM
    state: str = prop("State", "fixed English word: Running, Stopped ...", clear=RUNS)
    start_mode: str = prop("StartMode", "fixed English word: Auto, Manual, Disabled", clear=STARTS)
