"""Words that are identities in JSON and JUnit, as people read them: by kind, since English has one word for several."""

from __future__ import annotations

from scanner.api import Severity, Waived, by_text, counted, pictures, plain, tell


def who(word: str) -> str:
    """Whose work mends it: ``host``, who runs the host's Windows."""
    return by_text(word, "who")


def severity(degree: Severity) -> str:
    """How much a failure matters."""
    return by_text(degree.word, "severity")


def verdict(word: str) -> str:
    """How a run, a route or a kind of move ends; a word that this version does not know, as it is."""
    return Waived().ready(word)


NUMBERED = (
    "passed", "failed", "not applicable", "unknown", "ready", "not ready", "incomplete", "new", "mended",
    "no longer judged",
)  # fmt: skip
"""Words that say of several what they are: other languages have another form of them then."""


def numbered(number: int, word: str) -> str:
    """``118 passed``: so many of what one of these words says of them."""
    return counted(number, plain(word), plain(word))


def status(word: str) -> str:
    """How a check ended, where its own name is shown."""
    return by_text(word, "status")


def trust(declared: pictures.Trust | str) -> str:
    """What the estate declares of a network; of one that it says nothing of, nothing."""
    return by_text(declared.value, "network") if isinstance(declared, pictures.Trust) else declared


def target(kind: str) -> str:
    """What is read: ``vmm-server``."""
    return by_text(kind, "kind of target")


def origin(word: str) -> str:
    """Where a plugin comes from."""
    return by_text(word, "origin of a plugin")


def missing(reason: str) -> str:
    """Why a fact is not there."""
    return by_text(reason, "why a fact is not there")


def seed(citation: str) -> str:
    """Where a demand is written; one that the seeds do not make is said to be so."""
    return tell("beyond seeds") if citation == "beyond seeds" else citation
