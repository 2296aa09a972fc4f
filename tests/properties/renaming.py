"""Says the same of another estate: every name, address, id and time of a record changed, and nothing else.

A record is JSON, and its names stand in it in many forms: ``hv01.corp.example``, ``HV01$``, ``HOST/HV01``,
``CN=HV01,OU=Hyper-V,DC=corp,DC=example``, ``CORP``, ``10.20.0.1:6600``, ``svc@CORP.EXAMPLE``. ``Renaming`` knows them
all, so a property that says "nothing depends on what it is called" is one line:

    other = Renaming(hosts={"hv01": "x"}, domains={"corp.example": "a.test"}).document(document)

Keys of objects, names of facts and the texts of queries stay. What the record does not hold stays, too, so one
``Renaming`` may serve several records. Names that are new must be no word of the record: ``words`` tells them.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

Document = dict[str, Any]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

KEPT = frozenset({"fact", "query", "kind", "reason", "version", "hv_preflight"})
"""Keys whose values are words of the program."""
NETBIOS = 15
"""characters that a NetBIOS name keeps"""
_DN = r"(?:DC=[^,=]+)(?:,DC=[^,=]+)*"
_GUID = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
_SID = r"S-1-5-21-\d+-\d+-\d+"
_V6 = r"(?<![\w:.])[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f.]*"
_NAME = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"
_PARTS = re.compile(f"(?P<dn>{_DN})|(?P<guid>{_GUID})|(?P<sid>{_SID})|(?P<v6>{_V6})|(?P<name>{_NAME})")
_NETWORK = re.compile(r"[0-9A-Fa-f.:]+/\d{1,3}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)")
_WITNESSED = re.compile(r"(\d{4}-\d\d-\d\d)( \S.*)")  # the day, and who saw something then


def _same(address: Address) -> Address:
    return address


@dataclass(frozen=True)
class Renaming:
    """What becomes what; see the module. Applied at once, so that names may be exchanged."""

    hosts: Mapping[str, str] = field(default_factory=dict[str, str])
    """first labels, lower case, of at most 15 characters: hv01"""
    domains: Mapping[str, str] = field(default_factory=dict[str, str])
    """DNS names, lower case"""
    netbios: Mapping[str, str] = field(default_factory=dict[str, str])
    """NetBIOS names of domains, upper case"""
    address: Callable[[Address], Address] = _same
    """must keep which addresses share a subnet"""
    salt: str = ""
    """makes other GUIDs and other domains' SIDs of all; empty: they stay"""
    shift: timedelta = timedelta()
    """added to every time"""
    spelling: Callable[[str], str] = str
    """how each name is written, whole: upper case, a dot behind it"""

    def document(self, document: Document) -> Document:
        """The record of the other estate."""
        return self._value(document)

    def text(self, text: str) -> str:
        """One text of it, as a subject's name."""
        if _TIME.fullmatch(text):
            return (datetime.fromisoformat(text) + self.shift).isoformat().replace("+00:00", "Z")
        if seen := _WITNESSED.fullmatch(text):
            day = date.fromisoformat(seen[1]) + timedelta(days=self.shift.days)
            return f"{day}{_PARTS.sub(self._part, seen[2])}"
        if _NETWORK.fullmatch(text) and (network := self._network(text)):
            return network
        return _PARTS.sub(self._part, text)

    def _value(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case list():
                return [self._value(item) for item in value]
            case {"subnet": str(subnet), "prefix_length": int(length), **rest}:
                network = self._network(f"{subnet}/{length}") or f"{subnet}/{length}"
                return {**self._value(rest), "subnet": network.partition("/")[0], "prefix_length": length}
            case dict():
                return {key: item if key in KEPT else self._value(item) for key, item in value.items()}
            case _:
                return value

    def _part(self, found: re.Match[str]) -> str:
        text = found[0]
        match found.lastgroup:
            case "dn":
                domain = ".".join(part[3:] for part in text.split(","))
                new = self.domains.get(domain.lower())
                return text if new is None else ",".join(f"DC={label}" for label in new.split("."))
            case "guid":
                return str(uuid.uuid5(uuid.NAMESPACE_DNS, self.salt + text.lower())).upper() if self.salt else text
            case "sid":
                return self._sid(text) if self.salt else text
            case "v6":
                return self._address(text)
            case _:
                return self._address(text) if text.count(".") == 3 and text[0].isdigit() else self._name(text)

    def _sid(self, text: str) -> str:
        digest = hashlib.sha256((self.salt + text).encode()).digest()
        return "S-1-5-21-" + "-".join(str(int.from_bytes(digest[n : n + 4])) for n in (0, 4, 8))

    def _address(self, text: str) -> str:
        try:
            return str(self.address(ipaddress.ip_address(text)))
        except ValueError:
            return text

    def _network(self, text: str) -> str:
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            return ""
        around = self.address(network.network_address)
        return str(ipaddress.ip_network(f"{around}/{network.prefixlen}", strict=False))

    def _name(self, text: str) -> str:
        new = self._renamed(text.lower(), upper=text.isupper())
        return text if new is None else self.spelling(new.upper() if text.isupper() else new)

    def _renamed(self, name: str, *, upper: bool) -> str | None:
        """The new name; nothing for a text that is no name of the record."""
        if upper and name.upper() in self.netbios:
            return self.netbios[name.upper()]
        if "." not in name and name in self.hosts:
            return self.hosts[name][:NETBIOS] if upper else self.hosts[name]
        if name in self.domains:
            return self.domains[name]
        for domain in sorted(self.domains, key=len, reverse=True):
            if name.endswith(f".{domain}"):
                labels = name.removesuffix(f".{domain}").split(".")
                return ".".join((*(self.hosts.get(label, label) for label in labels), self.domains[domain]))
        return None


def texts(value: Any) -> Iterable[str]:
    """Every text of a record that a renaming would look at."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from texts(item)
        case dict():
            for key, item in value.items():
                yield from () if key in KEPT else texts(item)
        case _:
            pass


def words(document: Document) -> frozenset[str]:
    """Every word that stands in the record, lower case: no new name may be one of them."""
    return frozenset(re.findall(r"[a-z0-9_-]+", json.dumps(document).lower()))


def domains_of(document: Document) -> list[str]:
    """The domains of the record: those it names, and those that its machines' names end in."""
    estate = document["estate"]
    named = [name.partition(".")[2] for name in (*estate["hosts"], *estate["vmm_servers"])]
    return sorted({*estate["domains"], *filter(None, named)})


def netbios_of(document: Document) -> list[str]:
    """The NetBIOS names of the record's domains."""
    rows = [row for answer in document["answers"] if answer["fact"] == "CrossRef" for row in answer["rows"]]
    return sorted({row["netbios_name"] for row in rows})


def hosts_of(document: Document) -> list[str]:
    """The first labels of all computers that the record names: hosts, servers, controllers, endpoints."""
    ends = "|".join(re.escape(domain) for domain in domains_of(document))
    full = re.compile(rf"([a-z0-9-]+)\.(?:{ends})(?![\w.-])", re.IGNORECASE)
    return sorted({name.lower() for text in texts(document) for name in full.findall(text)})
