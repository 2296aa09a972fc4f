"""What of a history is asked for: which estate, which findings, which routes; and what is near to what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scanner.commands.console import UsageError
from scanner.estate.waivers import nearest_check
from scanner.judge.past import worst_first
from scanner.words.chosen import fits
from scanner.words.history import PastFinding, PastRoute
from scanner.words.names import meant, nearest_host
from scanner.words.telling import joined, tell
from scanner.words.wording import near, nearest, show

NAMED = 5
"""So many names are told of those that there are."""


def estate_of(word: str, known: Sequence[str]) -> str:
    """The estate that a person named.

    Raises:
        UsageError: the history has none of that name.
    """
    if word in known:
        return word
    begun = [name for name in known if name.casefold().startswith(word.casefold())]
    if word and len(begun) == 1:
        return begun[0]
    there = tell("; there are {some}", some=_some(known)) if known else ""
    raise UsageError(f"--estate {show(word)}: the history has no such estate{nearest(word, known) or there}")


def check_of(word: str, known: Iterable[str], estate: str) -> str:
    """The check that a person named, in its own spelling.

    Raises:
        UsageError: the history has nothing of it.
    """
    every = {name.casefold(): name for name in known}
    if found := every.get(word.strip().casefold()):
        return found
    advice = nearest_check(word, every.values())
    raise UsageError(
        tell(
            "the history of {estate} has no finding of a check {word}{advice}",
            estate=show(estate),
            word=show(word),
            advice=advice,
        )
    )


def findings_of(check: str, subject: str, known: Sequence[PastFinding], estate: str) -> list[PastFinding]:
    """The findings of a check that a person means: of one subject, or all; worst first.

    Raises:
        UsageError: there is none on that subject.
    """
    found = [one for one in known if one.check == check]
    if subject:
        meant_here = _subjects(subject.strip(), found)
        if not meant_here:
            raise UsageError(
                tell(
                    "the history of {estate} has no {check} on {subject}{near}",
                    estate=show(estate),
                    check=check,
                    subject=show(subject),
                    near=_near(subject, found),
                )
            )
        found = meant_here
    return sorted(found, key=worst_first)


def _subjects(word: str, found: Sequence[PastFinding]) -> list[PastFinding]:
    """Those of that name; else those it is the beginning of, or of such a machine; or that fit a pattern."""
    exact = [one for one in found if word in (one.subject, one.name)]
    if exact:
        return exact
    if "*" in word or "?" in word:
        return [one for one in found if fits(word, one.subject) or fits(word, one.name)]
    parts = [(one, {one.name, one.subject, *one.subject.split("/")}) for one in found]
    begun = set(meant(word, [name for _, names in parts for name in names]))
    return [one for one, names in parts if names & begun]


def _near(word: str, found: Sequence[PastFinding]) -> str:
    names = list(dict.fromkeys(name for one in found for name in (one.name, one.subject, *one.subject.split("/"))))
    folded = {name.lower(): name for name in names}
    guess = folded.get(near(word, folded), "")
    if guess:
        return tell("; did you mean {guess}?", guess=show(guess))
    return nearest_host(word, names) or tell("; it was found on {some}", some=_some([one.name for one in found]))


def routes_of(text: str, known: Sequence[PastRoute], estate: str) -> list[PastRoute]:
    """The routes that a person means by FROM:TO, each kind of move apart.

    Raises:
        UsageError: it is none, or the history has none of that kind.
    """
    source, colon, destination = text.partition(":")
    if not (source.strip() and colon and destination.strip()):
        raise UsageError(f"--route {show(text)}: write FROM:TO, as in hv01:hv11")
    starts = _hosts(source, [route.source for route in known])
    ends = _hosts(destination, [route.destination for route in known])
    found = [route for route in known if route.source in starts and route.destination in ends]
    if found:
        return found
    leads = sorted({route.destination for route in known if route.source in starts})
    advice = tell("; from {next} it has routes to {some}", next=next(iter(starts)), some=_some(leads)) if leads else ""
    advice = advice or nearest_host(source, [route.source for route in known])
    raise UsageError(f"--route {show(text)}: the history of {show(estate)} has no such route{advice}")


def _hosts(text: str, names: Iterable[str]) -> set[str]:
    known = list(dict.fromkeys(names))
    if "*" in text or "?" in text:
        return {name for name in known if fits(text.strip(), name)}
    return {text.strip()} & set(known) or set(meant(text, known))


def _some(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(names))
    more = tell(" and {rest:,} more", rest=len(every) - NAMED) if len(every) > NAMED else ""
    return joined(", ", map(show, every[:NAMED])) + more
