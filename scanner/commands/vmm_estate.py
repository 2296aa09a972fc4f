"""Asks a VMM server, once, what an estate file begins with: its clouds, their hosts, and its VM networks.

The server that a person named is the only machine that is signed in to. What it tells becomes names in a file, which
people read before anybody is asked by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from scanner.commands import options
from scanner.commands.console import tell
from scanner.commands.setup import make_ready
from scanner.commands.signals import latch
from scanner.estate.read import Declared
from scanner.estate.vmm_template import Told
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem, Service
from scanner.facts.vmm import HYPER_V, Cloud, VmmHost, VmmServer
from scanner.facts.vmm_networks import VmNetwork
from scanner.judge import scopes
from scanner.words.check import Check, Verdict, Who
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, Profile, Severity, Status
from scanner.words.names import suffix_of, valid_host_name
from scanner.words.scope import Subject
from scanner.words.telling import tell as phrase
from scanner.words.view import View
from scanner.words.wording import counted

F = TypeVar("F", bound=Fact)
FACTS: tuple[type[Fact], ...] = (
    VmmServer,
    Cloud,
    VmmHost,
    VmNetwork,
    Service,
    ClusterInfo,
    ComputerSystem,
    OperatingSystem,
)
LONGEST = 200
"""characters of a name that is written"""
TOLD = 5
"""Names that are left out are told up to so many."""


class NotToldError(Exception):
    """The server did not say what a file needs; the text says why."""


def _nothing(_: Subject, __: View) -> Verdict:
    return Verdict(Status.NOT_APPLICABLE)


ASKED = Check(
    id="INIT",
    title=phrase("What init asks a VMM server"),
    severity=Severity.INFO,
    profiles=frozenset({Profile.ASR_VMM}),
    scope=scopes.VMM_SERVER,
    seed=phrase("beyond seeds"),
    who=Who.OPERATOR,
    needs=FACTS,
    judge=_nothing,
)
"""By what it needs, the reading of a run knows what to ask of whom."""


def asked(server: str, declared: Declared) -> Evidence:
    """What the server says; signed in to as the estate of ``--access`` tells, and nobody else is."""
    from scanner.collect import rounds

    estate = Estate(profiles=ASKED.profiles, vmm_servers=(server,), domains=declared.estate.domains)
    offer = options.Plugins(no_plugins=True).load()
    with suppress(KeyboardInterrupt), latch:
        make_ready((ASKED,), estate, declared.access)
    return rounds.collect((ASKED,), offer.collectors, estate, declared.access)


def told(evidence: Evidence, server: str) -> Told:
    """What of it fits into a file.

    Raises:
        NotToldError: the server, its clouds, hosts or networks could not be read; or it lists no cloud.
    """
    servers, clouds = _read(evidence, VmmServer, server), _read(evidence, Cloud, server)
    hosts, networks = _read(evidence, VmmHost, server), _read(evidence, VmNetwork, server)
    if not all(row.sees_all for row in servers):
        tell(phrase("{server}: the account is no administrator of VMM, and may be shown a part", server=server))
    known = _named(clouds, server)
    if not known:
        raise NotToldError(f"{server} lists no cloud that can be named in a file")
    groups = {phrase("cloud {cloud}", cloud=cloud.name): hosts for cloud, hosts in _hosts(hosts, known, server)}
    pairs = _pairs(known)
    ends = [(phrase("cloud {one}", one=one.name), phrase("cloud {other}", other=other.name)) for one, other in pairs]
    suffix = suffix_of(server)
    return Told(
        server=server,
        domains=(suffix,) if suffix else (),
        groups=groups,
        pairs=[(one.name, other.name) for one, other in pairs],
        routes=[end for end in ends if end[0] in groups and end[1] in groups],
        networks=list(_networks(networks, pairs)),
    )


def _read(evidence: Evidence, fact: type[F], server: str) -> tuple[F, ...]:
    answer = evidence.ask(fact, server)
    if isinstance(answer, Gap):
        raise NotToldError(str(answer))
    return answer


def fit(name: str) -> bool:
    """Whether a name can stand in a line that people read: what does not print may look like another one."""
    return bool(name) and name == name.strip() and name.isprintable() and len(name) <= LONGEST


def _named(clouds: Iterable[Cloud], server: str) -> list[Cloud]:
    """The clouds that their name alone tells."""
    rows = sorted(clouds, key=lambda row: (row.name.casefold(), row.id))
    spelt = [row.name.casefold() for row in rows]
    bad = [row.name for row in rows if not fit(row.name) or spelt.count(row.name.casefold()) > 1]
    _left_out(server, "cloud", bad, phrase("cannot be written, or more than one bears it"))
    return [row for row in rows if row.name not in bad]


def _hosts(rows: Iterable[VmmHost], clouds: Iterable[Cloud], server: str) -> Iterator[tuple[Cloud, list[str]]]:
    """The Hyper-V hosts of each cloud; one of several clouds stands with the first, since a file names a host once."""
    left = [row for row in rows if row.platform in (HYPER_V, None)]
    bad = [row.name for row in left if not _host(row)]
    _left_out(server, "host", bad, phrase("is no host name"))
    seen: set[str] = set()
    for cloud in clouds:
        names = {_host(row) for row in left if row.group is not None and cloud.holds(row.group)} - {""} - seen
        seen |= names
        if names:
            yield cloud, sorted(names)


def _host(row: VmmHost) -> str:
    return valid_host_name(row.fqdn or "") or valid_host_name(row.name)


def _pairs(clouds: list[Cloud]) -> list[tuple[Cloud, Cloud]]:
    """For each cloud that VMM says is protected the first other one; the first two where it says so of none."""
    protected = [cloud for cloud in clouds if cloud.protected]
    free = [cloud for cloud in clouds if not cloud.protected]
    if not protected:
        return [(free[0], free[1])] if len(free) > 1 else []
    return list(zip(protected, free, strict=False))


def _networks(rows: Iterable[VmNetwork], pairs: Iterable[tuple[Cloud, Cloud]]) -> Iterator[tuple[str, str]]:
    """For each VM network of a source cloud that of its name in the target, else the first one there."""
    networks = sorted({(row.name, row.logical_network) for row in rows if row.logical_network and fit(row.name)})
    done: set[str] = set()
    for pair in pairs:
        here, there = ([name for name, logical in networks if logical in cloud.logical_networks] for cloud in pair)
        for name in here:
            if there and name.casefold() not in done:
                done.add(name.casefold())
                yield name, name if name in there else there[0]


def _left_out(server: str, what: str, names: list[str], why: str) -> None:
    for name in names[:TOLD]:
        tell(
            phrase(
                "{server}: a {what} is called {name}, which {why}: left out",
                server=server,
                what=what,
                name=ascii(name[:80]),
                why=why,
            )
        )
    if names[TOLD:]:
        tell(phrase("{server}: {counted}: left out", server=server, counted=counted(len(names) - TOLD, f"more {what}")))
