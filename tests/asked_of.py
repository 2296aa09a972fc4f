"""Holds every check to what it says of whom its facts are asked, while its tests lead it down its branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scanner.api import Check, Everything, Fact, Profile, Subject, TargetKind, View
from scanner.collect.whom import hosts_of
from scanner.judge import judging, settling


def watch(patch: pytest.MonkeyPatch) -> list[str]:
    """What checks read, from now on, of a host that is not asked for it, or of all at once and not asked of all."""
    turn: list[Check] = []
    wrong: list[str] = []
    note, across = View._note, View.across  # pyright: ignore[reportPrivateUsage]

    def noted(view: View, fact: type[Fact], target: str) -> None:
        note(view, fact, target)
        if not turn or not asked_of_hosts(fact) or target not in view.estate.hosts:
            return
        own = turn[-1].profiles
        others = (replace(route, profiles=frozenset[Profile]()) for route in view.besides if route.profiles & own)
        planned = replace(view.estate, routes=(*view.estate.routes, *others))
        if target not in hosts_of(fact, turn[-1], planned):
            wrong.append(f"{turn[-1].id} reads {fact.__name__} of {target}")

    def over(view: View, facts: tuple[type[Fact], ...], build: Callable[[Everything], Any]) -> Any:
        for fact in facts if turn else ():
            marked = fact in (*turn[-1].of_source, *turn[-1].of_destination, *turn[-1].of_all)
            every = fact.of_every_host or fact in settling.NEEDS or not asked_of_hosts(fact)
            if not (marked or every):
                wrong.append(f"{turn[-1].id} reads {fact.__name__} of all")
        return across(view, facts, build)

    def during(step: Callable[..., Any]) -> Callable[..., Any]:
        def run(check: Check, subject: Subject, view: View, *more: Any) -> Any:
            turn.append(check)
            try:
                return step(check, subject, view, *more)
            finally:
                turn.pop()

        return run

    patch.setattr(View, "_note", noted)
    patch.setattr(View, "across", over)
    for name in ("_said", "_asked"):
        patch.setattr(judging, name, during(getattr(judging, name)))
    return wrong


def asked_of_hosts(fact: type[Fact]) -> bool:
    """Whether the planner asks hosts for it."""
    return TargetKind.HOST in fact.kinds and not fact.second_round
