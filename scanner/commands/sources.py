"""Where a command that answers about single moves has its evidence from: a record, or the machines themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import choosing, options
from scanner.commands.console import UsageError
from scanner.commands.loading import load
from scanner.commands.scan import collected, declared_in, narrowed
from scanner.judge import judging
from scanner.plugins import Offer
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.report import AS_FAR
from scanner.words.telling import joined, tell

Move = tuple[str, str]
"""Source and destination."""


@dataclass(frozen=True)
class Sources:
    """Where what is known of a move comes from: a record, else the machines themselves."""

    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="The file that scan --save wrote.", callback=options.source),
    ] = None
    estate: Annotated[
        Path, typer.Option("--estate", metavar="FILE", help="Without a record: the estate whose machines are read.")
    ] = options.ESTATE

    @property
    def where(self) -> str:
        """What declares the moves, for texts."""
        return (self.record or self.estate).name

    def evidence(
        self, offer: Offer, checks: choosing.Checks, moves: Callable[[Iterable[Route], str], set[Move]]
    ) -> tuple[Evidence, Offer]:
        """What is known, whose estate says what was chosen, and the checks that were.

        Args:
            offer: of the plugins.
            checks: as they were named.
            moves: tells which of some routes are meant.

        Raises:
            UsageError: no move or check is meant.
        """
        if self.record:
            evidence = load(self.record, offer)
            estate = evidence.estate
            chosen = choosing.choose(checks, offer.checks, estate, self.where)
            if said := chosen.words(judging.enabled(offer.checks, estate.profiles), estate):
                evidence = evidence.amended(estate=replace(estate, chosen=(*estate.chosen, *said)))
            return evidence, replace(offer, checks=tuple(filter(chosen.takes, offer.checks)))
        declared = declared_in(self.estate, offer)
        chosen = choosing.choose(checks, offer.checks, declared.estate, self.where)
        if ends := moves(declared.estate.routes, self.where):
            chosen = replace(chosen, routes=() if is_whole(ends, declared.estate) else tuple(sorted(ends)))
            offer, declared = narrowed(offer, declared, chosen)
            return collected(offer, declared, None), offer
        raise UsageError(tell("no planned move of {where} is meant", where=self.where))


def is_whole(ends: set[Move], estate: Estate) -> bool:
    """Whether these moves are all that is planned, and no machine is on none: then nothing is left out."""
    planned = {(route.source, route.destination) for route in estate.routes}
    return ends == planned and {*estate.hosts} <= {host for move in ends for host in move}


def as_far(evidence: Evidence) -> tuple[str, ...]:
    """That what is said of its moves is no more than what was chosen tells; nothing where that is the whole."""
    chosen = evidence.estate.chosen
    return (
        (tell("{as_far}: {chosen}; the rest was left out", as_far=AS_FAR, chosen=joined("; ", chosen)),)
        if chosen
        else ()
    )
