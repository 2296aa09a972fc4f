"""Whose name is this? The machine that answered under it, and the computer account that the directory gives it."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.api import Gap, View
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import AnsweringMachine, ComputerSystem

HOST = "host/"
"""Service class of the names a computer is known by; an alias made with netdom is registered there, too."""


def answered(view: View, host: str) -> tuple[AnsweringMachine, ...]:
    """Who answered under this name; nobody, if that is not known. The check must declare AnsweringMachine."""
    machines = view.ask(AnsweringMachine, host)
    return () if isinstance(machines, Gap) else machines


def own(view: View, host: str) -> AnsweringMachine:
    """The machine that answered under this name, and is the one of this name; ComputerSystem must be declared, too.

    Raises:
        MissingEvidence: another machine answered, or it is not known which.
    """
    view.one(ComputerSystem, host)
    return view.one(AnsweringMachine, host)


def netbios(machine: AnsweringMachine) -> tuple[str, str, bool]:
    """The name that a domain holds once, and whose it is; a DNS name beside it makes no other machine of it."""
    return machine.name.casefold(), machine.domain.casefold().rstrip("."), machine.part_of_domain


def account_of(view: View, host: str) -> str:
    """The account's distinguished name; empty if no domain that was read knows the name, or several accounts have it.

    The check must declare ComputerAccount and AnsweringMachine.
    """
    found = {name for domain in _domains(view, host) for name in _known(view, domain, host.lower().rstrip("."))}
    return found.pop() if len(found) == 1 else ""


def _domains(view: View, host: str) -> Iterator[str]:
    yield from dict.fromkeys((host.lower().partition(".")[2], *view.estate.domains))
    yield from (machine.domain.lower() for machine in answered(view, host))


def _known(view: View, domain: str, name: str) -> set[str]:
    if isinstance(view.ask(ComputerAccount, domain), Gap):
        return set()
    return view.derived(ComputerAccount, domain, accounts_by_name).get(name, set())


def accounts_by_name(rows: tuple[ComputerAccount, ...]) -> dict[str, set[str]]:
    """The accounts of a domain by every name they are known by: full, short, and aliases."""
    found: dict[str, set[str]] = {}
    for row in rows:
        aliases = (spn.lower()[len(HOST) :] for spn in row.spns if spn.lower().startswith(HOST))
        for name in (row.dns_name.lower().rstrip("."), row.sam_name.lower().rstrip("$"), *aliases):
            found.setdefault(name, set()).add(row.dn)
    return found
