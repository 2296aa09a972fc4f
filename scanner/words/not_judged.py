"""What no check judges: demands and common blockers that a reader has to look at otherwise. It is part of a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.words.model import Profile


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A passage, or a common blocker, on which READY says nothing."""

    id: str
    """of the check that shall judge it one day; empty where none ever can"""
    title: str
    source: str
    """the passage that demands it, or ``beyond seeds``"""
    profiles: frozenset[Profile]
    look: str = ""
    """where none ever can: why, and how to look oneself"""
    unless: str = ""
    """what the estate must tell for checks to judge it, as Estate calls it: where it does, the row is not shown"""

    def __post_init__(self) -> None:
        texts = (self.id, self.title, self.source, self.look, self.unless)
        if not all(isinstance(text, str) for text in texts):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError("id, title, source and look of what no check judges are text")
        if not self.profiles <= frozenset(Profile):
            raise ValueError(f"{self.title!r:.80}: its profiles are some of Profile")

    @property
    def ever(self) -> bool:
        """Whether a check can judge it, once it is written."""
        return bool(self.id) and not self.look
