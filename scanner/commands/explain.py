"""checks, explain: what is verified, on what grounds, and what is not."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from scanner.commands import options
from scanner.commands.columns import cells, padded, widest, wrapped
from scanner.commands.console import UsageError, columns, say
from scanner.commands.speech import in_words
from scanner.words.check import Check
from scanner.words.exits import READY
from scanner.words.model import Fact, Profile, key_of
from scanner.words.not_judged import NotJudged
from scanner.words.quoting import shell
from scanner.words.telling import by_text, joined, tell
from scanner.words.wording import counted, near, show

NotJudgedFlag = Annotated[bool, typer.Option("--not-judged", help="What no check judges, yet or ever.")]


def checks(*, not_judged: NotJudgedFlag = False, plugins: options.Plugins) -> int:
    """List the checks, or what none of them judges."""
    offer = plugins.load()
    if not_judged:
        return _not_judged(offer.not_judged)
    degrees = max(10, widest(map(_severity, offer.checks)) + 2)
    scopes = max(11, widest(map(_scope, offer.checks)) + 1)
    for check in offer.checks:
        head = f"{check.id:<8}{padded(_severity(check), degrees)}{padded(_scope(check), scopes)}"
        say(f"{head} {in_words(by_text(check.title))}")
    line = shell("hv-preflight", "explain", offer.checks[0].id, *plugins.words)
    say(tell("{checks}; {line} tells more", checks=counted(len(offer.checks), "check"), line=line))
    return READY


def _not_judged(rows: Iterable[NotJudged]) -> int:
    """List what no check judges, each with its passage and what to do oneself."""
    told = tuple(rows)
    for row in told:
        title = tell("{title} ({source})", title=by_text(row.title), source=row.source)
        say(f"{row.id or '-':<8}{padded(_kinds(row.profiles), 33)} {in_words(title)}")
        if row.look:
            say(f"{'':<42}{in_words(by_text(row.look))}")
    yet = sum(row.ever for row in told)
    never = counted(len(told) - yet, "passage")
    say(
        tell(
            "{checks} to come; {never} that none can ever judge: look yourself",
            checks=counted(yet, "check"),
            never=never,
        )
    )
    return READY


def _kinds(profiles: frozenset[Profile]) -> str:
    """As the estate file names them."""
    return ", ".join(profile.value for profile in Profile if profile in profiles)


def _severity(check: Check) -> str:
    return by_text(check.severity.word, "severity")


def _scope(check: Check) -> str:
    return by_text(check.scope.name, "scope")


def ids(incomplete: str) -> list[str]:
    """The built-in checks whose ids begin so, in any case."""
    offer = options.Plugins(no_plugins=True).load()
    return [
        incomplete + check.id[len(incomplete) :] for check in offer.checks if check.id.startswith(incomplete.upper())
    ]


def explain(
    check: Annotated[str, typer.Argument(metavar="CHECK", help="The check's id, as in DEL-01.", autocompletion=ids)],
    plugins: options.Plugins,
) -> int:
    """Tell what a check verifies, why it matters, what it reads, where that is written, and how to mend it."""
    offer = plugins.load()
    known = {item.id: item for item in offer.checks}
    not_judged = {row.id: row for row in offer.not_judged if row.id}
    name = check.upper()
    if name in known:
        say(fitted(text_of(known[name]), columns()))
    elif name in not_judged:
        say(_text_of_none(not_judged[name]))
    else:
        there = (*known, *not_judged)
        guess = _meant(name, there) or near(check, [other.lower() for other in there]).upper()
        raise UsageError(
            tell("there is no check {check}", check=show(check))
            + (tell('; did you mean "{guess}"?', guess=guess) if guess else "")
        )
    return READY


def _meant(name: str, there: Iterable[str]) -> str:
    """The id that is written otherwise: DEL-1, DEL1 and DEL_001 are DEL-01; empty if there is none."""
    found = re.fullmatch(r"([A-Z]+)[-_ ]?0*([0-9]{1,3})", name)
    whole = f"{found[1]}-{int(found[2]):02}" if found else ""
    return whole if whole in there else ""


def _text_of_none(row: NotJudged) -> str:
    """What there is to say of what no check judges."""
    title = by_text(row.title)
    said = (
        tell("{row} is judged by no check yet: {title}, {source}", row=row.id, title=title, source=row.source)
        if row.ever
        else tell("{row} is judged by no check: {title}, {source}", row=row.id, title=title, source=row.source)
    )
    return joined("\n", [said, by_text(row.look)] if row.look else [said])


FAILS, WARNS, WHO = tell("fails", within="field"), tell("warns", within="field"), tell("who", within="field")


def text_of(check: Check) -> str:
    """The page of one check, from its own metadata, in the language that was chosen."""
    return "\n".join(map(in_words, _page(check)))


def _page(check: Check) -> Iterator[str]:
    yield tell("{check}  {title}", check=check.id, title=by_text(check.title))
    for word, text in ((FAILS, check.fails), (WARNS, check.warns)):
        if text:
            yield f"  {padded(word, max(8, widest((FAILS, WARNS)) + 1))}{in_words(by_text(text))}"
    severity, scope, kinds = _severity(check), _scope(check), _kinds(check.profiles)
    yield (
        tell(
            "{severity} · one verdict a {scope} and kind of move · {kinds}", severity=severity, scope=scope, kinds=kinds
        )
        if check.by_profile
        else tell("{severity} · one verdict a {scope} · {kinds}", severity=severity, scope=scope, kinds=kinds)
    )
    yield from _causes(check)
    why, _, exactly = check.doc.partition("\n\n")
    yield from ("", by_text(" ".join(why.split())), "", exactly, "", tell("Reads"))
    yield from (f"  {key_of(fact):<23} {_how(fact)}" for fact in check.needs)
    who = by_text(check.who.value, "who")
    yield from ("", tell("Mend"), tell("  {remedy}", remedy=by_text(check.remedy)))
    yield tell("  {label}: {who}", label=WHO, who=who)
    yield from ("", tell("Where it is written"), tell("  {seed}", seed=_seed(check.seed)))
    yield from ("", tell("Where it is decided"), *(f"  {name.replace('.', '/')}.py" for name in deciding(check)))


def _seed(citation: str) -> str:
    """Where a demand is written; one that the seeds do not make is said to be so."""
    return tell("beyond seeds") if citation == "beyond seeds" else citation


def fitted(text: str, width: int) -> str:
    """A page whose lines are no longer than the terminal is wide; of a paragraph the words go on as they fit."""
    parts = [part.splitlines() for part in text.split("\n\n")]
    whole = (part if any(line.startswith(" ") for line in part) else [" ".join(part)] for part in parts[1:])
    return "\n\n".join("\n".join(_fit(line, width) for line in part) for part in (parts[0], *whole))


def _fit(line: str, width: int) -> str:
    inner = line.lstrip(" ")
    indent = " " * (len(line) - len(inner))
    below = indent + "  " * bool(indent)
    if cells(inner) != len(inner):
        return indent + f"\n{below}".join(wrapped(inner, max(width, 40) - len(below)))
    return textwrap.fill(
        inner, max(width, 40), initial_indent=indent, subsequent_indent=below,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _causes(check: Check) -> tuple[str, ...]:
    return (
        (tell("follows from {follows}: mend those first", follows=joined(", ", check.follows)),)
        if check.follows
        else ()
    )


def deciding(check: Check) -> tuple[str, ...]:
    """The check's own module, then those of the same plug-in, or of ours, from which it has what it calls."""
    house = check.module.partition(".")[0]
    used = {getattr(value, "__module__", "") or "" for value in vars(sys.modules[check.module]).values()}
    return (check.module, *sorted(name for name in used if name.startswith(f"{house}.") and name != check.module))


def _how(fact: type[Fact]) -> str:
    """What is asked for it, or in its own words what it is."""
    return fact.question() or next(iter((fact.__doc__ or "").strip().splitlines()), "")
