"""The register of what nobody has seen on real Windows yet, and what a recording of one machine settles of it.

``docs/unproven.md`` is written from it. A point keeps its id; one that is proven leaves, and its id is not used again.
"""

from __future__ import annotations

from scanner.guard import guarded
from scanner.judge.points.tables import (
    answers,
    commands,
    commands_after,
    delegation,
    directory,
    machine,
    machines,
    moves,
    network,
    on_windows,
    operators,
    outward,
    processors,
    replication,
    rules,
    signing,
    vmm,
)
from scanner.words.point import Point, Section, Settle, Told
from scanner.words.recording import Held, Recording, Settled

WINDOWS = (
    Section(title="What every answer rests on", points=answers.POINTS),
    Section(title="The machine itself", points=machine.POINTS),
    Section(title="Networks, adapters, firewall", points=network.POINTS),
    Section(title="Ways to the internet, and keys", points=outward.POINTS),
    Section(title="Replica servers and replication", points=replication.POINTS),
    Section(title="VMM and Site Recovery", points=vmm.POINTS),
    Section(title="What a move does", points=moves.POINTS),
    Section(title="Virtual machines", points=machines.POINTS),
    Section(title="Processors", points=processors.POINTS),
    Section(title="Groups, sessions and rights", points=operators.POINTS),
)
REMEDIES = """Printed commands are carried out in a model ([remedies.md](remedies.md)), which says what they do. Where
it is wrong, a remedy does not cure or does harm, and no test here shows it; the next scan of the real estate does."""
SECTIONS = (
    Section(title="Signing in and asking", points=signing.POINTS),
    Section(title="Running on Windows itself", points=on_windows.POINTS),
    Section(title="What Windows answers", parts=WINDOWS),
    Section(title="What the directory answers", points=directory.POINTS),
    Section(title="What a verdict rests on", points=(*rules.POINTS, *delegation.POINTS)),
    Section(title="What remedies rest on", points=(*commands.POINTS, *commands_after.POINTS), lead=REMEDIES),
)
POINTS: tuple[Point, ...] = tuple(point for section in SECTIONS for point in section.all)


def settled(recording: Recording) -> tuple[Settled, ...]:
    """What a recording says of each point that such a kind of machine can settle.

    Called with what the machine said itself: names that were replaced may no longer agree with each other. No sentence
    holds any of it but numbers.
    """
    return tuple(
        _settled(point, point.settle, recording) for point in POINTS if point.settle and recording.kind in point.by
    )


def _settled(point: Point, settle: Settle, recording: Recording) -> Settled:
    held, why = guarded(lambda: settle(recording), f"point {point.id}", _failed)
    return Settled(point=point.id, held=held, why=why)


def _failed(_error: BaseException) -> Told:
    return Held.OPEN, "what stands in the recording is nothing that can be read"
