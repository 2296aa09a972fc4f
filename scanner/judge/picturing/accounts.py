"""Computer accounts as they are drawn: whose is whose, and what the two of a move say of each other."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.facts.delegation import names_of
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import NETBIOS, ComputerSystem
from scanner.words.evidence import Evidence
from scanner.words.model import Gap
from scanner.words.telling import joined, tell
from scanner.words.wording import counted

EVERYONE = frozenset({"S-1-1-0", "S-1-5-11"})
"""Everyone and Authenticated Users: every account is in them, though no account lists them."""


@dataclass(frozen=True, slots=True)
class Held:
    """The account of a host, with the names that services of it are listed by."""

    account: ComputerAccount
    domain: str
    names: tuple[str, ...]
    listed: frozenset[str]
    """msDS-AllowedToDelegateTo, lower case"""


def account_of(evidence: Evidence, host: str) -> Held | str:
    """The one account of a host that its domain tells of, or why it is not known."""
    return evidence.once((account_of, host), lambda: _account_of(evidence, host))


def _account_of(evidence: Evidence, host: str) -> Held | str:
    systems = evidence.ask(ComputerSystem, host)
    if isinstance(systems, Gap) or len(systems) != 1:
        return (
            str(systems) if isinstance(systems, Gap) else tell("ComputerSystem of {host}: no single answer", host=host)
        )
    system = systems[0]
    if not system.part_of_domain:
        return tell("{host} is in no domain", host=host)
    domain = system.dns_domain
    accounts = evidence.derived(ComputerAccount, domain, _by_sam)
    if isinstance(accounts, Gap):
        return str(accounts)
    found = accounts.get(f"{system.name[:NETBIOS]}$".lower(), ())
    if len(found) != 1 or found[0].unread:
        why = (
            counted(len(found), "account")
            if len(found) != 1
            else tell("not read whole: {unread}", unread=found[0].unread)
        )
        return tell("ComputerAccount of {domain}: {why} of {host}", domain=domain, why=why, host=host)
    account = found[0]
    short, full = system.name, account.dns_name.rstrip(".") or names_of(host)[1]
    listed = frozenset(name.strip().lower() for name in account.delegates_to)
    return Held(account, domain, tuple(dict.fromkeys((short.lower(), full.lower()))), listed)


def _by_sam(rows: tuple[ComputerAccount, ...]) -> dict[str, tuple[ComputerAccount, ...]]:
    found: dict[str, tuple[ComputerAccount, ...]] = {}
    for row in rows:
        name = row.sam_name.lower()
        found[name] = tuple(dict.fromkeys((*found.get(name, ()), row)))
    return found


def told(giver: Held, taker: Held, service: str) -> tuple[bool | None, str]:
    """Whether something lets one delegate a service to the other, and what that is, in words.

    Nothing where it is not known: the taker's list names what may be a group of the giver, or it denies what the
    giver's own names allow, of which no document says which wins.
    """
    wanted = [f"{service}/{name}".lower() for name in taker.names]
    held = [name for name in wanted if name in giver.listed]
    sids = {giver.account.sid, *giver.account.group_sids, *EVERYONE}
    local = giver.domain == taker.domain
    parts = list(filter(None, (_by_names(held, wanted, local=local), _by_list(sids, taker))))
    if not sids.isdisjoint(taker.account.denied_sids):
        return None if held and local else False, joined("; ", parts)
    if (held and local) or not sids.isdisjoint(taker.account.allowed_sids):
        return True, joined("; ", parts)
    if giver.account.unconstrained and local:
        return True, tell("unconstrained: delegation to any service")
    if _may_be_in(giver, taker, sids):
        return None, tell("resource-based, to accounts that may be groups of it")
    return False, joined("; ", parts) or tell("neither account names the other")


def _by_names(held: list[str], wanted: list[str], *, local: bool) -> str:
    if not held:
        return ""
    which = tell("both names") if len(held) == len(wanted) else tell("one name of two")
    if local:
        return tell("constrained, {which}", which=which)
    return tell("constrained, {which}, which does not count between domains", which=which)


def _by_list(sids: set[str], taker: Held) -> str:
    if not sids.isdisjoint(taker.account.denied_sids):
        return tell("denied by the destination's list")
    return "" if sids.isdisjoint(taker.account.allowed_sids) else tell("resource-based")


def _may_be_in(giver: Held, taker: Held, sids: set[str]) -> bool:
    """Whether the taker's list names somebody of whom nobody looked whether the giver is in it."""
    if giver.domain == taker.domain and giver.account.group_sids:
        return False
    return any(sid not in sids for sid in taker.account.allowed_sids)
