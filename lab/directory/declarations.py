"""What shall stand in the directories, read from TOML files.

Standard library only: the lab's scripts run it with the system's Python, populate.py inside a domain controller.
As a command it prints one digest of everything declared, or every mistake and exit status 2:

    python3 declarations.py FILE.toml...              the digest
    python3 declarations.py --records FILE.toml...    DNS records, one "controller domain" and an nsupdate line each
    python3 declarations.py --lagging FILE.toml...    "yes" when dc2 shall lag behind dc1
    python3 declarations.py --sid DOMAIN              the SID of a domain
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import sys
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

DOMAINS = ("corp.example", "branch.example", "island.example")
DOMAIN_SIDS = {
    "corp.example": "S-1-5-21-2000000000-2000000001-2000000002",
    "branch.example": "S-1-5-21-2000000010-2000000011-2000000012",
    "island.example": "S-1-5-21-2000000020-2000000021-2000000022",
}
"""Always the same, so that a machine's file can say who is in its groups."""
REVERSE_ZONE = "77.10.in-addr.arpa"
FREE_RIDS = 5000
SCOPES = {"global": 0x80000002, "domain-local": 0x80000004, "universal": 0x80000008}
"""groupType of security groups, [MS-ADTS] 2.2.12"""
SCAN_USER = "svc-preflight"
HYPER_V_SERVICES = (
    "Microsoft Virtual System Migration Service",
    "Microsoft Virtual Console Service",
    "Hyper-V Replica Service",
)
# What every Windows machine registers for itself. HTTP and cifs are none of them: the KDC maps those to HOST.
BASE_SERVICES = ("HOST", "RestrictedKrbHost", "TERMSRV", "WSMAN")


@dataclass
class Computer:
    """A computer account. README.md tells each key."""

    name: str
    domain: str
    dns_name: str = ""
    services: list[str] | str = field(default_factory=list)
    spns: list[str] = field(default_factory=list)
    delegates_to: list[str] = field(default_factory=list)
    protocol_transition: bool = False
    unconstrained: bool = False
    not_delegated: bool = False
    disabled: bool = False
    allows: list[str] = field(default_factory=list)
    denies: list[str] = field(default_factory=list)
    service_point: bool = False
    operating_system: str = "Windows Server 2019 Datacenter"
    operating_system_version: str = "10.0 (17763)"
    groups: list[str] = field(default_factory=list)
    keytab: bool = False
    encryption_types: int = 28

    def __post_init__(self) -> None:
        self.dns_name = self.dns_name or f"{self.name.lower()}.{self.domain}"

    def principals(self) -> list[str]:
        """The service principal names of the account, each service under the short and the full name."""
        if self.services == "none":
            return list(self.spns)
        services = HYPER_V_SERVICES if self.services == "hyper-v" else tuple(self.services)
        names = (self.name.upper(), self.dns_name)
        return [f"{service}/{name}" for service in (*BASE_SERVICES, *services) for name in names] + self.spns


@dataclass
class User:
    """A user account."""

    name: str
    domain: str
    password_env: str = ""
    groups: list[str] = field(default_factory=list)
    disabled: bool = False
    not_delegated: bool = False
    keytab: bool = False
    rid: int = 0


@dataclass
class Group:
    """A security group, global unless `scope` says otherwise; `groups` are those it is a member of.

    `members` are accounts of other domains, as name@domain or a SID: a domain-local group alone takes those.
    """

    name: str
    domain: str
    groups: list[str] = field(default_factory=list)
    scope: str = "global"
    members: list[str] = field(default_factory=list)
    rid: int = 0


@dataclass
class Trust:
    """One half of a forest trust with a domain that is not in the lab: nobody answers for it."""

    partner: str
    domain: str
    direction: int = 3
    attributes: int = 8
    names: list[str] = field(default_factory=list)
    names_off: list[str] = field(default_factory=list)
    encryption_types: int = 0


@dataclass
class Record:
    """A DNS record with a full owner name; machines register their own A records when they come up."""

    name: str
    type: str
    value: str
    ttl: int = 900

    def zone(self) -> str:
        return next((zone for zone in (*DOMAINS, REVERSE_ZONE) if self.name.lower().endswith(zone)), "")


@dataclass
class ReplicationFault:
    """Values of one attribute of a computer of corp.example that dc1 has and dc2 has not received yet."""

    computer: str
    attribute: str
    values: list[str]


@dataclass
class Declarations:
    """All files together."""

    computer: list[Computer] = field(default_factory=list)
    user: list[User] = field(default_factory=list)
    group: list[Group] = field(default_factory=list)
    trust: list[Trust] = field(default_factory=list)
    record: list[Record] = field(default_factory=list)
    replication_fault: list[ReplicationFault] = field(default_factory=list)


KINDS: dict[str, type] = {
    "computer": Computer,
    "user": User,
    "group": Group,
    "trust": Trust,
    "record": Record,
    "replication_fault": ReplicationFault,
}


