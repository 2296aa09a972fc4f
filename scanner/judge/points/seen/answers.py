"""Every answer: whether rows are told apart as facts say, and numbers and words are those that are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from enum import IntEnum
from types import NoneType
from typing import Any, cast, get_args

from scanner.facts.base import WindowsFact
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.network import NetworkAdapter
from scanner.facts.vm import VirtualMachineState, VmStorage
from scanner.judge.points.reading import Untold, facts, hints, listed, settling, some, whole
from scanner.judge.points.values import Row, number, text
from scanner.words.point import Told
from scanner.words.recording import Held, Recording
from scanner.words.wording import counted

NAMED = (Service, NetworkAdapter, VirtualMachineState, VmStorage, MigrationSettings)
"""Facts of which a point says what tells their rows apart: services, adapters, machines, their parts, the one row."""
STATES = frozenset(
    {"Running", "Stopped", "Paused", "Start Pending", "Stop Pending", "Continue Pending", "Pause Pending", "Unknown"}
)
MODES = frozenset({"Boot", "System", "Auto", "Manual", "Disabled"})
"""Words of Win32_Service.State and StartMode (Microsoft Learn: Win32_Service class)"""
LANGUAGE, ENGLISH, OF_A_COUNTRY = "language", 9, 1024
"""Key of a recording's ``computer``: Win32_OperatingSystem.OSLanguage, whose lower ten bits are the language alone"""


@settling
def keys_unique(recording: Recording) -> Told:
    """No two rows are alike in what tells them apart, and otherwise differ."""
    twice = [fact.__name__ for fact, rows in _answered(recording) if _contradict(fact, rows)]
    if twice:
        return Held.FAILS, f"two rows with one key, and otherwise different: {listed(twice, 'answer')}"
    for fact in NAMED:
        if len(some(recording, fact, "a host with virtual machines")) < (2 if fact.key else 1):
            raise Untold(f"{fact.__name__} has one row: a host with several would tell")
    every = sum(len(rows) for fact, rows in _answered(recording) if fact.key is not None)
    return Held.HOLDS, f"no two of {counted(every, 'row')} have one key and differ"


def _answered(recording: Recording) -> Iterator[tuple[type[WindowsFact], tuple[Row, ...]]]:
    for fact in facts():
        try:
            yield fact, whole(recording, fact)
        except Untold:
            continue


def _contradict(fact: type[WindowsFact], rows: tuple[Row, ...]) -> bool:
    """Whether two rows have one key and differ."""
    if fact.key is None:
        return False
    known = {one.name: one.metadata.get("property", "") for one in fields(cast("Any", fact))}
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = tuple(row.get(known[name]) for name in fact.key)
        if all(isinstance(part, str | int | None) for part in key) and seen.setdefault(key, row) != row:
            return True
    return False


@settling
def numbers_known(recording: Recording) -> Told:
    """Each number of an enumeration is one that we know."""
    seen, unseen, other = 0, list[str](), list[str]()
    for fact, name, kind in _enumerations(recording):
        try:
            values = [row.get(name) for row in whole(recording, fact)]
        except Untold:
            values = []
        told = [value for value in values if value is not None]
        known = {member.value for member in kind}
        if any(number({name: value}, name) not in known for value in told):
            other.append(f"{fact.__name__}.{name}")
        seen += len(told)
        unseen += [] if told else [f"{fact.__name__}.{name}"]
    if other:
        return Held.FAILS, f"another number stands here: {listed(other, 'property')}"
    if unseen or not seen:
        raise Untold(f"no number is told here: {listed(unseen, 'property')}")
    return Held.HOLDS, f"{counted(seen, 'number')} of enumerations, each one that is known"


def _enumerations(recording: Recording) -> Iterator[tuple[type[WindowsFact], str, type[IntEnum]]]:
    for fact in facts():
        for name, hint in hints(fact).items() if recording.kind in fact.kinds else ():
            for part in get_args(hint) or (hint,):
                if part is not NoneType and isinstance(part, type) and issubclass(part, IntEnum):
                    yield fact, name, part


@settling
def words_english(recording: Recording) -> Told:
    """States and start modes of services are the documented words, in a Windows of another language."""
    rows = some(recording, Service, "a Windows Server")
    if any(text(row, "State") not in STATES or text(row, "StartMode") not in MODES for row in rows):
        return Held.FAILS, "Service has a State or a StartMode that is none of the documented words"
    language = recording.computer.get(LANGUAGE)
    if not isinstance(language, int) or language % OF_A_COUNTRY in (0, ENGLISH):
        raise Untold("the words are the documented ones: a machine whose Windows is not English would tell")
    return Held.HOLDS, f"of {counted(len(rows), 'service')}, on a Windows that is not English"
