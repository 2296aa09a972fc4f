"""Makes a recording of what was heard: redacted, in an order that names do not decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scanner import __version__
from scanner.collect.errors_told import failure_of
from scanner.collect.learning import Learnt, unanswered
from scanner.collect.listening import Heard, table
from scanner.collect.redacting import Redactor
from scanner.collect.schemas import CLASS, LANGUAGE, SHELL, schema_of
from scanner.estate.access import SignIn
from scanner.facts.base import WindowsFact
from scanner.facts.host import OperatingSystem
from scanner.words.query import Query
from scanner.words.quoting import literal
from scanner.words.readonly import Value as Given
from scanner.words.recording import Asked, Recording, Schema, Value

ROWS = 2_000
"""of one query that are kept"""


def recording_of(learnt: Learnt, sign_in: SignIn, *, plain: bool = False) -> Recording:
    """The recording of one machine; a ``plain`` one tells names, and is for no file."""
    redactor, how = Redactor(plain=plain), f"{sign_in.method} over {sign_in.transport}"
    facts = {fact.query.name: fact for fact in learnt.facts}
    asked = list(_asked(learnt, facts, redactor))
    return Recording(
        version=__version__,
        kind=learnt.kind,
        at=learnt.evidence.finished.replace(microsecond=0),
        transport=f"{how}, in a named session configuration" if sign_in.configuration else how,
        computer=_computer(learnt.ear.heard),
        asked=tuple(asked),
        schemas=tuple(_schemas(learnt.ear.heard)),
        hidden=redactor.hidden,
    )


def _asked(learnt: Learnt, facts: Mapping[str, type[WindowsFact]], redactor: Redactor) -> Iterator[Asked]:
    """The queries in the order they were asked; then those that answers led to, by their texts within a fact.

    Names are told in the first ones before they stand in the texts of the others.
    """
    later: list[tuple[Heard, type[WindowsFact]]] = []
    for one in learnt.ear.heard:
        fact = facts.get(one.query.name)
        if fact is not None and fact.second_round:
            later.append((one, fact))
        elif fact is not None:
            yield _of(one, one.query.text, fact, learnt, redactor)
        elif one.errors and schema_of(one) is None:
            failures = tuple(failure_of(error, redactor, None) for error in one.errors)
            yield Asked(fact="", query=one.query.text, failures=failures, seconds=one.seconds)
    texts = [(one, fact, redacted_query(one.query, fact, redactor)) for one, fact in later]
    for one, fact, text in sorted(texts, key=lambda told: (told[0].query.name, told[2])):
        yield _of(one, text, fact, learnt, redactor)


def _of(one: Heard, text: str, fact: type[WindowsFact], learnt: Learnt, redactor: Redactor) -> Asked:
    return Asked(
        fact=fact.query.name,
        query=text,
        rows=tuple(redactor.row(row, fact) for row in one.rows[:ROWS]),
        failures=tuple(failure_of(error, redactor, fact) for error in one.errors),
        seconds=one.seconds,
        plain=fact.bare and not any(isinstance(row, dict) for row in one.rows),
        unanswered="" if one.answered else unanswered(learnt, fact),
        left_out=max(0, len(one.rows) - ROWS),
    )


def redacted_query(query: Query, fact: type[WindowsFact], redactor: Redactor) -> str:
    """A query as text. Values that answers brought are told in an order that their names do not decide."""
    return " | ".join(_command(command.name, command.parameters, fact, redactor) for command in query.commands)


def _command(name: str, parameters: Mapping[str, Given], fact: type[WindowsFact], redactor: Redactor) -> str:
    words = [name]
    for key, value in parameters.items():
        shown: Given = value
        if isinstance(value, tuple):
            shown = tuple(sorted(redactor.query(one, fact) for one in value))
        elif isinstance(value, str):
            shown = redactor.query(value, fact)
        words.append(f"-{key}" if value is True else f"-{key} {literal(shown)}")
    return " ".join(words)


def _schemas(heard: list[Heard]) -> Iterator[Schema]:
    for one in heard:
        if one.query.name.startswith(CLASS) and (schema := schema_of(one)) is not None:
            yield schema


def _computer(heard: list[Heard]) -> dict[str, Value]:
    """What kind of machine it is: numbers, and PowerShell's version."""
    names = {
        "BuildNumber": "build",
        "ProductType": "product_type",
        "OperatingSystemSKU": "sku",
        "OSLanguage": "language",
    }
    found: dict[str, Value] = {}
    for one in heard:
        if one.query.name not in (OperatingSystem.query.name, LANGUAGE, SHELL):
            continue
        row = table(one.rows[0] if one.rows else None)
        for key, name in names.items():
            text = str(row.get(key, ""))
            if text.isascii() and text.isdecimal() and len(text) < 10:
                found[name] = int(text)
        shell = row.get("PowerShellVersion")
        if isinstance(shell, str) and len(shell) < 40 and shell.replace(".", "").isdecimal():
            found["powershell"] = shell
    return found
