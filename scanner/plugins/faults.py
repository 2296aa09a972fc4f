"""What would get lost, or be taken for something else, of what plugins offer together."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import partial

from scanner.facts.base import DerivedFact, WindowsFact
from scanner.facts.host import SERVICES
from scanner.guard import guarded
from scanner.judge import scopes
from scanner.judge.identity import NEEDS
from scanner.plugins.offers import Offered
from scanner.plugins.origins import raised
from scanner.words.check import Check, Who
from scanner.words.model import Fact, Profile, Severity, TargetKind, key_of
from scanner.words.query import Query
from scanner.words.scope import Scope

DOTTED = re.compile(r"\w[\w-]*(\.\w[\w-]*)+")
"""The name of a plugin's scope: its plugin's, a dot, its own."""
ID = re.compile(r"[A-Z][A-Z0-9_]*(-[A-Z0-9_]+)+")
"""The id of a check, which is asked for in any case."""


class PluginError(Exception):
    """A plugin cannot be used; the text says which and why."""


def faults_of(offers: Iterable[Offered]) -> Iterator[str]:
    """What is wrong with what these plugins offer together, one text a fault."""
    offers = tuple(offers)
    yield from _twice("check", ((check.id, offered) for offered in offers for check in offered.checks))
    yield from _twice("report format", ((made.name, offered) for offered in offers for made in offered.reporters))
    yield from _twice("transport", ((made.name, offered) for offered in offers for made in offered.transports))
    yield from _twice("collector", ((made.name, offered) for offered in offers for made in offered.collectors))
    painted = ((offered, made) for offered in offers for made in offered.reporters if made.paint)
    yield from _twice("report for the terminal", (("paint", offered) for offered, _ in painted))
    facts = {key_of(fact): fact for scope in scopes.ALL for fact in (*scope.needs, *NEEDS)}
    known = dict(scopes.NAMES)
    for offered in offers:
        look = partial(_looked_at, offered, facts, known)
        told = look() if offered.plugin.ours else guarded(look, offered.plugin.where, _failed)
        yield from (f"{offered.plugin.where}: {fault}" for fault in dict.fromkeys(told))


def _twice(what: str, named: Iterable[tuple[str, Offered]]) -> Iterator[str]:
    first: dict[str, str] = {}
    for name, offered in named:
        where = offered.plugin.where
        if name in first:
            who = f"{where} offers" if first[name] == where else f"{first[name]} and {where} offer"
            yield f"{who} the same {what} twice: {name}"
        first.setdefault(name, where)


def _failed(error: BaseException) -> list[str]:
    return [f"what it offers cannot be looked at: {raised(error)}"]


def _looked_at(offered: Offered, facts: dict[str, type[Fact]], known: dict[str, Scope]) -> list[str]:
    """The faults of one plugin; its facts and scopes are noted beside those of others."""
    found = [f'collector "{made.name}": {wrong}' for made in offered.collectors if (wrong := _no_kinds(made.kinds))]
    for check in offered.checks:
        found += (*_form(check), *_profiles(check))
        found += (f"{check.id}: {fault}" for fault in _scope(check.scope, known))
        for fact in (*getattr(check.scope, "needs", ()), *check.needs):
            found += _fact(check, fact, facts)
    return found


def _form(check: Check) -> Iterator[str]:
    """What every report sorts by, prints or looks up: one check's mistake would cost all of them."""
    if not ID.fullmatch(check.id):
        yield f"{check.id!r:.80}: an id is capital letters, digits and dashes, as in SITE-01"
    if not isinstance(check.severity, Severity):  # pyright: ignore[reportUnnecessaryIsInstance]
        yield f"{check.id}: its severity is one of Severity, not {check.severity!r:.80}"
    if not isinstance(check.who, Who):  # pyright: ignore[reportUnnecessaryIsInstance]
        yield f"{check.id}: who mends it is one of Who, not {check.who!r:.80}"
    if wrong := [text for text in check.follows if not isinstance(text, str) or not ID.fullmatch(text)]:  # pyright: ignore[reportUnnecessaryIsInstance]
        yield f"{check.id}: it follows from ids of checks, not from {wrong[0]!r:.80}"
    words = {"title": check.title, "seed": check.seed, "remedy": check.remedy}
    for name in [name for name, text in words.items() if not isinstance(text, str)]:  # pyright: ignore[reportUnnecessaryIsInstance]
        yield f"{check.id}: its {name} is text, not {words[name]!r:.80}"


