"""What the page says once of many findings: of each, it still says all, and nothing that is another's."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from reports.html_alike import LONGEST, MANY, ROWS, alike, in_rows
from reports.html_report import render
from reports.html_view import anchor
from scanner.words.model import Status
from scanner.words.report import Finding
from scanner.words.source import Source
from tests.reports.conftest import GUIDS, HV01, HV02, HV11, build, finding, host, machine, move, route

ANSWERS = [Source(f"Fact{n}", HV01, f"2026-11-21T12:00:0{n}Z", f"Get-Thing{n}") for n in range(4)]
WORD = re.compile(r"\b(?:seen|wanted|why|do)-\w+")


def failing(number: int, status: Status = Status.FAIL, evidence: tuple[Source, ...] = (), **words: str) -> Finding:
    made = finding("VM-02", move(f"{number:08x}{GUIDS[0][8:]}", f"web-{number:05}"), status, **words)
    return replace(made, evidence=evidence) if evidence else made


def sizes(findings: list[Finding]) -> list[int]:
    return [same.size for same in alike(findings)]


def test_many_that_differ_in_the_answer_alone_are_one_list():
    (same,) = alike([failing(n, seen=f"seen-{n}", wanted="w", note="n", remedy="r") for n in range(MANY)])
    assert (same.seen, same.wanted, same.note, same.remedy) == ("", "w", "n", "r")
    assert not same.mended_apart


def test_many_with_a_command_each_are_one_list():
    (same,) = alike([failing(n, seen="s", wanted="w", remedy=f"do-{n}") for n in range(MANY)])
    assert (same.seen, same.wanted, same.remedy) == ("s", "w", "")
    assert same.mended_apart


def test_few_stand_alone_and_the_order_stays():
    few = [failing(n, seen=f"seen-{n}", wanted="a") for n in range(MANY - 1)]
    lists = [failing(10 + n, wanted="b") for n in range(MANY)]
    assert sizes([*few, *lists]) == [1] * (MANY - 1) + [MANY]
    assert sizes([lists[0], *few, *lists[1:]]) == [MANY] + [1] * (MANY - 1)


LONG_ANSWERS = pytest.mark.parametrize("seen", ["x" * (LONGEST + 1), "two\nlines"], ids=["long", "lines"])


@LONG_ANSWERS
def test_an_answer_that_does_not_fit_in_a_row_stands_alone(seen):
    assert sizes([failing(n, seen=seen + str(n)) for n in range(MANY)]) == [1] * MANY


@LONG_ANSWERS
def test_the_very_same_is_said_once_however_long_it_is(seen):
    same = [failing(n, seen=seen, wanted="w", remedy="do-it") for n in range(2)]
    assert sizes([*same, failing(2, seen=seen, wanted="w", remedy="do-that")]) == [2, 1]
    (one,) = alike(same)
    assert (one.seen, one.wanted, one.remedy) == (seen, "w", "do-it")


def test_what_differs_in_the_answer_alone_is_one_list_and_not_one_of_each_answer():
    assert sizes([failing(n, seen=f"seen-{n // 2}") for n in range(2 * MANY)]) == [2 * MANY]


def test_commands_and_no_command_do_not_mix():
    assert sizes([failing(n, remedy=f"do-{n}" if n % 2 else "") for n in range(2 * MANY)]) == [MANY, MANY]


def test_evidence_is_shared_where_all_rest_on_it():
    both = [failing(n, evidence=(ANSWERS[0], ANSWERS[1 + n % 2])) for n in range(MANY)]
    (same,) = alike(both)
    assert same.evidence == (ANSWERS[0],)
    assert [same.own(f) for f in both[:2]] == [[ANSWERS[1]], [ANSWERS[2]]]


def test_rows_are_laid_out_some_at_a_time():
    assert [len(rows) for rows in in_rows(range(2 * ROWS + 1))] == [ROWS, ROWS, 1]


def told(page, found: Finding) -> tuple[set[str], set[str]]:
    """The words and the answers that the page gives for a finding: its own, and what its list shares."""
    element = page.get_element_by_id(anchor(found))
    parts = [element, *element.xpath("parent::details[@class='w']/summary")]
    shared = element.xpath("ancestor::*[@class='b']")
    for part in shared:
        parts += part.xpath("./*[not(self::ul or contains(@class, 'r'))]")
    words = {word for part in parts for word in WORD.findall(" ".join(part.itertext()))}
    links = {link for part in parts for link in part.xpath("descendant-or-self::a/@href") if link.startswith("#e")}
    return words, links


TEXT = {name: st.sampled_from(["", f"{name}-a", f"{name}-b", f"{name}-a"]) for name in ("seen", "wanted", "why", "do")}
SOURCES = st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=3, unique=True).map(tuple)
SUBJECTS = (
    *(move(f"{n:08x}{GUIDS[0][8:]}", f"web-{n}") for n in range(9)),
    *(replace(move(GUIDS[0], "x"), names=(HV01, GUIDS[0], end)) for end in (HV02, "hv12.branch.example")),
)


@st.composite
def crowds(draw: st.DrawFn) -> list[Finding]:
    """Findings of one check about many machines, of few texts, so that many share some."""
    status = draw(st.sampled_from([Status.FAIL, Status.UNKNOWN, Status.PASS]))
    made: list[Finding] = []
    for subject in draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, unique_by=lambda s: s.id)):
        seen, wanted, why, do = (draw(text) for text in TEXT.values())
        one = finding("VM-02", subject, status, seen, wanted=wanted, note=why, remedy=do)
        made.append(replace(one, evidence=draw(SOURCES)))
    return made


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_of_each_finding_all_is_told_and_nothing_of_another(crowd: list[Finding]):
    page = html.fromstring(render(build(crowd)))
    ordered = sorted({source for f in crowd for source in f.evidence}, key=lambda s: s.fact)
    number = {source: f"#e{n}" for n, source in enumerate(ordered, start=1)}
    for found in crowd:
        words, links = told(page, found)
        quiet = found.status is Status.PASS
        texts = [found.seen or found.note] if quiet else [found.seen, found.wanted, found.note, found.remedy]
        assert words == {text for text in texts if text}
        assert links == {number[source] for source in found.evidence}


def test_what_passed_on_many_destinations_is_said_once():
    ends = [HV02, HV11, "hv12.branch.example"]
    moves = [replace(move(GUIDS[0], "web"), names=(HV01, GUIDS[0], end), label=f"web on hv01 → {end}") for end in ends]
    found = [finding("VM-02", subject, Status.PASS, "web: 9.0") for subject in moves]
    page = html.fromstring(render(build([*found, finding("VM-06", machine(GUIDS[0], "web"), Status.PASS, "none")])))
    (shared,) = page.xpath("//section[@id='passed']//li[@class='b']")
    assert " ".join(shared.text_content().split()) == (
        "VM-02 Destination supports the configuration version: web: 9.0 1 → hv02 → hv11 → hv12"
    )


def test_lists_name_few_and_lead_to_the_others():
    routes = [route(HV01, f"hv{n}.branch.example") for n in range(20, 27)]
    found = [finding("DEL-01", subject, Status.FAIL, "x") for subject in routes]
    page = html.fromstring(render(build([*found, finding("ID-01", host(HV01), Status.PASS, "y")])))
    (row,) = page.xpath("//li[@id='host-hv01_corp_example']")
    assert "failed DEL-01 hv01 → hv20, hv01 → hv21, hv01 → hv22 and 4 more" in " ".join(row.text_content().split())
    assert row.xpath(".//a/@href")[-1] == f"#{anchor(found[3])}"


@pytest.mark.parametrize("remedy", ["", "Stop-VM 'x'"], ids=["no remedy", "one remedy"])
def test_ten_thousand_that_failed_alike_are_a_small_file(remedy):
    found = [failing(n, seen=f"web-{n:05}: 9.0", wanted="y" * 60, note="z" * 60, remedy=remedy) for n in range(10_000)]
    assert len(render(build(found)).encode()) < 5_000_000
