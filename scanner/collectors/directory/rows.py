"""What is asked of a controller for each fact, and how its answers become rows.

Every function raises ValueError on a value that is not what its attribute says, and the transport's error when the
controller gives no answer: the caller makes gaps of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.collectors.directory.security import Dacl, dacl_of, sid_text
from scanner.collectors.directory.trustinfo import suffixes_of
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, Trust
from scanner.model import Fact

if TYPE_CHECKING:
    from scanner.transport.ldap import Session
    from scanner.transport.ldap_answers import Entry

LEVEL, SUBTREE = "LEVEL", "SUBTREE"
SCOPES = {LEVEL: "one", SUBTREE: "sub"}
UNSIGNED = 0xFFFFFFFF
"""Active Directory stores 32-bit words; LDAP shows them as signed numbers."""
NTDS_DOMAIN = 0x3
"""systemFlags of a crossRef: FLAG_CR_NTDS_NC and FLAG_CR_NTDS_DOMAIN"""
AT_ONCE = 40
"""machines in one filter"""
CROSS_REF = ("dnsRoot", "nETBIOSName", "systemFlags")
TRUST = ("trustPartner", "flatName", "trustDirection", "trustType", "trustAttributes", "msDS-TrustForestTrustInfo")
PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._$/ ")
RESOURCE_DELEGATION = "msDS-AllowedToActOnBehalfOfOtherIdentity"
ACCOUNT = (
    "sAMAccountName",
    "dNSHostName",
    "objectSid",
    "userAccountControl",
    "servicePrincipalName",
    "msDS-AllowedToDelegateTo",
    RESOURCE_DELEGATION,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows, and the question as text."""

    rows: tuple[Fact, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Root:
    """What a controller says it is."""

    domain: str
    forest: str
    naming_context: str
    configuration: str
    level: int

    @classmethod
    def of(cls, entry: Entry) -> Root:
        """Read the root DSE.

        Raises:
            ValueError: it is none of Active Directory.
        """
        context, forest = entry.text("defaultNamingContext"), entry.text("rootDomainNamingContext")
        configuration = entry.text("configurationNamingContext")
        if not context or not forest or not configuration:
            raise ValueError("the root DSE names no domain")
        return cls(dns_name(context), dns_name(forest), context, configuration, entry.number("domainFunctionality"))


def dns_name(dn: str) -> str:
    """The DNS name of a domain's naming context, lower case: DC=corp,DC=example is corp.example.

    Raises:
        ValueError: it is no such name.
    """
    parts = [part.strip().partition("=") for part in dn.split(",")]
    if not all(kind.upper() == "DC" and value for kind, _, value in parts):
        raise ValueError("a naming context is not made of DC components")
    return ".".join(value.lower() for _, _, value in parts)


def escape(text: str) -> str:
    """A value inside a filter (RFC 4515): all but letters, digits and a few marks become their octets."""
    octets = text.encode("utf-8", "replace")
    return "".join(chr(octet) if octet in PLAIN else f"\\{octet:02x}" for octet in octets)


def domain_info(session: Session, root: Root, machines: Sequence[str]) -> Asked:
    """The domain as its root DSE tells it."""
    del machines
    row = DomainInfo(root.domain, root.forest, root.naming_context, root.level)
    return Asked((row,), query_text(session, "", "BASE", "(objectClass=*)"))


def cross_refs(session: Session, root: Root, machines: Sequence[str]) -> Asked:
    """The domains of the forest."""
    del machines
    base, text = f"CN=Partitions,{root.configuration}", "(objectClass=crossRef)"
    found = session.search(base, text, CROSS_REF, LEVEL)
    domains = [entry for entry in found if entry.raw("systemFlags") and _word(entry, "systemFlags") & 3 == NTDS_DOMAIN]
    rows = tuple(CrossRef(entry.text("dnsRoot").lower(), entry.text("nETBIOSName")) for entry in domains)
    return Asked(rows, query_text(session, base, LEVEL, text))


def trusts(session: Session, root: Root, machines: Sequence[str]) -> Asked:
    """The trusted domains."""
    del machines
    base, text = f"CN=System,{root.naming_context}", "(objectClass=trustedDomain)"
    rows = tuple(_trust(entry) for entry in session.search(base, text, TRUST, LEVEL))
    return Asked(rows, query_text(session, base, LEVEL, text))


def _trust(entry: Entry) -> Trust:
    partner, stored = entry.text("trustPartner").lower(), entry.raw("msDS-TrustForestTrustInfo")
    if not partner:
        raise ValueError("a trusted domain has no name")
    return Trust(
        partner=partner,
        flat_name=entry.text("flatName"),
        direction=_word(entry, "trustDirection"),
        type=_word(entry, "trustType"),
        attributes=_word(entry, "trustAttributes"),
        suffixes=suffixes_of(stored[0]) if stored else (),
    )


def accounts(session: Session, root: Root, machines: Sequence[str]) -> Asked:
    """The computer accounts that bear the DNS name or the account name of one of the machines.

    A machine's account name is its short name's first 15 characters; an account of that name in another domain, and a
    conflict object left by replication, are rows too.
    """
    found: dict[str, Entry] = {}
    for text in account_filters(machines):
        found.update((entry.dn, entry) for entry in session.search(root.naming_context, text, ACCOUNT))
    rows = tuple(_account(session, entry) for _, entry in sorted(found.items()))
    shown = next(account_filters(machines), "(no machine)")
    more = f" and {len(machines) - AT_ONCE} machines more" if len(machines) > AT_ONCE else ""
    return Asked(rows, query_text(session, root.naming_context, SUBTREE, shown) + more)


def account_filters(machines: Sequence[str]) -> Iterator[str]:
    """One filter for some machines at a time."""
    for start in range(0, len(machines), AT_ONCE):
        part = machines[start : start + AT_ONCE]
        names = "".join(f"(dNSHostName={escape(name)})(sAMAccountName={escape(_sam_name(name))})" for name in part)
        yield f"(&(objectCategory=computer)(|{names}))"


def _sam_name(machine: str) -> str:
    return machine.partition(".")[0][:15].upper() + "$"


def _account(session: Session, entry: Entry) -> ComputerAccount:
    descriptors, sids = entry.raw(RESOURCE_DELEGATION), entry.raw("objectSid")
    if len(sids) != 1:
        raise ValueError("a computer account has no security identifier")
    dacl = dacl_of(descriptors[0]) if descriptors else Dacl()
    groups = session.read(entry.dn, ("tokenGroups",))  # Windows computes it for a base search only
    return ComputerAccount(
        dn=entry.dn,
        sam_name=entry.text("sAMAccountName"),
        dns_name=entry.text("dNSHostName").lower().rstrip("."),
        sid=sid_text(sids[0]),
        user_account_control=_word(entry, "userAccountControl"),
        spns=entry.texts("servicePrincipalName"),
        delegates_to=entry.texts("msDS-AllowedToDelegateTo"),
        allowed_sids=dacl.allowed,
        denied_sids=dacl.denied,
        has_resource_delegation=bool(descriptors),
        group_sids=tuple(map(sid_text, groups.raw("tokenGroups"))),
    )


def _word(entry: Entry, name: str) -> int:
    return entry.number(name) & UNSIGNED


def query_text(session: Session, base: str, scope: str, text: str) -> str:
    """The question as reports print it: an LDAP URL (RFC 4516) without the attributes."""
    return f"ldap://{session.controller}/{base}??{SCOPES.get(scope, 'base')}?{text}"


Reader = Callable[["Session", Root, Sequence[str]], Asked]
READERS: dict[type[Fact], Reader] = {
    DomainInfo: domain_info,
    CrossRef: cross_refs,
    Trust: trusts,
    ComputerAccount: accounts,
}
"""The facts one controller can tell about its domain."""
