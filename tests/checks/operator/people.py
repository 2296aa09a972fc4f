"""An operator, his groups and the hosts' local groups, in short words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scanner.api import GapReason, Route
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from scanner.facts.local_group import (
    ADMINISTRATORS,
    HYPER_V,
    REMOTE_MANAGEMENT,
    Administrator,
    HyperVAdministrator,
    LocalGroup,
    Member,
    RemoteManagementUser,
)
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from tests.conftest import BRANCH, CORP, HV01, HV02, NOW, estate

OPS = "CORP\\ops"
DOMAIN, OTHER = "S-1-5-21-1-2-3", "S-1-5-21-7-8-9"
SID, GROUP, USERS, ADMINS = f"{DOMAIN}-1601", f"{DOMAIN}-1602", f"{DOMAIN}-513", f"{DOMAIN}-512"
GONE = GapReason.TIMEOUT


def ops(name: str = OPS, **more: Any) -> OperatorAccount:
    """An enabled account in one group."""
    words: dict[str, Any] = {
        "operator": name, "dn": "CN=ops,DC=corp,DC=example", "account": "CORP\\ops", "sid": SID,
        "user_account_control": 0x200, "is_group": False, "group_sids": (GROUP, USERS, "S-1-5-32-545"),
        "group_names": ("CN=movers,DC=corp,DC=example",),
    }  # fmt: skip
    return OperatorAccount(**(words | more))


def system(host: str = HV01, *, joined: bool = True, domain: str = CORP) -> ComputerSystem:
    short = host.partition(".")[0]
    return ComputerSystem(short.upper(), short, domain if joined else "WORKGROUP", joined, 3)


def windows(build: int = 17763, kind: ProductType = ProductType.SERVER) -> OperatingSystem:
    return OperatingSystem(NOW, build, f"10.0.{build}", kind, None, 8)


def groups(*sids: str, domain: str = "HV01") -> list[LocalGroup]:
    names = {ADMINISTRATORS: "Administratoren", HYPER_V: "Hyper-V-Administratoren", REMOTE_MANAGEMENT: "Remote"}
    return [LocalGroup(sid, names[sid], domain) for sid in sids or names]


def member(fact: type[Member], sid: str | None, name: str = "someone", kind: int = 2) -> Member:
    return fact(sid, name, "CORP", kind)


LOCAL = member(Administrator, "S-1-5-21-4-4-4-500", "Administrator", 1)
WITNESS = member(Administrator, ADMINS, "Domain Admins")
Rows = Sequence[Any] | GapReason


def known(
    *,
    administrators: Rows = (LOCAL, WITNESS),
    hyper_v: Rows = (),
    remote: Rows = (),
    there: Rows | None = None,
    account: Rows | None = None,
    elsewhere: Rows | None = None,
    joined: bool = True,
    domain: str = CORP,
    windows_: OperatingSystem | None = None,
) -> dict[Any, Any]:
    """What is known of the operator and of hv01, whom a route leaves for hv02."""
    facts: dict[Any, Any] = {
        (OperatorAccount, CORP): [ops()] if account is None else account,
        (ComputerSystem, HV01): [system(joined=joined, domain=domain)],
        (ComputerSystem, HV02): [system(HV02)],
        (OperatingSystem, HV01): [windows_ or windows()],
        (LocalGroup, HV01): groups() if there is None else there,
        (Administrator, HV01): administrators,
        (HyperVAdministrator, HV01): hyper_v,
        (RemoteManagementUser, HV01): remote,
    }
    if domain == BRANCH:
        facts[OperatorAccount, BRANCH] = ()
    if elsewhere is not None:
        facts[OperatorElsewhere, BRANCH] = elsewhere
    return facts


def where(**words: Any) -> Any:
    """An estate of one operator, whose route leads from hv01 to hv02."""
    return estate(**({"operators": (OPS,), "routes": (Route(HV01, HV02),)} | words))
