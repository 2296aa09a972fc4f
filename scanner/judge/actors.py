"""Who has to act: how many moves wait for the work of each, and how many for nothing else. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from scanner.words.actions import Action, Actor
from scanner.words.model import Profile

Move = tuple[str, str, Profile]
"""Source, destination and kind of move."""
Key = tuple[str, str, str]
"""Check, who and what is acted on; of what is to be read nothing, why it was not, and the target."""


def actors_of(
    actions: Iterable[Action], waits: Mapping[Move, frozenset[Key]], lacking: Container[Move] = ()
) -> tuple[Actor, ...]:
    """Those whose work the actions are, in their order.

    Args:
        actions: what is to be done; all of what has to be read is one's.
        waits: the moves, each with all that it waits for.
        lacking: moves of which something could not be judged.
    """
    waiting, alone, unsure = Counter[str](), Counter[str](), Counter[str]()
    known: dict[frozenset[Key], frozenset[str]] = {}  # many moves wait for the same
    for move, needed in waits.items():
        if needed not in known:
            known[needed] = frozenset(who if check else "" for check, who, _ in needed)
        whose = known[needed]
        waiting.update(whose)
        if len(whose) == 1:
            alone.update(whose)
            unsure.update(whose if move in lacking else ())
    order = dict.fromkeys("" if action.reads else action.who for action in actions)
    return tuple(
        Actor(who=who, waiting=waiting[who], alone=alone[who], unsure=unsure[who], of=len(waits)) for who in order
    )
