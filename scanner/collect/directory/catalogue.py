"""Who holds the hosts' service names in the whole forest: asked of a controller that is a global catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scanner.collect.directory.basics import SUBTREE, Answered, escape, query_text
from scanner.collect.directory.controllers import Domain, Opened
from scanner.collect.directory.racing import first
from scanner.collect.directory.security import sid_text
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.facts.delegation import ServiceName, names_of, service_names
from scanner.facts.directory import ComputerAccount
from scanner.hooks import Task
from scanner.words.model import Gap, GapReason

if TYPE_CHECKING:
    from scanner.collect.transport.ldap.answers import Entry
    from scanner.collect.transport.ldap.connection import Connection

AT_ONCE = 120
"""names in one filter"""
READY = "isGlobalCatalogReady"
HOLDER = ("servicePrincipalName", "objectSid")
FOREST = ""
"""The base of a search of all that a global catalogue holds."""


def read_catalogue(task: Task, domain: Domain, names: Iterable[str]) -> None:
    """Put who holds the hosts' service names, from the first of these controllers that is a global catalogue."""
    evidence, target = task.evidence, task.target
    rows = evidence.ask(ComputerAccount, target)
    spns = wanted(evidence.estate.hosts, () if isinstance(rows, Gap) else rows)

    def use(opened: Opened) -> None:
        asked = holders(opened.connection, spns)
        evidence.put(ServiceName, target, asked.rows, query=asked.query, at=datetime.now(UTC))

    try:
        first(domain.as_catalogue(), names, use)
    except ValueError as error:
        evidence.miss(ServiceName, target, GapReason.UNPARSABLE, str(error)[:300])
    except DirectoryError as error:
        said = f"no controller of {target} answered as a global catalogue: {error.detail}"
        evidence.miss(ServiceName, target, error.reason, said)


def wanted(machines: Iterable[str], accounts: Iterable[ComputerAccount]) -> tuple[str, ...]:
    """The service names to ask for: of the machines as the estate calls them, and as their accounts are called."""
    names: dict[str, str] = {}
    told = ((row.sam_name.rstrip("$"), row.dns_name) for row in accounts)
    for pair in (*map(names_of, machines), *told):
        names.update((name.lower(), name) for name in service_names(*pair))
    return tuple(name for _, name in sorted(names.items()))


def holders(connection: Connection, names: tuple[str, ...]) -> Answered:
    """Who holds each name, in every domain of the forest.

    Raises:
        DirectoryError: the controller is no global catalogue that is complete, or refused.
    """
    if connection.read("", (READY,)).text(READY).upper() != "TRUE":
        said = f"{connection.controller} is no global catalogue that says it is complete"
        raise DirectoryError(GapReason.UNREACHABLE, said)
    found: dict[str, dict[str, str]] = {name.lower(): {} for name in names}
    for text in _filters(names):
        for entry in connection.search(FOREST, text, HOLDER):
            for spn in entry.texts("servicePrincipalName"):
                if (held := found.get(spn.strip().lower())) is not None:
                    held[entry.dn] = _sid(entry)
    rows = tuple(ServiceName(name, *_holders(found[name.lower()])) for name in names)
    shown = next(_filters(names[:6]), "(no name)") + (" and so on" if len(names) > 6 else "")
    return Answered(rows, query_text(connection, FOREST, SUBTREE, shown))


def _filters(names: tuple[str, ...]) -> Iterator[str]:
    for start in range(0, len(names), AT_ONCE):
        some = "".join(f"(servicePrincipalName={escape(name)})" for name in names[start : start + AT_ONCE])
        yield f"(|{some})"


def _holders(held: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ordered = sorted(held.items())
    return tuple(dn for dn, _ in ordered), tuple(sid for _, sid in ordered)


def _sid(entry: Entry) -> str:
    """The object's SID; empty where it has none, as an object that is no account may."""
    sids = entry.raw("objectSid")
    return sid_text(sids[0]) if len(sids) == 1 else ""
