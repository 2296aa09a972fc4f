"""What every answer of a controller has in common: who it is, how a question is written, what a row lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from scanner.collect.transport.ldap.answers import LONGEST
from scanner.words.model import Fact

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry
    from scanner.collect.transport.ldap.connection import Connection

T = TypeVar("T")
BASE, LEVEL, SUBTREE = "BASE", "LEVEL", "SUBTREE"
SCOPES = {LEVEL: "one", SUBTREE: "sub"}
UNSIGNED = 0xFFFFFFFF
"""Active Directory stores 32-bit words; LDAP shows them as signed numbers."""
PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._$/ ")


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows, and the question as text."""

    rows: tuple[Fact, ...]
    query: str


@dataclass(slots=True)
class Reading:
    """What of one row could not be read."""

    problems: list[str] = field(default_factory=list[str])

    def value(self, name: str, read: Callable[[], T], otherwise: T) -> T:
        """The value of an attribute, or what stands for one that cannot be read; its name, where the error lacks it."""
        try:
            return read()
        except ValueError as error:
            self.problems.append(f"{name}: {error}".removeprefix(": ")[:LONGEST])
            return otherwise

    def word(self, entry: Entry, name: str, otherwise: int = 0) -> int:
        """The attribute as a number of 32 bits without a sign."""
        return self.value("", lambda: entry.number(name) & UNSIGNED, otherwise)

    @property
    def unread(self) -> str:
        """The problems as one text; empty when there are none."""
        return "; ".join(self.problems)


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
    """A value inside a filter (RFC 4515): all but letters, digits and a few marks become their octets.

    So does a space at either end, which ldap3 would take for one between the parts of a filter.
    """
    octets = text.encode("utf-8", "replace")
    plain = range(len(octets) - len(octets.lstrip(b" ")), len(octets.rstrip(b" ")))
    return "".join(chr(o) if o in PLAIN and at in plain else f"\\{o:02x}" for at, o in enumerate(octets))


def query_text(connection: Connection, base: str, scope: str, text: str) -> str:
    """The question as reports print it: an LDAP URL (RFC 4516) without the attributes."""
    return f"ldap://{connection.controller}/{base}??{SCOPES.get(scope, 'base')}?{text}"
