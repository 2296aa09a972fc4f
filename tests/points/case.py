"""A case of a point: a recording, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from scanner.words.model import TargetKind
from scanner.words.point import Settle
from scanner.words.recording import Held, Recording
from tests.points.recordings import EXAMPLE, estate_machine, recorded

HOLDS, FAILS, OPEN = Held.HOLDS, Held.FAILS, Held.OPEN


@dataclass(frozen=True)
class Case:
    settle: Settle
    held: Held
    why: str
    """part of the sentence"""
    recording: Callable[[], Recording]


@cache
def host() -> Recording:
    """A healthy host of 2019 with two virtual machines, a member of a domain and a replica server."""
    return recorded()


@cache
def text_host(text: str) -> Recording:
    """A host of a TOML text, which is put before the example's."""
    return recorded(text)


@cache
def with_lines(lines: str, old: str = "", new: str = "") -> Recording:
    """The healthy host with more lines at its end, and one line of it changed."""
    assert old in EXAMPLE
    return recorded((EXAMPLE.replace(old, new) if old else EXAMPLE) + lines)


@cache
def vmm() -> Recording:
    """A healthy VMM server."""
    return recorded(estate_machine("good", "vmm01"), TargetKind.VMM_SERVER)
