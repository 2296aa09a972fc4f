"""Builders: hosts, accounts and settings of a small estate, as facts."""

from __future__ import annotations

from scanner.api import Fact, Route
from scanner.facts.directory import DISABLED, TRUSTED_FOR_DELEGATION, TRUSTED_TO_AUTHENTICATE, ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, DnsSuffix, OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, NOW, estate

MEMBER = 0x1000
PLAIN, ANY_PROTOCOL, OPEN, OFF = (
    MEMBER,
    MEMBER | TRUSTED_TO_AUTHENTICATE,
    MEMBER | TRUSTED_FOR_DELEGATION,
    MEMBER | DISABLED,
)
SERVICE = "Microsoft Virtual System Migration Service"
SIDS = {HV01: "S-1-5-21-1-1-1-1101", HV02: "S-1-5-21-1-1-1-1102", HV11: "S-1-5-21-2-2-2-1111"}
COMPUTERS = {CORP: "S-1-5-21-1-1-1-515", BRANCH: "S-1-5-21-2-2-2-515"}

Known = dict[tuple[type[Fact], str], object]
"""What is known, as ``judge`` takes it."""


def system(host: str, name: str = "", *, joined: bool = True) -> ComputerSystem:
    short, _, domain = host.partition(".")
    return ComputerSystem(name or short.upper(), short, domain if joined else "WORKGROUP", joined, 3 if joined else 2)


def account(
    host: str,
    *names: str,
    uac: int = ANY_PROTOCOL,
    allowed: tuple[str, ...] = (),
    denied: tuple[str, ...] = (),
    groups: tuple[str, ...] | None = None,
    spns: tuple[str, ...] = (),
    dns: str | None = None,
    sam: str = "",
) -> ComputerAccount:
    """The account of a host that may delegate to these names."""
    short, _, domain = host.partition(".")
    return ComputerAccount(
        dn=f"CN={short.upper()},DC={domain.replace('.', ',DC=')}",
        sam_name=sam or f"{short.upper()}$",
        dns_name=host if dns is None else dns,
        sid=SIDS.get(host, "S-1-5-21-1-1-1-1999"),
        user_account_control=uac,
        spns=spns,
        delegates_to=names,
        allowed_sids=allowed,
        denied_sids=denied,
        has_resource_delegation=bool(allowed or denied),
        group_sids=(COMPUTERS[domain],) if groups is None else groups,
    )


def both(host: str, service: str = SERVICE) -> tuple[str, str]:
    """Both names of a service on a host, as the console writes them."""
    return f"{service}/{host.partition('.')[0].upper()}", f"{service}/{host}"


def settings(authentication: MigrationAuthentication = MigrationAuthentication.KERBEROS) -> MigrationSettings:
    return MigrationSettings(True, authentication, True, False, 2, 2)


def windows(build: int = 17763, kind: ProductType = ProductType.SERVER) -> OperatingSystem:
    return OperatingSystem(NOW, build, f"10.0.{build}", kind, NOW)


GUARDED, UNGUARDED = DeviceGuard((1, 2)), DeviceGuard((0,))
CREDSSP = settings(MigrationAuthentication.CREDSSP)


def known(*accounts: ComputerAccount, hosts: tuple[str, ...] = (HV01, HV02)) -> Known:
    """Hosts that are members of the domains they are named after, and these accounts there."""
    facts: Known = {(ComputerSystem, host): [system(host)] for host in hosts}
    for host in hosts:
        domain = host.partition(".")[2]
        facts |= {(DnsSuffix, host): [DnsSuffix(domain, domain)], (DeviceGuard, host): [UNGUARDED]}
        facts[ComputerAccount, domain] = [a for a in accounts if a.dn.endswith(domain.replace(".", ",DC="))]
    return facts


def across(**words: object):
    """An estate that moves from one domain into another."""
    return estate(hosts=(HV01, HV11), routes=(Route(HV01, HV11),), domains=(CORP, BRANCH), **words)
