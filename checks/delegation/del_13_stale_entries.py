"""An entry that names a machine which is gone serves whoever takes its name next.

Passes always, and the note tells the entries on the account's list whose machine no account bears: neither one of those
that were read, nor one found in the host's domain or in the one that the name ends with. Such a name may be an alias,
or of a domain that was not read, so nothing is to be removed without a look. It says nothing about a move, and does not
apply where such names could not be looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip, listing
from checks.delegation.account import own_account
from checks.delegation.named import asks_for
from checks.delegation.stale import left, looked_for, unlisted, unlooked
from checks.delegation.verdicts import ACCOUNTS, excused_with
from scanner.api import (
    Ask,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    counted,
    joined,
    not_applicable,
    passed,
    scopes,
    tell,
)
from scanner.facts.delegation import NamedAccount


def _asks(host: Subject, view: View) -> Iterator[Ask]:
    yield from asks_for(view, host.host, looked_for(unlisted(view, host.host)))


@check(
    id="DEL-13",
    title="No stale delegation entries",
    severity=Severity.INFO,
    who=Who.DIRECTORY,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(*ACCOUNTS, NamedAccount),
    asks=_asks,
    remedy="Take entries that name nobody any more from the list on the account of the host.",
)
def stale(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    ways = [way for way in view.estate.routes if host.host in (way.source, way.destination)]
    reason = excused_with(view, host.host, sorted({way.source for way in ways}))
    if reason:
        return reason
    system, account = own_account(view, host.host)
    entries = unlisted(view, host.host)
    looked = looked_for(entries)
    gone = left(view, looked)
    if why := unlooked(view, system.dns_domain, gone):
        return not_applicable(
            tell("{gone} could not be looked for, and no move depends on it: {why}", gone=listing(gone), why=why)
        )
    seen = tell(
        "msDS-AllowedToDelegateTo of {system}: {entrys}",
        system=system.name,
        entrys=counted(len(account.delegates_to), "entry", "entries"),
    )
    told = listing(clip(entry) for name in gone for entry in entries[name])
    rest = len(left(view, entries)) - len(gone)
    more = tell("{machines} not looked for", machines=counted(rest, "more machine")) if rest else ""
    called = tell("nobody was found who is called so: {told}", told=told) if gone else ""
    return passed(seen, note=joined("; ", filter(None, (called, more))))
