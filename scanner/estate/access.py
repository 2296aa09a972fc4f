"""How targets are reached: sign-ins, addresses, controllers, limits. Never saved with the evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.estate.logons import Logons
from scanner.estate.secret import SecretSource
from scanner.words.channel import Channel
from scanner.words.telling import tell

WINRM = ("https", "http")
"""the transports that come with the scanner"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How to sign in to a Windows machine."""

    method: str = "kerberos"
    """kerberos (ticket cache), negotiate, certificate, credssp or basic"""
    transport: str = "https"
    """https, or http where the method encrypts messages (not basic, not certificate); or one that a plugin brings"""
    port: int = 0
    """0: 5986 for https, 5985 for http"""
    user: str = ""
    password: SecretSource | None = None
    certificate: str = ""
    """PEM file of the client certificate"""
    certificate_key: str = ""
    """PEM file of its key"""
    key_password: SecretSource | None = None
    configuration: str = ""
    """name of a session configuration (JEA): then commands are sent, no script"""
    ca: str = ""
    """PEM file of the certification authorities to trust; empty: the system's"""
    verify: bool = True
    """False accepts any certificate: for a lab"""

    @property
    def tcp_port(self) -> int:
        """The port to connect to."""
        return self.port or (5986 if self.transport == "https" else 5985)

    @property
    def unverified(self) -> bool:
        """Whether the machine's certificate is taken as it comes."""
        return self.transport == "https" and not self.verify

    @property
    def words(self) -> str:
        """As reports print it."""
        way = tell("{method} over {transport}", method=self.method, transport=self.transport)
        if not self.configuration:
            return way
        return tell("{way}, configuration {configuration}", way=way, configuration=self.configuration)


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryAccess:
    """How to read the domain controllers."""

    controllers: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """controllers by domain, where DNS shall not be asked"""
    addresses: dict[str, str] = field(default_factory=dict[str, str])
    """address by host name, where DNS shall not be asked"""
    site: str = ""
    """whose controllers are asked before others; empty: as DNS ranks them"""
    method: str = "kerberos"
    """kerberos (ticket cache) or simple"""
    transport: str = "auto"
    """auto (kerberos: sealed on 389, simple: LDAPS), sealed, ldaps or starttls"""
    user: str = ""
    password: SecretSource | None = None
    ca: str = ""
    verify: bool = True
    logons: Logons = field(default_factory=Logons, repr=False, compare=False)
    """what the run has learnt about passwords, for the machines as well: controllers have the last word on them"""

    @property
    def way(self) -> str:
        """The transport with ``auto`` decided: sealed, ldaps or starttls."""
        if self.transport != "auto":
            return self.transport
        return "sealed" if self.method == "kerberos" else "ldaps"

    @property
    def unverified(self) -> bool:
        """Whether a controller's certificate is taken as it comes; a sealed session needs none."""
        return self.way != "sealed" and not self.verify

    @property
    def follows_trusts(self) -> bool:
        """Whether a domain that a declared one trusts may be asked, too.

        Kerberos proves both ends of every session, and its servers give a ticket only along trusts. A password would
        be handed to whoever such a name leads to, so it stays with the domains that the user names.
        """
        return self.method == "kerberos"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How names are resolved."""

    servers: tuple[str, ...] = ()
    """addresses of DNS servers; empty: the system's"""
    lifetime: float = 5.0
    """seconds one look-up may take in all"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much at once; seconds."""

    host_deadline: float = 60.0
    connect_timeout: float = 10.0
    run_deadline: float = 1800.0
    concurrency: int = 32


Opener = Callable[[str, "Access", float], Channel]
"""Makes a channel, not open yet, to a target, as the access says, until a deadline in monotonic seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """All of it."""

    default: SignIn = field(default_factory=SignIn)
    sign_ins: dict[str, SignIn] = field(default_factory=dict[str, SignIn])
    """by host, where it differs from the default"""
    addresses: dict[str, str] = field(default_factory=dict[str, str])
    """address by host, where the name shall not be resolved"""
    directory: DirectoryAccess = field(default_factory=DirectoryAccess)
    names: Names = field(default_factory=Names)
    limits: Limits = field(default_factory=Limits)
    folder: Path = Path()
    """of the estate file: what it names relatively is there"""
    transports: Mapping[str, Opener] = field(default_factory=dict[str, Any], repr=False)
    """what plugins bring beside WinRM, by name"""
    tap: Callable[[Channel], Channel] | None = None
    """who listens to every machine: gives a channel that stands before another"""
    answers: Path | None = None
    """folder of <host>.jsonl: taken in place of a sign-in where such a file is there"""

    @property
    def logons(self) -> Logons:
        """What the run has learnt about passwords."""
        return self.directory.logons

    def sign_in(self, target: str) -> SignIn:
        """How to sign in to this target."""
        return self.sign_ins.get(target, self.default)
