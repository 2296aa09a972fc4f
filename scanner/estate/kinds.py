"""The kinds of move that routes are planned for: those of their tables, or all that the estate asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scanner.estate.file import EstateFile
from scanner.estate.mistakes import Mistake
from scanner.estate.tables import RouteTable
from scanner.words.estate import Route
from scanner.words.model import Profile
from scanner.words.wording import nearest, show

Kinds = frozenset[Profile]


def kinds(table: RouteTable, file: EstateFile) -> Kinds:
    """What a route of the table is planned for; empty, as ``Route`` has it, where it is all that is asked for."""
    own = frozenset(map(Profile, table.profiles))
    return frozenset() if own >= frozenset(map(Profile, file.profiles)) else own


def both(one: Route, other: Route, file: EstateFile) -> Route | None:
    """Two tables' route as one, planned for what either plans it for; nothing where they say otherwise about it."""
    if replace(one, profiles=other.profiles) != other:
        return None
    either = one.profiles | other.profiles
    every = not (one.profiles and other.profiles) or either >= frozenset(map(Profile, file.profiles))
    return replace(one, profiles=frozenset() if every else either)


def mistakes_of_kinds(file: EstateFile) -> Iterator[Mistake]:
    """Kinds of move that the estate does not ask for, or that no route is planned for, and disks that go by another."""
    for place, table in enumerate(file.route, 1):
        for inner, name in enumerate(table.profiles, 1):
            if name not in file.profiles:
                text = f"{show(name)} is none of the estate's profiles, {', '.join(file.profiles)}"
                yield Mistake(f"route[{place}].profiles[{inner}]", text + nearest(name, file.profiles))
        if table.storage == "only" and (others := _others(table.profiles or file.profiles)):
            cure = (
                'write profiles = ["live-migration"] here'
                if "live-migration" in file.profiles
                else "name these routes in a file of their own"
            )
            why = f"moves disks alone, and {others[0]} copies whole machines: {cure}"
            yield Mistake(f"route[{place}].storage", why)
    planned = {name for table in file.route for name in table.profiles or file.profiles}
    if not planned <= {*file.profiles}:  # told above, and perhaps what was meant is among them
        return
    for place, name in enumerate(file.profiles, 1):
        if file.route and name not in planned and name != "asr-vmm":  # pairs of clouds may say alone what it replicates
            yield Mistake(f"profiles[{place}]", f"no [[route]] is planned for {show(name)}")


def explained_by(key: str) -> tuple[str, ...]:
    """The beginnings of the keys whose own mistakes explain one of these."""
    of_route, _, word = key.rpartition(".")
    if not word.startswith("profiles["):
        return ()
    return ("profile",) if of_route else ("profile", "route")


def _others(names: Sequence[str]) -> list[str]:
    return [name for name in names if name != "live-migration"]
