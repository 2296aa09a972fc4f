"""The accounts that an estate names, as their own domain tells them, and as another domain's groups hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from scanner.facts.directory import DISABLED, DirectoryFact

SENSITIVE = 0x100000
"""userAccountControl: "account is sensitive and cannot be delegated" (NOT_DELEGATED)."""
PROTECTED_USERS, DOMAIN_ADMINS, ENTERPRISE_ADMINS = 525, 512, 519
"""relative identifiers of groups; those of Enterprise Admins are of the forest's root domain"""
BUILT_IN_ADMINISTRATOR = 500


@dataclass(frozen=True, slots=True)
class OperatorAccount(DirectoryFact):
    """An account that the estate names: an operator, or one of VMM's. Target: a domain; of none no row."""

    no_row: ClassVar[str] = "the domain has no account that the estate names"
    key: ClassVar[tuple[str, ...] | None] = ("operator", "dn")
    operator: str
    """as the estate writes it"""
    dn: str
    account: str
    r"""as in CORP\ops"""
    sid: str
    user_account_control: int
    """32 bits, unsigned; 0 of a group"""
    is_group: bool
    group_sids: tuple[str, ...]
    """tokenGroups: nested, with those of the forest that its own domain knows, and the primary one"""
    group_names: tuple[str, ...]
    """distinguished names of those of its own domain, but the primary one: so other domains of the forest know them"""
    policies: tuple[str, ...] = ()
    """names of the authentication policy and the silo that are assigned to it"""
    unread: str = ""
    """what of it could not be read; then nothing may be concluded from the rest but whose account it is"""

    @property
    def disabled(self) -> bool:
        """ACCOUNTDISABLE is set."""
        return bool(self.user_account_control & DISABLED)

    @property
    def sensitive(self) -> bool:
        """It may not be delegated."""
        return bool(self.user_account_control & SENSITIVE)

    @property
    def domain_sid(self) -> str:
        """The SID of its domain."""
        return self.sid.rpartition("-")[0]

    def is_in(self, group: int) -> bool:
        """Whether it is in a group of its own domain, by the group's relative identifier."""
        return f"{self.domain_sid}-{group}" in self.group_sids


@dataclass(frozen=True, slots=True)
class OperatorElsewhere(DirectoryFact):
    """The groups of a domain that hold an account of another one, itself or by its groups. Target: the domain."""

    second_round: ClassVar[bool] = True
    no_row: ClassVar[str] = "no group of the domain holds an operator of another one"
    key: ClassVar[tuple[str, ...] | None] = ("sid",)
    sid: str
    """the account"""
    group_sids: tuple[str, ...]
    """nested"""
    unread: str = ""
    """what of it could not be read"""

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """When it is asked."""
        return ("Second round: whom to look for comes from the account's own domain.",)
