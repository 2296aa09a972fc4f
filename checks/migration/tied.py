"""The hosts that change their sign-in together: Kerberos on one alone parts it from the others that moves tie to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from checks.common.parts import listing
from scanner.api import Everything, Fact, Gap, View, tell
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings

F = TypeVar("F", bound=Fact)


def tied(view: View, host: str) -> list[str]:
    """The hosts with CredSSP that planned moves lead to from this one, by way of others with CredSSP; itself first.

    The check must declare MigrationSettings.
    """
    others, found = [name for name in view.across((MigrationSettings,), _with_credssp) if name != host], [host]
    for known in found:
        near = [name for name in others if view.route(known, name) or view.route(name, known)]
        others = [name for name in others if name not in near]
        found += near
    return found


def obstacle(view: View, hosts: Iterable[str]) -> str:
    """Why no command may give these hosts Kerberos, as words of what comes first; empty where one may.

    A host in no domain, or of which it is not known, neither can use it nor may be parted from these. The check must
    declare ComputerSystem and MigrationSettings.
    """
    group = set(hosts)
    ways = [{way.source, way.destination} for way in view.estate.routes]
    near = sorted(group.union(*(ends for ends in ways if ends & group)))
    systems = {host: _answers(view.ask(ComputerSystem, host)) for host in near}
    alone = [host for host, rows in systems.items() if rows and not any(row.part_of_domain for row in rows)]
    if alone:
        return tell("Kerberos needs every one of these hosts in a domain: see ID-01 of {alone}", alone=listing(alone))
    unread = [host for host in near if not systems[host] or not _answers(view.ask(MigrationSettings, host))]
    if unread:
        return tell(
            "Find out how these hosts sign in, which could not be read, before any is changed: {unread}",
            unread=listing(unread),
        )
    return ""


def _answers(answer: tuple[F, ...] | Gap) -> tuple[F, ...]:
    return () if isinstance(answer, Gap) else answer


def _with_credssp(everything: Everything) -> tuple[str, ...]:
    credssp = MigrationAuthentication.CREDSSP
    return tuple(target for target, row in everything.rows(MigrationSettings) if row.authentication is credssp)