def _profiles(check: Check) -> Iterator[str]:
    """A check of no profile that there is would never be asked."""
    if not check.profiles or set(check.profiles) - set(Profile):
        yield f"{check.id}: profiles are {', '.join(Profile)}, one at least; not {_listed(check.profiles)}"


def _scope(scope: object, known: dict[str, Scope]) -> Iterator[str]:
    """A scope is known by its name: in reports and on dashboards another of that name would be taken for it."""
    if not isinstance(scope, Scope):
        yield f"its scope {scope!r:.80} is none; ours are scopes.HOST and so on"
    elif scope.name in scopes.NAMES and known[scope.name] is not scope:
        yield f'its scope is called "{scope.name}", as one of ours is: write scopes.X for ours, PLUGIN.NAME for its own'
    elif scope.name not in scopes.NAMES and not DOTTED.fullmatch(scope.name):
        yield f'its scope is called "{scope.name}": a plugin calls its own PLUGIN.NAME, as in site_rules.volume'
    elif known.setdefault(scope.name, scope) is not scope:
        yield f'its scope is called "{scope.name}", as another is: make one for both, or give one another name'


def _fact(check: Check, fact: object, facts: dict[str, type[Fact]]) -> Iterator[str]:
    if not isinstance(fact, type) or not issubclass(fact, Fact):
        yield f"{check.id} needs {fact!r:.80}, which is no Fact"
        return
    key = key_of(fact)
    other = facts.setdefault(key, fact)
    if other is not fact:
        yield f"two facts are called {key}, {_class(other)} and {_class(fact)}: call one of them otherwise"
    if key == fact.__name__ and getattr(sys.modules.get(fact.__module__), fact.__qualname__, None) is not fact:
        yield f"{_class(fact)} does not stand there, and so is none of ours: leave __module__ as it is"
    if issubclass(fact, DerivedFact) and fact not in NEEDS:
        yield f"{check.id} needs {key}, a DerivedFact that nobody makes: make it a Fact that a collector provides"
    elif fact.kinds and fact.kinds <= {TargetKind.CONTROLLER}:
        yield f"{check.id} needs {key}, which only controllers are asked for, beside their domain: say DOMAIN, too"
    elif not fact.kinds and not issubclass(fact, DerivedFact):
        yield (
            f"{check.id} needs {key}, which does not say whom it is asked of, so nobody would be: write "
            f"kinds = frozenset({{TargetKind.DOMAIN}}) or the like into the class"
        )
    elif wrong := _no_kinds(fact.kinds):
        yield f"{key}: {wrong}"
    if issubclass(fact, WindowsFact):
        yield from _query(fact, key)


def _query(fact: type[WindowsFact], key: str) -> Iterator[str]:
    """A fact that asks by another's query would be given the other's rows, or add its own to them."""
    query: object = getattr(fact, "query", None)
    if not isinstance(query, Query) or query.name != key:
        whose = f"the query of {query.name}" if isinstance(query, Query) else "no query"
        yield f"{key} has {whose}: put @windows_fact(...) above the class, or call the query {key}"
    if fact.service and fact.service not in SERVICES:
        yield f"{key}: the service {fact.service} is not among those that are read: {', '.join(SERVICES)}"


def _no_kinds(kinds: Iterable[object]) -> str:
    """What is wrong with kinds of target, if anything."""
    wrong = set(kinds) - set(TargetKind)
    return f"kinds of target are {', '.join(TargetKind)}; not {_listed(wrong)}" if wrong else ""


def _listed(words: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, words))) or "none"


def _class(fact: type[Fact]) -> str:
    return f"{fact.__module__}.{fact.__qualname__}"
