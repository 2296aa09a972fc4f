"""The computer account of a host: what delegation is written on, and read from.

Windows itself says who a host is (name and domain); the directory's row of that name is its account: a machine signs in
by its NetBIOS name and "$". A row that bears its DNS name alone may be another machine's, or one left from before. Two
rows that both claim to be the host make the answer ambiguous, and an ambiguous account is no evidence. The full name of
a host is its account's dNSHostName; only where that is not set, its host name and the DNS suffix that the machine has.
The name of its domain tells neither. A dNSHostName is in doubt where the machine has another host name, or where the
machine by its own suffix and the estate agree on another name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.common.parts import clip
from scanner.api import Gap, MissingEvidence, View, counted, joined, tell
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import NETBIOS, ComputerSystem, DnsSuffix

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


def own_account(view: View, host: str) -> tuple[ComputerSystem, ComputerAccount]:
    """A host and its account, as its domain tells it; the check must declare ComputerSystem and ComputerAccount.

    Raises:
        MissingEvidence: host or directory could not be read, or no single account is the host's.
    """
    system = view.one(ComputerSystem, host)
    if not system.part_of_domain:
        raise MissingEvidence(tell("{host} is in no domain and so has no computer account", host=host))
    domain = system.dns_domain
    account = find(view.derived(ComputerAccount, domain, accounts_of), system, host)
    if account is None:
        raise MissingEvidence(tell("ComputerAccount of {domain}: no account for {host}", domain=domain, host=host))
    return system, account


def member(view: View, host: str) -> Member:
    """A host with its account and its names; the check must declare MEMBERS.

    Raises:
        MissingEvidence: as ``own_account``, or its full name is not known.
    """
    system, account = own_account(view, host)
    return Member(host, system.name, _full_name(view, host, system, account), system.dns_domain, account)


def _full_name(view: View, host: str, system: ComputerSystem, account: ComputerAccount) -> str:
    own, label = account.dns_name.lower().rstrip("."), system.dns_host_name.lower().partition(".")[0]
    if not own:
        suffix = view.one(DnsSuffix, host).name
        if not suffix or not label:
            raise MissingEvidence(
                tell("{dn} tells no full name of {host}, and neither does the machine", dn=account.dn, host=host)
            )
        return f"{label}.{suffix}"
    asked = host.lower().rstrip(".")
    if (label and own.partition(".")[0] != label) or (own != asked and _calls_itself(view, host, f"{label}.", asked)):
        said = tell("the machine that it is {label} and not that", label=clip(label))
        raise MissingEvidence(tell("{dn} says that it is {own}, and {said}", dn=account.dn, own=clip(own), said=said))
    return own


def _calls_itself(view: View, host: str, label: str, name: str) -> bool:
    """Whether this is the machine's full name by its own suffix."""
    rows = view.ask(DnsSuffix, host)
    return not isinstance(rows, Gap) and any(row.name and label + row.name == name for row in rows)


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
    """The account of a host among those of its domain: the one of its NetBIOS name; of several the one of both names.

    Raises:
        MissingEvidence: several accounts claim to be the host, one of another name does, or it was not read whole.
    """
    full, sam = host.lower().rstrip("."), f"{system.name[:NETBIOS]}$".lower()
    named, mine = accounts.by_name.get(full, {}), accounts.by_sam.get(sam, {})
    found = [account for account in named if account in mine] or list(named | mine)
    if len(found) > 1:
        many = counted(len(found), "computer account")
        raise MissingEvidence(
            tell("{many} claim to be {full}: {dns}", many=many, full=full, dns=joined("; ", (a.dn for a in found)))
        )
    if found and found[0] not in mine:
        other = tell("{dn} is called {sam_name}", dn=found[0].dn, sam_name=found[0].sam_name)
        raise MissingEvidence(
            tell(
                "{other}: it bears the name {full}, but {system} signs in as another",
                other=other,
                full=full,
                system=clip(system.name),
            )
        )
    if found and found[0].unread:
        raise MissingEvidence(tell("{dn} could not be read whole: {unread}", dn=found[0].dn, unread=found[0].unread))
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
