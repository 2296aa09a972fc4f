"""What the directory says: controllers, forest, trusts, computer accounts and their delegation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from scanner.words.model import Fact, TargetKind

DISABLED = 0x2
FULL_CONTROLLER = 0x2000
"""userAccountControl of a domain controller that can be written to (SERVER_TRUST_ACCOUNT); it needs delegation to any
service to replicate (KB 2022387)."""
READ_ONLY_CONTROLLER = 0x4000000
"""userAccountControl of a read-only domain controller, whose other bits come from its promotion."""
TRUSTED_FOR_DELEGATION = 0x80000
DES_ONLY = 0x200000
"""userAccountControl: "use only Kerberos DES encryption types for this account"."""
TRUSTED_TO_AUTHENTICATE = 0x1000000
"""userAccountControl: "use any authentication protocol" (protocol transition)."""


class DirectoryFact(Fact):
    """A row that a domain's controllers answer. Target: the domain; of computer accounts each controller, too."""

    __slots__ = ()
    kinds: ClassVar[frozenset[TargetKind]] = frozenset({TargetKind.DOMAIN})


@dataclass(frozen=True, slots=True)
class DomainController(DirectoryFact):
    """A controller of a domain, as DNS lists it. Target: the domain."""

    least: ClassVar[int] = 1
    name: str
    """DNS name, lower case"""
    domain: str


@dataclass(frozen=True, slots=True)
class DirectoryServer(DirectoryFact):
    """A controller of a domain, as the directory itself lists it, read-only ones included. Target: the domain.

    DNS lists no read-only controller for the whole domain, and writable ones may keep out of it.
    """

    least: ClassVar[int] = 1

    name: str
    """DNS name, lower case"""
    domain: str
    read_only: bool


@dataclass(frozen=True, slots=True)
class DomainInfo(DirectoryFact):
    """The domain as its root DSE tells it. Target: the domain."""

    least: ClassVar[int] = 1
    domain: str
    """DNS name, lower case"""
    forest_root: str
    """DNS name of the forest's root domain, lower case"""
    naming_context: str
    functional_level: int
    """msDS-Behavior-Version of the domain; 5 and more = 2012 and later"""


@dataclass(frozen=True, slots=True)
class CrossRef(DirectoryFact):
    """A domain of the forest (CN=Partitions). Target: the domain that was asked."""

    least: ClassVar[int] = 1
    dns_root: str
    """lower case"""
    netbios_name: str
    unread: str = ""
    """what of it could not be read; then it proves nothing, and neither does its absence elsewhere"""


@dataclass(frozen=True, slots=True)
class TopLevelName(Fact):
    """A name suffix a forest trust routes (msDS-TrustForestTrustInfo); part of a trust, never asked for alone."""

    name: str
    """lower case"""
    enabled: bool
    excluded: bool = False
    """A TopLevelNameEx record: the suffix is not routed although a shorter one is"""


@dataclass(frozen=True, slots=True)
class Trust(DirectoryFact):
    """A trusted-domain object. Target: the domain that holds it."""

    no_row: ClassVar[str] = "the domain trusts no other"
    partner: str
    """DNS name of the other domain, lower case (NetBIOS name for a downlevel trust)"""
    flat_name: str
    direction: int
    """0 disabled, 1 inbound, 2 outbound, 3 both"""
    type: int
    """1 downlevel, 2 uplevel (Active Directory), 3 MIT realm, 4 DCE"""
    attributes: int
    """bits; 0x8 forest, 0x10 selective authentication, 0x20 within the forest"""
    suffixes: tuple[TopLevelName, ...] = ()
    """empty when no forest trust information is stored"""
    unread: str = ""
    """what of it could not be read; then the rest proves nothing but that there is a trust"""
    encryption_types: int | None = None
    """msDS-SupportedEncryptionTypes; nothing if it is not set"""

    @property
    def forest(self) -> bool:
        """A forest trust: it covers the domains below the partner's root."""
        return bool(self.attributes & 0x8)


@dataclass(frozen=True, slots=True)
class ComputerAccount(DirectoryFact):
    """A computer account. Target: its domain (as one controller told it), or one controller by name."""

    no_row: ClassVar[str] = "the directory has no account of the machines that were asked for"
    dn: str
    sam_name: str
    """as in HV01$"""
    dns_name: str
    """lower case; empty if not set"""
    sid: str
    user_account_control: int
    """32 bits, unsigned"""
    spns: tuple[str, ...]
    delegates_to: tuple[str, ...]
    """msDS-AllowedToDelegateTo, as written"""
    allowed_sids: tuple[str, ...]
    """allow entries of msDS-AllowedToActOnBehalfOfOtherIdentity"""
    denied_sids: tuple[str, ...]
    """deny entries of the same"""
    has_resource_delegation: bool
    """the attribute exists; an empty or absent DACL is told apart from no attribute"""
    group_sids: tuple[str, ...] = ()
    """tokenGroups, nested, from its own domain; not asked of controllers that are only compared"""
    unread: str = ""
    """what of it could not be read; then nothing may be concluded from the rest but whose account it is"""

    @property
    def disabled(self) -> bool:
        """ACCOUNTDISABLE is set."""
        return bool(self.user_account_control & DISABLED)

    @property
    def protocol_transition(self) -> bool:
        """ "Use any authentication protocol" is set."""
        return bool(self.user_account_control & TRUSTED_TO_AUTHENTICATE)

    @property
    def unconstrained(self) -> bool:
        """Trusted for delegation to any service."""
        return bool(self.user_account_control & TRUSTED_FOR_DELEGATION)

    @property
    def des_only(self) -> bool:
        """Keys of DES alone, which Windows has switched off since Windows 7 and Windows Server 2008 R2 (KB 977321)."""
        return bool(self.user_account_control & DES_ONLY)

    @property
    def controller(self) -> bool:
        """A domain controller, read-only or not."""
        return bool(self.user_account_control & (FULL_CONTROLLER | READ_ONLY_CONTROLLER))

    @property
    def read_only_controller(self) -> bool:
        """A read-only domain controller."""
        return bool(self.user_account_control & READ_ONLY_CONTROLLER)
