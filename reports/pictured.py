"""Arrows of the report in words and in a picture: what each says is said once, for the picture and for the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reports.names import Names
from reports.text import one_line
from scanner.api import ALL_VMS, Status, pictures, tell

HOSTS = 40
"""Beyond so many hosts only what is wrong is drawn."""
WRONG = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN)
SHORT = {
    "Microsoft Virtual System Migration Service": tell("migration service"),
    "SMB, TCP 445": "SMB",
    "a network of both": tell("shared network"),
    "a trusted way": tell("trusted way"),
    "port of the replica": tell("replica port"),
}
"""What arrows are about, in a picture."""
About = Callable[[str], tuple[Sequence[str], Status | None]]
"""Gives what is to be said of a host in its box, and how that stands."""


@dataclass(frozen=True, slots=True)
class Words:
    """How arrows of a picture are told."""

    id: str
    title: str
    said: str
    passed: str
    there_and_failed: str
    failed: str
    nothing: str
    """where nobody judged it and it is not there"""
    something: str


WAYS = Words(
    "ways",
    tell("Ways between hosts, and how each attempt ended"),
    tell("An arrow leads from the host that tried to the one that it tried to reach."),
    passed=tell("passed"),
    there_and_failed=tell("failed"),
    failed=tell("failed"),
    nothing=tell("not judged"),
    something=tell("not judged"),
)
DELEGATION = Words(
    "delegation",
    tell("Who may delegate what to whom"),
    tell("An arrow leads from the account that delegates to the one that it delegates to; both directions are drawn."),
    passed=tell("allowed"),
    there_and_failed=tell("there, and does not work"),
    failed=tell("missing"),
    nothing=tell("not there"),
    something=tell("there"),
)


def word(arrow: pictures.Arrow, words: Words) -> str:
    """How it stands, in words."""
    match arrow.mark.status:
        case Status.PASS:
            return words.passed
        case Status.FAIL:
            return words.there_and_failed if arrow.there else words.failed
        case Status.WARN:
            return {True: tell("warning"), None: tell("not known, a warning")}.get(
                arrow.there, tell("{failed}, a warning", failed=words.failed)
            )
        case Status.UNKNOWN:
            return tell("not known")
        case Status.ERROR:
            return tell("the check failed")
        case Status.NOT_APPLICABLE:
            return tell("does not apply")
        case None if arrow.there is None:
            return tell("not known")
        case None:
            return words.something if arrow.there else words.nothing


def form(arrow: pictures.Arrow) -> str:
    """How its line is drawn: dashed where it is missing, dotted where it is not known."""
    if arrow.mark.status in (Status.UNKNOWN, Status.ERROR):
        return "unknown"
    if arrow.there is None:
        return "" if arrow.mark.status is Status.PASS else "unknown"
    return "" if arrow.there else "missing"


def end(name: str, names: Names) -> str:
    """What an end of an arrow is called."""
    return tell("its file servers") if name.startswith(ALL_VMS) else names.host(name)


PROTOCOL = {
    Status.PASS: tell("any protocol: allowed"),
    Status.FAIL: tell("any protocol: missing"),
    Status.WARN: tell("any protocol: missing, a warning"),
    Status.UNKNOWN: tell("any protocol: not known"),
    Status.ERROR: tell("any protocol: the check failed"),
}
"""Whether an account may delegate whoever starts a move from elsewhere."""


def about_accounts(found: pictures.Delegation) -> About:
    """Gives what is to be said of an account in its box."""
    told = {account.name: _of_account(account) for account in found.accounts}
    return lambda name: told.get(name, ((), None))


def _of_account(account: pictures.Account) -> tuple[tuple[str, ...], Status | None]:
    unread = tell("? account not known") if account.unread else ""
    status = account.mark.status if account.mark.status in PROTOCOL else None
    protocol = PROTOCOL[status] if status else ""
    return tuple(filter(None, (unread, protocol))), status


def sentence(arrow: pictures.Arrow, names: Names, words: Words) -> str:
    """All of an arrow on a line: ``hv01 → hv11: cifs, missing``."""
    ends = tell("{end} → {end2}", end=end(arrow.source, names), end2=end(arrow.target, names))
    said = tell("{ends}: {what}, {word}", ends=ends, what=arrow.what, word=word(arrow, words))
    return one_line(said if arrow.planned else tell("{said} (no move is planned in this direction)", said=said))


def marks(of: pictures.Pictures) -> Iterator[pictures.Mark]:
    """Every mark of every picture."""
    if of.networks:
        yield from (host.mark for host in of.networks.hosts)
        yield from (way.mark for way in of.networks.ways.drawn)
    if of.delegation:
        yield from (account.mark for account in of.delegation.accounts)
        yield from (one.mark for one in of.delegation.arrows.drawn)
    if of.clouds:
        yield from (server.mark for server in of.clouds.servers)
        for pair in of.clouds.pairs:
            yield pair.mark
            yield from (one.mark for one in pair.networks.drawn)
