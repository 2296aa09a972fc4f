"""The vault registration key file, without its secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from scanner.words.model import Fact, TargetKind
from scanner.words.telling import tell

NO_KEY = tell("no private key")
EMPTY = tell("no certificate")
NO_BASE64 = tell("not base64")
MALFORMED = tell("a malformed certificate")
PROTECTED = tell("no PKCS#12 with an empty password")
UNSUPPORTED = tell("unsupported encryption")
"""Why a certificate cannot be used, or by us not be read."""
NO_FILE, NOT_THERE = tell("it is no file"), tell("there is no such file")
"""Problems of a path, and of no file."""


@dataclass(frozen=True, slots=True)
class RegistrationKey(Fact):
    """A ``*.VaultCredentials`` file. Target: its path. Neither the certificate's key nor any other secret is kept."""

    kinds: ClassVar[frozenset[TargetKind]] = frozenset({TargetKind.KEY_FILE})
    least: ClassVar[int] = 1
    file_name: str
    size: int
    """bytes"""
    problem: str
    """why it is no well-formed key file; empty when it is"""
    root: str
    """local name of the root element; empty if there is none"""
    namespace: bool
    """the root element is in the vault credentials' namespace"""
    vault: str
    subscription: str
    """lower case, no braces"""
    location: str
    resource_group: str
    endpoints: tuple[str, ...]
    """host names the provider will talk to, as the file tells them"""
    thumbprint: str
    """SHA-1 of the certificate, upper case; empty if it is not readable"""
    certificate_problem: str
    """why the certificate cannot be used, or not be read; empty when it can"""
    not_before: datetime | None
    """UTC"""
    not_after: datetime | None
    """UTC"""
    site: str
    """the Hyper-V site that it was made for; empty in a key for VMM"""
    file_time: datetime | None
    """the instant in the file's name, UTC"""