def load(paths: list[str]) -> Declarations:
    """Read the files together. Raises ValueError that names every mistake, a line each."""
    result, mistakes = Declarations(), []
    for path in paths:
        try:
            tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            mistakes.append(f"{path}: {error}")
            continue
        for kind, rows in tables.items():
            if kind not in KINDS or not isinstance(rows, list):
                mistakes.append(f"{path}: {kind} is no table of this format; these are: [[{']], [['.join(KINDS)}]]")
                continue
            for number, row in enumerate(rows):
                try:
                    getattr(result, kind).append(_row(KINDS[kind], row))
                except ValueError as error:
                    mistakes.append(f"{path}: {kind}[{number}] {row.get('name', '')}: {error}")
    _complete(result)
    mistakes += _contradictions(result)
    if mistakes:
        raise ValueError("\n".join(mistakes))
    return result


def _row(kind: type, row: dict[str, Any]) -> Any:
    known = {item.name: str(item.type) for item in fields(kind)}
    if unknown := sorted(row.keys() - known.keys()):
        raise ValueError(f"unknown key {', '.join(unknown)}; known are {', '.join(known)}")
    for key, value in row.items():
        if not _fits(known[key], value):
            raise ValueError(f"{key} must be {known[key]}, not {value!r}")
    try:
        result = kind(**row)
    except TypeError as error:
        raise ValueError(str(error).partition("() ")[2]) from None
    _judge(result)
    return result


def _fits(wanted: str, value: object) -> bool:
    kinds = {"str": str, "bool": bool, "int": int}
    for one in wanted.split(" | "):
        if one == "list[str]" and isinstance(value, list) and all(isinstance(item, str) for item in value):
            return True
        if one in kinds and type(value) is kinds[one]:
            return True
    return False


def _judge(row: object) -> None:
    domain = getattr(row, "domain", None)
    if domain is not None and domain not in DOMAINS:
        raise ValueError(f"domain {domain!r} is none of {', '.join(DOMAINS)}")
    if isinstance(row, Computer):
        if len(row.name) > 15:
            raise ValueError("a computer name has 15 characters at most")
        if isinstance(row.services, str) and row.services not in ("hyper-v", "none"):
            raise ValueError('services is a list, "hyper-v" or "none"')
    if isinstance(row, User | Group) and row.rid and row.rid < FREE_RIDS:
        raise ValueError(f"rid is {FREE_RIDS} or more: controllers give out those below")
    if isinstance(row, Group) and row.scope not in SCOPES:
        raise ValueError(f"scope is one of {', '.join(SCOPES)}")
    if isinstance(row, Group) and row.members and row.scope != "domain-local":
        raise ValueError("a domain-local group alone has members of other domains")
    if isinstance(row, Record):
        if not row.zone():
            raise ValueError(f"no zone of the lab holds it: {', '.join((*DOMAINS, REVERSE_ZONE))}")
        if row.type in ("A", "AAAA"):
            ipaddress.ip_address(row.value)
        elif row.type not in ("CNAME", "PTR"):
            raise ValueError("type is A, AAAA, CNAME or PTR")


def _complete(all_of: Declarations) -> None:
    """Drop what two files declare alike; the account scans sign in with is in every domain, declared or not."""
    for kind in KINDS:
        rows = getattr(all_of, kind)
        rows[:] = [row for number, row in enumerate(rows) if row not in rows[:number]]
    declared = {row.domain for row in all_of.user if row.name == SCAN_USER}
    all_of.user += [User(SCAN_USER, domain, keytab=True) for domain in DOMAINS if domain not in declared]


def _contradictions(all_of: Declarations) -> list[str]:
    mistakes: list[str] = []
    seen: set[tuple[str, str]] = set()
    for row in (*all_of.computer, *all_of.user, *all_of.group):
        key = (row.name.lower(), row.domain)
        if key in seen or key[0] in ("dc1", "dc2", "dcb", "dcc"):
            mistakes.append(f"{row.name} in {row.domain} is declared twice and differently, or is a domain controller")
        seen.add(key)
    owners: set[str] = set()
    for row in all_of.computer:
        if row.keytab and row.name.lower() in owners:
            mistakes.append(f"{row.name} has a keytab in two domains: a machine has one")
        owners |= {row.name.lower()} if row.keytab else set()
    mistakes += [
        f"replication_fault: no computer {fault.computer} in {DOMAINS[0]}, the domain with two controllers"
        for fault in all_of.replication_fault
        if not any(row.name == fault.computer and row.domain == DOMAINS[0] for row in all_of.computer)
    ]
    return mistakes


def digest(all_of: Declarations) -> str:
    """The same for files that declare the same in the same order, whatever their names and comments."""
    return hashlib.sha256(json.dumps(asdict(all_of), sort_keys=True).encode()).hexdigest()[:16]


def main(arguments: list[str]) -> int:
    option = arguments.pop(0) if arguments and arguments[0].startswith("--") else ""
    if option == "--sid":
        print(DOMAIN_SIDS[arguments[0]])
        return 0
    try:
        all_of = load(arguments)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if option == "--records":
        for row in all_of.record:
            print(row.zone(), f"update add {row.name}. {row.ttl} {row.type} {row.value}")
    elif option == "--lagging":
        print("yes" if all_of.replication_fault else "no")
    else:
        print(digest(all_of))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
