"""The order in which things were read, declared or listed decides nothing, and neither does saying one twice.

The routes of a report stand in the order of the estate file, for whoever wrote it chose it; words that list several
destinations or key files follow it, too. Nothing else does.
"""

from __future__ import annotations

import copy
import itertools
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.records import before, both, differing, document, few, judged, place, rendered, statuses, verdicts
from tests.properties.renaming import Document

RANDOM = st.randoms(use_true_random=True)
"""An order from one seed: to draw each step of so many shuffles takes more than Hypothesis has for an example."""


def shuffled(edited: Document, order: random.Random) -> Document:
    """The same record, read and declared in another order; but the routes."""
    made = copy.deepcopy(edited)
    for listed in (made["answers"], made["gaps"], made["targets"], *(answer["rows"] for answer in made["answers"])):
        order.shuffle(listed)
    estate = made["estate"]
    for key, value in estate.items():
        if isinstance(value, list) and key not in ("routes", "group_routes", "key_files"):
            order.shuffle(value)
    order.shuffle(estate["site_recovery"]["endpoints"])
    return made


def first_difference(one: str, other: str) -> str:
    """Where two texts differ first, with what stands around; pytest would compare them for minutes."""
    place = next((n for n, (a, b) in enumerate(itertools.zip_longest(one, other)) if a != b), None)
    return (
        ""
        if place is None
        else f"{one[max(place - 60, 0) : place + 60]!r} | {other[max(place - 60, 0) : place + 60]!r}"
    )


@both
@few(3)
@given(order=RANDOM)
def test_no_byte_of_a_report(name: str, order: random.Random) -> None:
    """Answers, rows, gaps, targets, hosts, domains, networks in another order: each report has the same bytes."""
    was, now = rendered(before(name)), rendered(judged(shuffled(document(name), order)))
    assert sorted(was) == [
        *("csv", "ctrf", "gitlab", "html", "json", "junit", "markdown", "ocsf", "openmetrics", "prometheus", "sarif"),
        *("text", "text painted", "xlsx"),
    ]
    assert {form: first_difference(text, now[form]) for form, text in was.items()} == dict.fromkeys(was, "")


@both
@few(4)
@given(order=RANDOM)
def test_routes_and_key_files(name: str, order: random.Random) -> None:
    """Routes and key files in another order: the report's routes follow it; no finding is another."""
    made = document(name)
    order.shuffle(made["estate"]["key_files"])
    order.shuffle(made["estate"]["routes"])
    order.shuffle(made["estate"].get("group_routes", []))
    was, now = before(name), judged(made)
    assert [(route.source, route.destination) for route in now.routes] == [
        (route["source"], route["destination"]) for route in made["estate"]["routes"]
    ]
    declared = [tuple(ends) for ends in made["estate"].get("group_routes", [])]
    assert [(group.source, group.destination) for group in now.groups] == declared
    assert {(g.source, g.destination, g.verdict) for g in now.groups} == {
        (g.source, g.destination, g.verdict) for g in was.groups
    }
    assert [(place(f), f.status) for f in now.findings] == [(place(f), f.status) for f in was.findings]
    assert differing(verdicts(was), verdicts(now)) == {}
    assert {frozenset(route.blockers) for route in was.routes} == {frozenset(route.blockers) for route in now.routes}


@both
@few(6)
@given(order=RANDOM)
def test_lists_within_rows(name: str, order: random.Random) -> None:
    """Names of services, addresses, tags, versions within a row in another order: no status changes."""
    made = document(name)
    for answer in made["answers"]:
        for row in answer["rows"]:
            for value in row.values():
                if isinstance(value, list):
                    order.shuffle(value)
    was, now = before(name), judged(made)
    assert differing(statuses(was), statuses(now)) == {}
    assert differing(verdicts(was), verdicts(now)) == {}


def twice(values: list[Any], order: random.Random) -> list[Any]:
    return [value for value in values for _ in range(order.choice((1, 1, 2)))]


@both
@few(6)
@given(order=RANDOM)
def test_rows_that_stand_twice(name: str, order: random.Random) -> None:
    """A row that was answered twice is one thing: no status changes."""
    made = document(name)
    for answer in made["answers"]:
        answer["rows"] = twice(answer["rows"], order)
    was, now = before(name), judged(made)
    assert differing(statuses(was), statuses(now)) == {}
    assert differing(verdicts(was), verdicts(now)) == {}


@both
@few(6)
@given(order=RANDOM)
def test_estate_that_says_things_twice(name: str, order: random.Random) -> None:
    """Hosts, domains, routes, networks that are declared twice are one: no verdict changes."""
    made = document(name)
    estate = made["estate"]
    for key, value in estate.items():
        if isinstance(value, list):
            estate[key] = twice(value, order)
    was, now = before(name), judged(made)
    assert differing(statuses(was), statuses(now)) == {}
    assert differing(verdicts(was), verdicts(now)) == {}
