"""Commands of the Active Directory module, over the model of the directory."""

from __future__ import annotations

from typing import Any

from lab.remedy.command import Call, command
from lab.remedy.directory import FULL_CONTROLLER, READ_ONLY_CONTROLLER, AdObject
from lab.remedy.world import Harm, Refused
from scanner.facts.directory import DISABLED, TRUSTED_FOR_DELEGATION, TRUSTED_TO_AUTHENTICATE

LISTS = {"msds-allowedtodelegateto": "delegates_to", "serviceprincipalname": "spns"}
"""Attributes of many values that a table may name, and the fields they are."""


def target(call: Call) -> AdObject:
    """The account a command is about."""
    given = call.given.get("Identity")
    if isinstance(given, AdObject):
        return given
    if call.rows and given is None:
        return call.rows[0]
    return call.world.directory.find(call.text("Identity"), call.text("Server"))


@command("Get-ADComputer", "Identity Server Properties", places="Identity", required="Identity")
def get_computer(call: Call) -> AdObject:
    """An account, with those who may delegate to it where they are asked for."""
    found = target(call)
    wanted = call.given.get("Properties", ())
    names = [str(name).casefold() for name in (wanted if isinstance(wanted, tuple) else (wanted,))]
    if "principalsallowedtodelegatetoaccount" in names or "*" in names:
        accounts = [call.world.directory.of_sid(sid) for sid in found.account.allowed_sids]
        found.allowed = tuple(
            row.dn if row else sid for row, sid in zip(accounts, found.account.allowed_sids, strict=True)
        )
    return found


@command(
    "Set-ADComputer",
    "Identity Server Add Remove Replace Clear PrincipalsAllowedToDelegateToAccount TrustedForDelegation DNSHostName",
    places="Identity",
)
def set_computer(call: Call) -> None:
    """Change an account."""
    found = target(call)
    changes: dict[str, Any] = {}
    for how in ("Add", "Remove", "Replace"):
        if how in call.given:
            changes |= _lists(call, found, how, call.given[how])
    if "Clear" in call.given:
        changes |= _cleared(call.text("Clear"))
    if "PrincipalsAllowedToDelegateToAccount" in call.given:
        changes |= _principals(call, call.given["PrincipalsAllowedToDelegateToAccount"])
    if "TrustedForDelegation" in call.given:
        changes["user_account_control"] = _control(call, found)
    if "DNSHostName" in call.given:
        changes["dns_name"] = call.text("DNSHostName").lower()
    if not changes:
        raise Refused(f"{call.known.name} changes nothing")
    call.world.directory.change(found, **changes)


def _lists(call: Call, found: AdObject, how: str, table: Any) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise Refused(f"{call.known.name} -{how} takes a table of attributes")
    changes: dict[str, Any] = {}
    for name, value in table.items():
        field = LISTS.get(name.casefold())
        if field is None:
            raise Refused(f"{call.known.name} -{how}: the lab knows no attribute {name}")
        values = tuple(map(str, value if isinstance(value, tuple) else (value,)))
        own: tuple[str, ...] = getattr(found.account, field)
        held, named = {entry.casefold() for entry in own}, {entry.casefold() for entry in values}
        if field == "spns" and (other := next(filter(None, (_holder(call, found, v) for v in values)), "")):
            raise Refused(f"{other} holds one of these names already")
        if how == "Add":
            changes[field] = (*own, *(v for v in values if v.casefold() not in held))
        else:
            changes[field] = values if how == "Replace" else tuple(v for v in own if v.casefold() not in named)
    return changes


def _cleared(name: str) -> dict[str, Any]:
    if name.casefold() == "msds-allowedtoactonbehalfofotheridentity":
        return {"allowed_sids": (), "denied_sids": (), "has_resource_delegation": False}
    field = LISTS.get(name.casefold())
    if field is None:
        raise Refused(f"Set-ADComputer -Clear: the lab knows no attribute {name}")
    return {field: ()}


def _holder(call: Call, found: AdObject, name: str) -> str:
    other = call.world.directory.holder(name, found.account)
    return other.dn if other else ""


def _principals(call: Call, value: Any) -> dict[str, Any]:
    """The access list anew: whoever is not named here may delegate no more, and refusals are gone."""
    sids: dict[str, None] = {}
    for one in value if isinstance(value, tuple) else (value,):
        if one is None:
            continue
        found = one if isinstance(one, AdObject) else None
        sids[found.account.sid if found else _sid(call, str(one))] = None
    return {"allowed_sids": tuple(sids), "denied_sids": (), "has_resource_delegation": bool(sids)}


def _sid(call: Call, name: str) -> str:
    """Whom a name stands for on the server that is written to; of another domain, only an object will do."""
    return call.world.directory.find(name, call.text("Server")).account.sid


@command(
    "Set-ADAccountControl",
    "Identity Server TrustedForDelegation TrustedToAuthForDelegation Enabled",
    places="Identity",
)
def set_control(call: Call) -> None:
    """Change the bits of an account."""
    found = target(call)
    call.world.directory.change(found, user_account_control=_control(call, found))


def _control(call: Call, found: AdObject) -> int:
    """userAccountControl afterwards. Raises Harm: a controller would lose what it works with."""
    control = found.account.user_account_control
    to_any, to_authenticate = call.flag("TrustedForDelegation"), call.flag("TrustedToAuthForDelegation")
    if to_any is False and control & FULL_CONTROLLER:
        raise Harm(f"{found.account.sam_name} is a domain controller, which cannot replicate without 0x80000")
    if to_authenticate is not None and control & READ_ONLY_CONTROLLER:
        raise Harm(f"{found.account.sam_name} is a read-only domain controller, whose 0x1000000 nobody changes")
    bits = ((TRUSTED_FOR_DELEGATION, to_any), (TRUSTED_TO_AUTHENTICATE, to_authenticate))
    for bit, wanted in bits:
        if wanted is not None:
            control = control | bit if wanted else control & ~bit
    if (enabled := call.flag("Enabled")) is not None:
        control = control & ~DISABLED if enabled else control | DISABLED
    return control


@command("Enable-ADAccount", "Identity Server", places="Identity")
def enable_account(call: Call) -> None:
    """An account is used again."""
    found = target(call)
    call.world.directory.change(found, user_account_control=found.account.user_account_control & ~DISABLED)
