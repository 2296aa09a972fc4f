"""How dashboards shall have the JUnit report, as a person chose it.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

WITH_PROFILES, WITHOUT_PROFILES = 1, 2
"""The forms of class names: the first one begins with the kinds of move that a run judges."""
STRICT, EXTENDED = "strict", "extended"
"""What schemas allow, and what some readers take besides."""
LIMIT = 60_000_000
"""Octets of a file; more than that dashboards do not take."""


@dataclass(frozen=True, slots=True)
class JunitChoice:
    """Which form of names, which profile, how large a file may be, and where the estate file stands."""

    names: int = WITHOUT_PROFILES
    profile: str = STRICT
    limit: int = LIMIT
    file: str = ""
    """the estate file as seen from the working directory, where it stands below that; else empty"""
    lines: dict[str, int] = field(default_factory=dict[str, int], hash=False)
    """the line of it that names a target, by the target's name"""

    @property
    def extended(self) -> bool:
        """Whether there shall be more than schemas allow."""
        return self.profile == EXTENDED
