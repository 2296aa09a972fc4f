"""The computer account of a host: what delegation is written on, and read from.

Windows itself says who a host is (name and domain); the directory's row of that name is its account. Two rows that
both claim to be the host make the answer ambiguous, and an ambiguous account is no evidence. The full name of a host
is its account's dNSHostName; only where that is not set, its host name and the DNS suffix that the machine has. The
name of its domain tells neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.api import MissingEvidence, View, counted
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DnsSuffix

MEMBERS = (ComputerSystem, ComputerAccount, DnsSuffix)
"""What tells the account of a host and its names."""


@dataclass(frozen=True, slots=True)
class Member:
    """A host that is joined to a domain, with its account."""

    host: str
    """as the estate names it"""
    short: str
    """NetBIOS name: the short form of its service names"""
    fqdn: str
    """full name, lower case"""
    domain: str
    """DNS name, lower case"""
    account: ComputerAccount

    def spns(self, service: str) -> tuple[str, str]:
        """Both names of a service class on this host: short, then full."""
        return f"{service}/{self.short}", f"{service}/{self.fqdn}"


def member(view: View, host: str) -> Member:
    """A host and its account, as its domain tells it; the check must declare MEMBERS.

    Raises:
        MissingEvidence: host or directory could not be read, or no single account is the host's.
    """
    system = view.one(ComputerSystem, host)
    if not system.part_of_domain:
        raise MissingEvidence(f"{host} is in no domain and so has no computer account")
    domain = system.dns_domain
    account = find(view.derived(ComputerAccount, domain, accounts_of), system, host)
    if account is None:
        raise MissingEvidence(f"ComputerAccount of {domain}: no account for {host}")
    return Member(host, system.name, _full_name(view, host, system, account), domain, account)


def _full_name(view: View, host: str, system: ComputerSystem, account: ComputerAccount) -> str:
    own = account.dns_name.lower().rstrip(".")
    if own:
        return own
    suffix = view.one(DnsSuffix, host).name
    if not suffix or not system.dns_host_name:
        raise MissingEvidence(f"{account.dn} tells no full name of {host}, and neither does the machine")
    return f"{system.dns_host_name}.{suffix}".lower()


@dataclass(frozen=True, slots=True)
class Accounts:
    """A domain's accounts by DNS name and by SAM name, both lower case; each account once a name."""

    by_name: dict[str, dict[ComputerAccount, None]]
    by_sam: dict[str, dict[ComputerAccount, None]]

    @classmethod
    def of(cls, rows: Iterable[ComputerAccount]) -> Accounts:
        """Index the accounts."""
        made = cls({}, {})
        for account in rows:
            made.by_name.setdefault(account.dns_name.lower().rstrip("."), {})[account] = None
            made.by_sam.setdefault(account.sam_name.lower(), {})[account] = None
        return made


def find(accounts: Accounts, system: ComputerSystem, host: str) -> ComputerAccount | None:
    """The account of a host among those of its domain; by its own name and the one it was asked under, else by either.

    Raises:
        MissingEvidence: several accounts claim to be the host, or its own could not be read whole.
    """
    full = host.lower().rstrip(".")
    named = accounts.by_name.get(full, {})
    mine = accounts.by_sam.get(f"{system.name}$".lower(), {})
    found = [account for account in named if account in mine] or list(named | mine)
    if len(found) > 1:
        many = counted(len(found), "computer account")
        raise MissingEvidence(f"{many} claim to be {full}: " + "; ".join(a.dn for a in found))
    if found and found[0].unread:
        raise MissingEvidence(f"{found[0].dn} could not be read whole: {found[0].unread}")
    return found[0] if found else None


def accounts_of(rows: tuple[ComputerAccount, ...]) -> Accounts:
    """Index the rows of a domain or a controller."""
    return Accounts.of(rows)


def dns_domain(dn: str) -> str:
    """The domain of an account, by its distinguished name."""
    parts = [part.strip() for part in dn.split(",")]
    return ".".join(part[3:].lower() for part in parts if part[:3].upper() == "DC=")


def same_domain(one: Member, other: Member) -> bool:
    """Whether two hosts are in one domain, the reach of classic constrained delegation."""
    return one.domain.rstrip(".") == other.domain.rstrip(".")
