"""Takes secrets out of what was read, before anybody sees it: checks, reports, the record.

A machine may call a thing like a password, or send one back; a plugin may quote one. Hidden here, value by value, it is
missed by no format's own way of writing quotes, no format's own words are mistaken for it, and a record judges as the
evidence it was written from. Findings are searched as evidence is, since a plugin's check may know a secret by itself.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, TypeVar, cast

from scanner.estate.secret import any_known, redact
from scanner.words.evidence import Evidence
from scanner.words.finding import Finding
from scanner.words.told import Told, mapped

T = TypeVar("T")


def hidden(value: T) -> T:
    """The value with every text in it searched: strings, tuples and the frozen rows they stand in."""
    return cast("T", _hidden(value, {})) if any_known() else value


def _hidden(value: Any, known: dict[int, Any]) -> Any:
    """The same; ``known`` is what was made of each thing so far, which stands in the whole value and so stays."""
    if isinstance(value, Told):
        return mapped(value, redact)
    if isinstance(value, str):
        shown = redact(value) if type(value) is str else value  # the words of an enumeration are ours
        return value if shown == value else shown
    if isinstance(value, Finding):
        parts = value.said, value.subject, value.bears, value.evidence, value.lacks, value.follows_from
        shown = tuple(_once(part, known) for part in parts)
        return value if all(map(is_, shown, parts)) else Finding.of(*shown)
    if isinstance(value, tuple):
        items = cast("tuple[Any, ...]", value)
        shown = tuple(_once(item, known) for item in items)
        return items if all(map(is_, shown, items)) else shown
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for field in fields(value):
        old = getattr(value, field.name)
        new = _hidden(old, known) if field.init else old
        if new is not old:
            changes[field.name] = new
    return replace(value, **changes) if changes else value


def _once(value: Any, known: dict[int, Any]) -> Any:
    """What is made of a thing that several others may share; a text, and a finding, stand in one alone."""
    if isinstance(value, str | Finding):
        return _hidden(value, known)
    if id(value) not in known:
        known[id(value)] = _hidden(value, known)
    return known[id(value)]


def without_secrets(evidence: Evidence) -> Evidence:
    """The evidence with every text in it searched, but the names of targets that the estate declares."""
    if not any_known():
        return evidence
    estate = evidence.estate
    declared = {*estate.machines, *estate.declared_domains, *(file.path for file in estate.key_files)}

    def name(target: str) -> str:
        return target if target in declared else redact(target)

    return evidence.amended(
        answers=[
            replace(answer, target=name(answer.target), rows=hidden(answer.rows), query=redact(answer.query))
            for answer in evidence.answers()
        ],
        gaps=[
            replace(gap, target=name(gap.target), detail=hidden(gap.detail), advice=hidden(gap.advice))
            for gap in evidence.gaps()
        ],
        targets=[
            replace(info, name=name(info.name), who=redact(info.who), how=hidden(info.how))
            for info in evidence.targets()
        ],
    )
