"""Does the source's account delegate a service to the destination, and in which form?

Classic constrained delegation is a list of service names on the source's account (msDS-AllowedToDelegateTo); it ends
at the border of the domain. Resource-based delegation is an access list on the destination's account; it covers every
service there and works across domains. A deny entry in it wins over every allow entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from checks.delegation.account import Member, member, same_domain
from scanner.api import View, joined, tell
from scanner.facts.directory import ComputerAccount

MIGRATION = "Microsoft Virtual System Migration Service"
CIFS = "cifs"
EVERYONE = frozenset({"S-1-1-0", "S-1-5-11"})
"""Everyone and Authenticated Users: every account is in them, though no account lists them."""
OF_A_DOMAIN = "S-1-5-21-"
"""Begins the SID of an account or group that one domain alone has."""
MANY, LONG = 10, 200


class Form(StrEnum):
    """How a source delegates a service to a destination; the strongest form that works."""

    BOTH = "both names"
    RESOURCE = "resource-based"
    ONE = "one name"
    DENIED = "denied"
    UNCONSTRAINED = "unconstrained"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What both accounts say about one service of the destination."""

    source: Member
    destination: Member
    service: str
    listed: tuple[str, ...]
    """entries of the source's list that name the destination, as written, whatever the service"""
    missing: tuple[str, ...]
    """of both names of the service, those the source's list does not hold"""
    allowed: bool
    denied: bool
    unsettled: bool
    """the destination's list names accounts that may be groups of the source: nobody looked into them"""
    doubted: bool = False
    """one of these is a deny entry, so that names on the source's own list may not count either"""

    @property
    def local(self) -> bool:
        """Both hosts are in one domain, so that classic entries count."""
        return same_domain(self.source, self.destination)

    @property
    def form(self) -> Form:
        """The form that decides. Across domains only the resource-based one counts."""
        if self.local and not self.missing:
            return Form.BOTH
        if self.allowed and not self.denied:
            return Form.RESOURCE
        if self.local and len(self.missing) == 1:
            return Form.ONE
        if self.denied:
            return Form.DENIED
        return Form.UNCONSTRAINED if self.local and self.source.account.unconstrained else Form.NONE

    @property
    def seen(self) -> str:
        """Both lists, as far as they concern this pair."""
        mine, theirs = self.source.short, self.destination.short
        entries = shorten(self.listed) or tell("nothing of {theirs}", theirs=theirs)
        access = (
            tell("does not name {mine}", mine=mine)
            if self.destination.account.has_resource_delegation
            else tell("not set")
        )
        if self.denied:
            access = tell("denies {mine}", mine=mine)
        elif self.allowed:
            access = tell("names {mine}", mine=mine)
        return tell(
            "msDS-AllowedToDelegateTo of {mine}: {entries}; "
            "msDS-AllowedToActOnBehalfOfOtherIdentity of {theirs}: {access}",
            mine=mine,
            entries=entries,
            theirs=theirs,
            access=access,
        )


def coverage(view: View, source: str, destination: str, service: str) -> Coverage:
    """How ``source`` may delegate ``service`` to ``destination``; needs MEMBERS.

    Raises:
        MissingEvidence: a host or its domain could not be read.
    """
    giver, taker = member(view, source), member(view, destination)
    listed = tuple(entry for name in _names(taker) for entry in _by_host(giver.account.delegates_to).get(name, ()))
    held = {entry.strip().lower() for entry in listed}
    sids = {giver.account.sid, *giver.account.group_sids, *EVERYONE}
    allowed = not sids.isdisjoint(taker.account.allowed_sids)
    open_deny = may_be_in(view, giver, taker, taker.account.denied_sids)
    open_allow = not allowed and may_be_in(view, giver, taker, taker.account.allowed_sids)
    return Coverage(
        giver, taker, service,
        listed=listed,
        missing=tuple(name for name in taker.spns(service) if name.lower() not in held),
        allowed=allowed,
        denied=not sids.isdisjoint(taker.account.denied_sids),
        unsettled=open_deny or open_allow,
        doubted=open_deny,
    )  # fmt: skip


def shorten(texts: Iterable[str]) -> str:
    """Some texts in one line: at most ten, each at most 200 characters; empty for none."""
    items = [text if len(text) <= LONG else text[:LONG] + "…" for text in texts]
    more = tell(", and {rest} more", rest=len(items) - MANY) if len(items) > MANY else ""
    return joined(", ", items[:MANY]) + more


def _names(host: Member) -> tuple[str, ...]:
    return tuple(dict.fromkeys((host.short.lower(), host.fqdn)))


@lru_cache(maxsize=256)
def _by_host(entries: tuple[str, ...]) -> dict[str, list[str]]:
    """An account's entries by the host in ``class/host:port/service``, lower case; every destination asks for them."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        host = entry.strip().lower().partition("/")[2].partition("/")[0].partition(":")[0]
        found.setdefault(host, []).append(entry)
    return found


def may_be_in(view: View, giver: Member, taker: Member, sids: tuple[str, ...]) -> bool:
    """Whether the source may be in one of these groups although its own list does not say so.

    An account lists the groups it is in as its own domain sees them. Groups local to the destination's domain are not
    among them when the domains differ, and none are when the list could not be read (every account has one group).
    Groups that every domain has, and identities that only a sign-in gives (as This Organization), no list tells.
    """
    own = {giver.account.sid, *giver.account.group_sids, *EVERYONE}
    if any(not sid.startswith(OF_A_DOMAIN) and sid not in own for sid in sids):
        return True
    if same_domain(giver, taker) and giver.account.group_sids:
        return False
    known = {account.sid for account in view.rows(ComputerAccount, taker.domain)}
    known |= {giver.account.sid, *giver.account.group_sids}
    domain = taker.account.sid.rpartition("-")[0] + "-"
    return any(sid.startswith(domain) and sid not in known for sid in sids)
