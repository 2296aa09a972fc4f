"""A route that is planned for one kind of move changes nothing that is said of another."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scanner.api import Report
from scanner.collect.plan import wanted
from scanner.judge import judging
from scanner.record import record
from tests.properties.records import OFFER, PROFILES, both, differing, document, few, judged, place, said
from tests.properties.renaming import Document

Way = tuple[str, str]


def of_kind(report: Report, profile: str) -> dict[Any, Any]:
    """All that is said of a kind of move: findings, readiness, and of each of its routes."""
    told: dict[Any, Any] = {"run": [state for state in report.readiness if state.profile == profile]}
    for route in report.routes:
        if states := [state for state in route.profiles if state.profile == profile]:
            told[route.source, route.destination] = states
    for finding in report.findings:
        if profile in finding.profiles:
            told["finding", *place(replace(finding, by_profile=False))] = said(finding)
    return told


def planned(name: str, ways: dict[Way, list[str]]) -> Document:
    """A shipped record with these routes."""
    made = copy.copy(document(name))
    routes = [{"source": one, "destination": other, "profiles": kinds} for (one, other), kinds in ways.items() if kinds]
    made["estate"] = made["estate"] | {"routes": routes}
    return made


def asked(edited: Document, but: str) -> tuple[Any, ...]:
    """What checks of other kinds of move ask of whom, in both rounds."""
    evidence = record.load(json.dumps(edited).encode(), OFFER.facts)
    checks = [check for check in judging.enabled(OFFER.checks, evidence.estate.profiles) if but not in check.profiles]
    return wanted(checks, evidence.estate), list(judging.asks_of(checks, evidence))


@both
@given(data=st.data())
@few(4)
def test_a_route_more_for_one_kind(name: str, data: st.DataObject) -> None:
    """Findings, verdicts, and what is asked of whom stay."""
    hosts = document(name)["estate"]["hosts"][:4]
    every = [(one, other) for one in hosts for other in hosts if one != other]
    ways = {way: data.draw(st.lists(st.sampled_from(PROFILES), unique=True, max_size=2)) for way in every}
    new, added = data.draw(st.sampled_from(PROFILES)), data.draw(st.sampled_from(every))
    then, now = planned(name, ways), planned(name, ways | {added: [*{*ways[added], new}]})
    was, made = judged(then), judged(now)
    for profile in {*PROFILES} - {new}:
        assert [*differing(of_kind(was, profile), of_kind(made, profile)).items()][:5] == [], profile
    assert asked(then, new) == asked(now, new)


@both
@given(data=st.data())
@few(3)
def test_nothing_is_said_of_a_route_of_another_kind(name: str, data: st.DataObject) -> None:
    """No finding about a route names a kind of move that it is not planned for."""
    hosts = document(name)["estate"]["hosts"][:3]
    every = [(one, other) for one in hosts for other in hosts if one != other]
    ways = {way: data.draw(st.lists(st.sampled_from(PROFILES), unique=True, max_size=2)) for way in every}
    report = judged(planned(name, ways))
    assert {(r.source, r.destination): {s.profile for s in r.profiles} for r in report.routes} == {
        way: {*kinds} for way, kinds in ways.items() if kinds
    }
    for finding in report.findings:
        for profile in finding.profiles if len(finding.subject.machines) == 2 and finding.bears[:1] else ():
            way = finding.subject.source, finding.subject.destination
            turned = finding.bears[0].startswith("the moves between")
            assert profile in ways.get(way, []) or (turned and profile in ways.get(way[::-1], [])), finding
