"""checks, explain: what is verified, on what grounds, and what is not."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable
from typing import Annotated

import typer

from scanner.commands import options
from scanner.commands.console import UsageError, columns, say
from scanner.words.check import Check
from scanner.words.exits import READY
from scanner.words.model import Fact, Profile, key_of
from scanner.words.not_judged import NotJudged
from scanner.words.quoting import shell
from scanner.words.wording import counted, near, show

NotJudgedFlag = Annotated[bool, typer.Option("--not-judged", help="What no check judges, yet or ever.")]


def checks(*, not_judged: NotJudgedFlag = False, plugins: options.Plugins) -> int:
    """List the checks, or what none of them judges."""
    offer = plugins.load()
    if not_judged:
        return _not_judged(offer.not_judged)
    for check in offer.checks:
        say(f"{check.id:<8}{check.severity.word:<10}{check.scope.name:<11} {check.title}")
    line = shell("hv-preflight", "explain", offer.checks[0].id, *plugins.words)
    say(f"{counted(len(offer.checks), 'check')}; {line} tells more")
    return READY


def _not_judged(rows: Iterable[NotJudged]) -> int:
    """List what no check judges, each with its passage and what to do oneself."""
    told = tuple(rows)
    for row in told:
        say(f"{row.id or '-':<8}{_kinds(row.profiles):<33} {row.title} ({row.source})")
        if row.look:
            say(f"{'':<42}{row.look}")
    yet = sum(row.ever for row in told)
    never = counted(len(told) - yet, "passage")
    say(f"{counted(yet, 'check')} to come; {never} that none can ever judge: look yourself")
    return READY


def _kinds(profiles: frozenset[Profile]) -> str:
    return ", ".join(profile for profile in Profile if profile in profiles)


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
        raise UsageError(f"there is no check {show(check)}" + (f'; did you mean "{guess}"?' if guess else ""))
    return READY


def _meant(name: str, there: Iterable[str]) -> str:
    """The id that is written otherwise: DEL-1, DEL1 and DEL_001 are DEL-01; empty if there is none."""
    found = re.fullmatch(r"([A-Z]+)[-_ ]?0*([0-9]{1,3})", name)
    whole = f"{found[1]}-{int(found[2]):02}" if found else ""
    return whole if whole in there else ""


def _text_of_none(row: NotJudged) -> str:
    """What there is to say of what no check judges."""
    said = f"{row.id} is judged by no check{' yet' if row.ever else ''}: {row.title}, {row.source}"
    return f"{said}\n{row.look}" if row.look else said


def text_of(check: Check) -> str:
    """The page of one check, from its own metadata."""
    each = " and kind of move" if check.by_profile else ""
    lines = [
        f"{check.id}  {check.title}",
        *(f"  {word:<8}{text}" for word, text in (("fails", check.fails), ("warns", check.warns)) if text),
        f"{check.severity.word} · one verdict a {check.scope}{each} · {_kinds(check.profiles)}",
        *_causes(check),
        "",
        check.doc,
        "",
        "Reads",
    ]
    lines += [f"  {key_of(fact):<23} {_how(fact)}" for fact in check.needs]
    lines += ["", "Mend", f"  {check.remedy}", f"  who: {check.who}", "", "Where it is written", f"  {check.seed}"]
    lines += ["", "Where it is decided", *(f"  {name.replace('.', '/')}.py" for name in deciding(check))]
    return "\n".join(lines)


def fitted(text: str, width: int) -> str:
    """A page whose lines are no longer than the terminal is wide; of a paragraph the words go on as they fit."""
    parts = [part.splitlines() for part in text.split("\n\n")]
    whole = (part if any(line.startswith(" ") for line in part) else [" ".join(part)] for part in parts[1:])
    return "\n\n".join("\n".join(_fit(line, width) for line in part) for part in (parts[0], *whole))


def _fit(line: str, width: int) -> str:
    inner = line.lstrip(" ")
    indent = " " * (len(line) - len(inner))
    return textwrap.fill(
        inner, max(width, 40), initial_indent=indent, subsequent_indent=indent + "  " * bool(indent),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _causes(check: Check) -> tuple[str, ...]:
    return (f"follows from {', '.join(check.follows)}: mend those first",) if check.follows else ()


def deciding(check: Check) -> tuple[str, ...]:
    """The check's own module, then those of the same plug-in, or of ours, from which it has what it calls."""
    house = check.module.partition(".")[0]
    used = {getattr(value, "__module__", "") or "" for value in vars(sys.modules[check.module]).values()}
    return (check.module, *sorted(name for name in used if name.startswith(f"{house}.") and name != check.module))


def _how(fact: type[Fact]) -> str:
    """What is asked for it, or in its own words what it is."""
    return fact.question() or next(iter((fact.__doc__ or "").strip().splitlines()), "")
