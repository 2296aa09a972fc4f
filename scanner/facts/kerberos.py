"""What Kerberos needs beside names: clocks, encryption types, controllers that issue them, a machine's own channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from scanner.facts.base import AskedFact, WindowsFact, prop, windows_fact
from scanner.facts.directory import DirectoryFact
from scanner.words.model import SERVERS, Fact, TargetKind
from scanner.words.query import Command, Query, registry

BUILD = re.compile(r"\d+\.\d+ \((\d+)\)")
"""operatingSystemVersion as Windows writes it: 10.0 (17763)"""


@dataclass(frozen=True, slots=True)
class HostClock(Fact):
    """What a machine's clock said in a session, and between which moments of ours. No file that is brought tells it."""

    kinds: ClassVar[frozenset[TargetKind]] = SERVERS
    least: ClassVar[int] = 1
    key: ClassVar[tuple[str, ...] | None] = ()

    told: datetime
    """the machine's clock, UTC"""
    asked: datetime
    """the question had not been sent before"""
    received: datetime
    """the answer was here"""


@dataclass(frozen=True, slots=True)
class ControllerClock(DirectoryFact):
    """A controller's clock (rootDSE currentTime). Target: the domain, or one controller by name."""

    least: ClassVar[int] = 1
    domain: str
    controller: str
    """DNS name, lower case"""
    told: datetime
    """the controller's clock, UTC, in whole seconds"""
    asked: datetime
    received: datetime


@dataclass(frozen=True, slots=True)
class KerberosAccount(DirectoryFact):
    """What Kerberos goes by of the accounts of machines and controllers, as one controller told it. Target: the domain.

    A domain has at least the account of the controller that was asked.
    """

    least: ClassVar[int] = 1
    dn: str
    sam_name: str
    """as in HV01$"""
    controller: bool
    """it is a controller of the domain (userAccountControl 0x2000, or 0x4000000 of a read-only one)"""
    encryption_types: int | None
    """msDS-SupportedEncryptionTypes; nothing if it is not set"""
    version: str
    """operatingSystemVersion, as in 10.0 (17763); empty if it is not set"""
    unread: str = ""
    """what of it could not be read; then nothing may be concluded from the rest"""

    @property
    def build(self) -> int:
        """The build of Windows; 0 if the account tells none, as that of a controller that is no Windows."""
        found = BUILD.fullmatch(self.version)
        return int(found[1]) if found else 0


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\Kerberos\Parameters"),
    absent=("key",),
    yields="REG",
    no_row="no policy says which encryption types Kerberos may use",
)
class KerberosPolicy(WindowsFact):
    """The policy "Network security: Configure encryption types allowed for Kerberos", as it took effect."""

    encryption_types: int | None = prop(
        "SupportedEncryptionTypes", "bits; 0x4 RC4, 0x8 AES128, 0x10 AES256; null where it is not set"
    )


@windows_fact(Command("Test-ComputerSecureChannel"), bare=True, least=1, key=())
class SecureChannel(AskedFact):
    """Whether the machine's secure channel to its domain works. Asked of members alone: elsewhere it is an error."""

    works: bool = prop("Answer", "the command's whole answer: its password is that of its account, and it signs in")

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """One query, whatever the argument: the command takes none that only reads."""
        return (cls.query,) if arguments else ()
