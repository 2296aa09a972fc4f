"""The register is whole: ids, texts, what each point concerns, and who can settle it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from checks import AREAS
from docs import unproven
from lab import contract
from scanner.facts.base import WindowsFact
from scanner.judge.points import POINTS, SECTIONS
from scanner.judge.points.reading import facts, hints
from scanner.judge.points.seen.network import RULES
from scanner.judge.points.seen.schemas import YOUNG, takes
from scanner.plugins import load
from scanner.words.model import SERVERS
from scanner.words.point import HOSTS, VMM_SERVERS
from tests.test_house import ROOT

OFFER = load(third_party=False)
CHECKS = {check.id for check in OFFER.checks}
FACTS = {fact.__name__ for fact in OFFER.facts}
NUMBERED = re.compile(r"([A-Z]+)-(\d\d)")


def test_ids_are_there_once_and_are_those_of_no_check():
    ids = [point.id for point in POINTS]
    assert [one for one, times in Counter(ids).items() if times > 1] == []
    assert all(NUMBERED.fullmatch(one) for one in ids)
    assert {one.split("-")[0] for one in ids}.isdisjoint(AREAS)


def test_a_section_has_one_beginning_of_ids():
    begins = [{point.id.split("-")[0] for point in section.all} for section in SECTIONS]
    assert all(len(some) == 1 for some in begins)
    assert len(set.union(*begins)) == len(begins)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.id)
def test_a_point_is_whole(point):
    for text in (point.assumption, point.wrong, point.notice, point.settles):
        assert text.strip() == text != ""
        assert "  " not in text
    assert point.green is bool(re.search(r"\*\*[^*]*(PASS|ready|working)[^*]*\*\*", point.wrong)), "said in bold"
    assert set(point.about) <= CHECKS | FACTS
    assert len(set(point.about)) == len(point.about)
    told = NUMBERED.findall(f"{point.wrong} {point.notice} {point.settles}")
    assert {f"{area}-{number}" for area, number in told} & CHECKS <= set(point.about), "checks it names concern it"
    assert bool(point.settle) is bool(point.by)
    assert point.by in (frozenset(), HOSTS, VMM_SERVERS, SERVERS)


def test_no_assumption_stands_twice():
    assert len({point.assumption for point in POINTS}) == len(POINTS)


def test_a_function_settles_one_point():
    settles = [point.settle for point in POINTS if point.settle]
    assert len(settles) == len(set(settles)) > 35


def test_every_module_of_points_is_on_the_page():
    folder = ROOT / "scanner" / "judge" / "points" / "tables"
    written = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert written.count("    Point(") == len(POINTS)


def test_the_page_tells_each_point_with_all_its_texts():
    page = unproven.page()
    for point in POINTS:
        (line,) = (line for line in page.splitlines() if line.startswith(f"| `{point.id}` |"))
        for text in (point.assumption, point.wrong, point.notice, point.settles):
            assert text.replace("|", "\\|") in line
        assert ("recording of" in line) is bool(point.settle)


def test_the_facts_that_recordings_are_held_against_are_all_that_are_asked():
    offered = {fact for fact in OFFER.facts if issubclass(fact, WindowsFact)}
    assert offered <= set(facts())
    others = set(facts()) - offered
    assert {fact.__name__ for fact in others} == {"LogicalNetwork", "VmmHostGroup"}
    assert not any(fact.yields.startswith("CIM:") for fact in others), "their classes would be missed in a recording"


def test_what_is_younger_than_its_class_is_what_the_contract_says():
    types = contract.load("types")
    young = {
        (fact.__name__, prop): since
        for fact in facts()
        if fact.yields.startswith("CIM:")
        for prop, since in types[fact.yields].get("properties_since", {}).items()
        if prop in hints(fact)
    }
    assert young == YOUNG


@pytest.mark.parametrize(
    ("hint", "kind", "read"),
    [
        (int, "UInt64", True), (int, "SInt8", True), (int, "Byte", True), (int, "Boolean", False),
        (int, "String", False), (bool, "Boolean", True), (bool, "UInt16", False), (str, "String", True),
        (str, "DateTime", False), (str, "Reference", False), (str | None, "String", True), (str | None, "", False),
        (tuple[str, ...], "String[]", True), (tuple[str, ...], "String", True), (tuple[int, ...], "String[]", False),
        (str, "String[]", False), (int | None, "UInt16[]", False), (int, None, False), (int, 4, False),
    ],
)  # fmt: skip
def test_which_types_are_read(hint, kind, read):
    assert takes(hint, kind) is read


def test_the_rules_are_those_that_remedies_name():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "checks").rglob("*.py"))
    named = set(re.findall(r"\b(?:VIRT|FPS)-[A-Za-z0-9]+-In-TCP(?:-NoScope)?\b", source))
    assert named == set(RULES)
