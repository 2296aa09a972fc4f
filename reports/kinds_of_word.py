"""Words that are identities in JSON and JUnit, as people read them: by kind, since English has one word for several."""

from __future__ import annotations

from scanner.api import Severity, by_text


def who(word: str) -> str:
    """Whose work mends it: ``host``, who runs the host's Windows."""
    return by_text(word, "who")


def severity(degree: Severity) -> str:
    """How much a failure matters."""
    return by_text(degree.word, "severity")


def verdict(word: str) -> str:
    """How a run, a route or a kind of move ends."""
    return by_text(word, "verdict")


def status(word: str) -> str:
    """How a check ended, where its own name is shown."""
    return by_text(word, "status")
