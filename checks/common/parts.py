"""Verdicts of many parts put together so that they stay readable, and texts of targets kept short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scanner.api import Told, Verdict, joined, mapped, tell, worst

LIMIT = 10
"""Parts that are told one by one; the others are counted."""
WIDTH = 120
"""Characters of a target's own text that are shown."""


def clip(text: str, width: int = WIDTH) -> str:
    """The text on one line, cut where a person has stopped reading: no line of it may pass for one of a remedy."""
    if isinstance(text, Told):
        return text if len(text) <= width and text.isprintable() else mapped(text, clip)
    text = text if text.isprintable() else joined(" ", text[: 4 * width].splitlines())
    return text if len(text) <= width else text[: width - 1] + "…"


def listing(names: Iterable[object]) -> str:
    """Names in a row, the first ones told and the others counted."""
    texts = [clip(str(name)) for name in names]
    some = joined(", ", texts[:LIMIT])
    return tell("{some} and {count} more", some=some, count=len(texts) - LIMIT) if len(texts) > LIMIT else some


def combine(parts: Iterable[Verdict]) -> Verdict:
    """The worst verdict of the parts, as ``worst``, with the first parts that decide told and the others counted."""
    verdicts = list(parts)
    whole = worst(verdicts)
    if len(verdicts) <= LIMIT:
        return whole
    deciding = [v for v in verdicts if v.status is whole.status]
    if len(deciding) <= LIMIT:
        return whole
    told = worst(deciding[:LIMIT])
    more = tell("; and {count} more", count=len(deciding) - LIMIT)
    if told.seen:
        return replace(told, seen=told.seen + more)
    return replace(told, note=told.note + more)
