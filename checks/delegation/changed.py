"""When what decides about the delegation of a move was last written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from checks.delegation.account import Member, member
from scanner.api import MissingEvidence, View, tell
from scanner.facts.delegation import DelegationChange


def last_change(view: View, source: str, destination: str) -> tuple[datetime, str]:
    """The last change that a move depends on, and what it was.

    Raises:
        MissingEvidence: an account, or its metadata, could not be read.
    """
    giver, taker = member(view, source), member(view, destination)
    return max(_changes(view, giver, taker))


def _changes(view: View, giver: Member, taker: Member) -> Iterator[tuple[datetime, str]]:
    own = _of(view, giver)
    if own.listed is not None:
        yield own.listed, tell("msDS-AllowedToDelegateTo of {short}", short=giver.short)
    if own.control is not None:
        yield own.control, tell("userAccountControl of {short}", short=giver.short)
    theirs = _of(view, taker).resource
    if theirs is not None:  # it may have been written to take an entry away
        yield theirs, tell("msDS-AllowedToActOnBehalfOfOtherIdentity of {short}", short=taker.short)


def _of(view: View, host: Member) -> DelegationChange:
    """The metadata of a host's account, which has at least a time of its control bits."""
    rows = view.derived(DelegationChange, host.domain, _by_name).get(host.account.dn.lower(), ())
    if len(rows) != 1:
        raise MissingEvidence(
            tell(
                "DelegationChange of {domain}: none, or more than one, is about {dn}",
                domain=host.domain,
                dn=host.account.dn,
            )
        )
    if rows[0].unread or rows[0].control is None:
        raise MissingEvidence(
            tell(
                "DelegationChange of {domain}: {dn}: {unread}",
                domain=host.domain,
                dn=host.account.dn,
                unread=rows[0].unread or tell("no time"),
            )
        )
    return rows[0]


def _by_name(rows: tuple[DelegationChange, ...]) -> dict[str, list[DelegationChange]]:
    found: dict[str, list[DelegationChange]] = {}
    for row in rows:
        found.setdefault(row.dn.lower(), []).append(row)
    return found
