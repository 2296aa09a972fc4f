"""The accounts with which VMM added the hosts: those that the estate names, and what VMM itself tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from checks.common.parts import clip
from checks.operator.account import Operator, account
from checks.share.accounts import is_account
from checks.vmm.hosts import listed
from scanner.api import Fact, Gap, MissingEvidence, Verdict, View, tell, unknown
from scanner.facts.vmm import RunAsAccount, VmmHost
from scanner.facts.vmm_nodes import NODES

RUN_AS: tuple[type[Fact], ...] = (*NODES, VmmHost, RunAsAccount)
"""What a check declares that asks VMM for them."""
NAME_IT = tell("name it in run_as of [offline], so that the directory is asked about it")


def planned(view: View, machine: str) -> tuple[Operator, ...]:
    """Those that the estate names, as this machine knows them.

    Raises:
        MissingEvidence: the directory does not know one.
    """
    return tuple(account(view, name, machine) for name in view.estate.offline.run_as)


def is_told(view: View) -> bool:
    """Whether VMM tells such an account of a host of the estate, or the estate names one.

    Raises:
        MissingEvidence: the estate names none, and VMM's hosts were not read.
    """
    unread: list[MissingEvidence] = []
    for host in () if view.estate.offline.run_as else view.estate.hosts:
        try:
            if any(row.run_as for _, row in listed(view, host)):
                return True
        except MissingEvidence as missing:
            unread.append(missing)
    if unread:
        raise unread[0]
    return bool(view.estate.offline.run_as)


def others(view: View, known: tuple[Operator, ...]) -> Iterator[Verdict]:
    """What VMM tells of hosts of the estate beside those that are known: of nobody else was the directory asked."""
    for server, name in dict.fromkeys(_names(view)):
        rows = view.ask(RunAsAccount, server)
        if isinstance(rows, Gap):
            yield unknown(
                tell(
                    "{server} manages hosts as the Run As account {name}: {rows}",
                    server=server,
                    name=clip(name),
                    rows=rows,
                )
            )
            continue
        users = [row.user or "" for row in rows if row.name.strip().casefold() == name.strip().casefold()]
        if not users:
            yield unknown(
                tell(
                    "{server} manages hosts as the Run As account {name}, and does not list it",
                    server=server,
                    name=clip(name),
                )
            )
        for user in users:
            if not any(_is(one, user) for one in known):
                seen = tell(
                    "{server} manages hosts as {user} ({name})",
                    server=server,
                    user=clip(user) or tell("a user that it does not tell"),
                    name=clip(name),
                )
                yield unknown(tell("{seen}: {name_it}", seen=seen, name_it=NAME_IT))


def _names(view: View) -> Iterator[tuple[str, str]]:
    for host in view.estate.hosts:
        with suppress(MissingEvidence):
            yield from ((server, row.run_as) for server, row in listed(view, host) if row.run_as)


def _is(found: Operator, user: str) -> bool:
    """VMM may tell the domain apart from the user's name."""
    alone = "\\" not in user and "@" not in user
    own = found.row.account.rpartition("\\")[2].casefold()
    return user.casefold() == own if alone else is_account(found, user)
