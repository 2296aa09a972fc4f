"""Whom the entries of a list of delegation name, and which of these names no account bears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checks.delegation.account import own_account
from checks.delegation.named import domains_of, names_of
from scanner.api import Everything, Gap, View
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount

MOST = 16
"""names that are looked for, of one host"""


def unlisted(view: View, host: str) -> dict[str, list[str]]:
    """The entries of a host whose machine nobody is called whose account every scan reads, by that name.

    Raises:
        MissingEvidence: the account could not be read.
    """
    known = view.across((ComputerAccount,), _listed) | {*view.estate.hosts, *view.estate.declared_domains}
    entries = named_by(own_account(view, host)[1].delegates_to)
    return {name: texts for name, texts in entries.items() if name not in known}


def looked_for(entries: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The machines of these entries that the directory is asked for; the same before its answers and after."""
    return tuple(entries)[:MOST]


def left(view: View, entries: Iterable[str]) -> tuple[str, ...]:
    """Those of these machines that nobody is called who was looked for."""
    found = view.across((NamedAccount,), _found)
    return tuple(name for name in entries if name not in found)


def unlooked(view: View, domain: str, names: Iterable[str]) -> str:
    """Why these names could not be looked for; empty where they were."""
    asked = dict.fromkeys(one for name in names for one in domains_of(view, domain, name))
    gaps = (view.ask(NamedAccount, one) for one in asked)
    return next((str(gap) for gap in gaps if isinstance(gap, Gap)), "")


def named_by(entries: Iterable[str]) -> dict[str, list[str]]:
    """The entries by the machine in ``class/machine:port/service``, lower case, in the order of the machines."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        machine = entry.strip().lower().partition("/")[2].partition("/")[0].partition(":")[0].rstrip(".")
        found.setdefault(machine, []).append(entry.strip())
    return dict(sorted(found.items()))


def _listed(everything: Everything) -> frozenset[str]:
    return _names(everything, ComputerAccount)


def _found(everything: Everything) -> frozenset[str]:
    return _names(everything, NamedAccount)


def _names(everything: Everything, fact: type[ComputerAccount]) -> frozenset[str]:
    return frozenset(name.rstrip("$") for _, row in everything.rows(fact) for name in names_of(row))
