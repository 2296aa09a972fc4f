"""What an estate file declares twice: the same again counts once and is told, a contradiction is a mistake.

What one of them leaves open, the other may say. Nothing is decided by the order in which they stand.
"""

from __future__ import annotations

import ipaddress
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scanner.estate.file import MACHINE_TABLES, EstateFile
from scanner.estate.mistakes import Mistake
from scanner.estate.salvage import STAND_IN
from scanner.estate.signins import path_in
from scanner.estate.tables import KeyFileTable
from scanner.words.names import host_name
from scanner.words.recovery import KeyFile
from scanner.words.wording import show

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What one place of the file says of something."""

    key: str
    kind: str
    name: str
    words: Mapping[str, object]
    """what it sets, by its word, in one spelling; what it leaves open is not in it"""


def mistakes_of_twice(file: EstateFile, document: Mapping[str, Any], folder: Path) -> Iterator[Mistake]:
    """Every contradiction; what merely stands there twice is told as a warning.

    Args:
        file: as read.
        document: the same, before defaults were filled in.
        folder: where the file lies.
    """
    directory = document.get("directory", {})
    yield from _compared(said for kind in MACHINE_TABLES for said in _machines(kind, document))
    yield from _compared(_groups(document))
    yield from _between_groups(document)
    yield from _compared(_key_file(place, table, folder) for place, table in enumerate(file.key_file, 1))
    yield from _compared(
        Said(f"directory.domains[{place}]", "domain", host_name(name), {})
        for place, name in enumerate(directory.get("domains", ()), 1)
    )
    yield from _compared(
        Said(f"directory.controllers.{show(name)}", "domain", host_name(name), {"controllers": _hosts(controllers)})
        for name, controllers in directory.get("controllers", {}).items()
    )
    yield from _compared(
        Said(f"directory.addresses.{show(name)}", "controller", host_name(name), {"address": _address(text)})
        for name, text in directory.get("addresses", {}).items()
    )
    for place, group in enumerate(document.get("group", ()), 1):
        yield from _compared(
            Said(f"group[{place}].hosts[{inner}]", "host", host_name(name), {})
            for inner, name in enumerate(group["hosts"], 1)
        )


def key_files(file: EstateFile, folder: Path) -> tuple[KeyFile, ...]:
    """The key files, each once, with all that is said of it."""
    found: dict[str, KeyFile] = {}
    for place, table in enumerate(file.key_file, 1):
        before = found.setdefault(_key_file(place, table, folder).name, KeyFile(table.path))
        found[_key_file(place, table, folder).name] = KeyFile(
            before.path,
            before.vault or table.vault,
            before.subscription or table.subscription,
            before.location or table.location,
        )
    return tuple(found.values())


def _compared(said: Iterable[Said]) -> Iterator[Mistake]:
    """Each held against all that was said before of the same name, whatever its kind."""
    known: dict[str, Said] = {}
    kinds: set[tuple[str, str]] = set()
    for one in said:
        if STAND_IN in one.name:
            continue
        before = known.setdefault(one.name, one)
        wrong = _contradicted(one.words, before.words)
        if wrong:
            yield Mistake(one.key, f"says otherwise about {show(one.name)} than {before.key}: {', '.join(wrong)}")
            continue
        if (one.kind, one.name) in kinds:
            log.warning("%s: %s stands in %s already; it counts once", one.key, show(one.name), before.key)
        kinds.add((one.kind, one.name))
        known[one.name] = replace(before, words={**before.words, **one.words})


def _contradicted(words: Mapping[str, object], before: Mapping[str, object]) -> list[str]:
    return [word for word, value in words.items() if before.get(word, value) != value]


def _machines(kind: str, document: Mapping[str, Any]) -> Iterator[Said]:
    for place, table in enumerate(document.get(kind, ()), 1):
        address = {"address": _address(table["address"])} if table.get("address") else {}
        yield Said(f"{kind}[{place}]", kind, host_name(table["name"]), {**table.get("sign_in", {}), **address})


def _groups(document: Mapping[str, Any]) -> Iterator[Said]:
    for place, table in enumerate(document.get("group", ()), 1):
        words = {**table.get("sign_in", {}), "hosts": _hosts(table["hosts"])}
        yield Said(f"group[{place}]", "group", table["name"], words)


def _between_groups(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """A host of two groups has one sign-in, unless it says itself what they disagree about."""
    own: dict[str, set[str]] = {}
    for kind in MACHINE_TABLES:
        for table in document.get(kind, ()):
            own.setdefault(host_name(table["name"]), set()).update(table.get("sign_in", {}))
    known: dict[str, Said] = {}
    for place, group in enumerate(document.get("group", ()), 1):
        key, told = f"group[{place}].sign_in", False
        for name in dict.fromkeys(map(host_name, group["hosts"])):
            words = {word: value for word, value in group.get("sign_in", {}).items() if word not in own.get(name, ())}
            before = known.setdefault(name, Said(key, group["name"], name, words))
            wrong = _contradicted(words, before.words)
            if wrong and not told and before.kind != group["name"]:  # groups of one name are told as such
                told = True
                yield Mistake(key, f"says otherwise about {show(name)} than {before.key}: {', '.join(wrong)}")
            known[name] = replace(before, words={**words, **before.words})


def _key_file(place: int, table: KeyFileTable, folder: Path) -> Said:
    expected = {"vault": table.vault, "subscription": table.subscription, "location": table.location}
    words = {word: _plain(value) for word, value in expected.items() if value.strip()}
    return Said(f"key_file[{place}]", "key file", os.path.normpath(path_in(table.path, folder)), words)


def _plain(text: str) -> str:
    """As a check compares it: without case, blanks, and braces."""
    return text.strip().strip("{}").replace(" ", "").casefold()


def _hosts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(host_name, names))


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return text
