"""What this machine brings to a scan: secrets, ticket, libraries, files; a line each, what is wrong and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.commands.doctor_lines import RUNNER
from scanner.commands.setup import Faults, at_hand, no_ticket
from scanner.estate.access import Access, SignIn
from scanner.estate.secret import SecretSource
from scanner.words.step import Row, State, Step
from scanner.words.system import WINDOWS
from scanner.words.telling import joined, tell
from scanner.words.trouble import Advice, Kind

WORDS = {Kind.NO_TICKET: "ticket", Kind.NO_LIBRARY: "library", Kind.NO_SECRET: "secret", Kind.UNUSABLE_FILE: "file"}
"""What a trouble of this machine is about."""


def rows_of(faults: Faults, machines: Iterable[str], domains: Iterable[str], access: Access) -> tuple[Row, ...]:
    """Rows for this machine. What a person or a program would have to be asked for, and was not, has none."""
    steps = [_wrong(why, advice, next(iter(targets))) for (why, advice), targets in faults.found.items()]
    ways = [access.sign_in(name) for name in faults.without(machines)]
    directory = access.directory
    if faults.without(domains):
        simple = directory.method == "simple"
        ways.append(SignIn(method="basic", user=directory.user, password=directory.password) if simple else SignIn())
    steps += [_held(source) for source in _sources(ways)]
    if not WINDOWS and any(no_ticket in at_hand(way) for way in ways):
        steps += _ticket()
    steps.sort(key=lambda step: step.name)
    return tuple(Row(step.name, RUNNER, (step,)) for step in steps)


def _wrong(why: str, advice: Advice, target: str) -> Step:
    name = next((word for kind, word in WORDS.items() if kind == advice.kind), "sign-in")
    return Step(name, State.WRONG, why, Advice(advice.kind, advice.for_target(target)))


def _sources(ways: Iterable[SignIn]) -> tuple[SecretSource, ...]:
    """The secrets that these ways of signing in take, each once."""
    found: dict[SecretSource, None] = {}
    for way in ways:
        source = way.key_password if way.method == "certificate" else way.password
        if source is not None and (way.user or way.method == "certificate"):
            found[source] = None
    return tuple(found)


def _held(source: SecretSource) -> Step:
    """A secret that was read: where it came from, and nothing of it."""
    place = joined(".", filter(None, (source.key, source.word)))
    return Step(
        "secret",
        State.OK,
        tell("{place}: {source} holds one", place=place, source=source.name)
        if source.word
        else tell("{place}: typed in", place=place),
    )


def _ticket() -> Iterator[Step]:
    from scanner.collect.transport.kerberos.held import held

    who, seconds = held()
    if who:
        yield Step("ticket", State.OK, tell("{who}, {left} left", who=who, left=_left(seconds)) if seconds else who)


def _left(seconds: float) -> str:
    if seconds >= 2 * 3600:
        return tell("{seconds:.0f} h", seconds=seconds // 3600)
    return (
        tell("{seconds:.0f} min", seconds=seconds // 60) if seconds >= 120 else tell("{seconds:.0f} s", seconds=seconds)
    )
