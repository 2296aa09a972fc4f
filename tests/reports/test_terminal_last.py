"""What stays on a screen of 24 lines: never more than twenty, every number right, and what gives way stands above."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from reports.terminal import render
from reports.terminal_last import ACTIONS, LINES, Part
from reports.terminal_room import fitted, within
from scanner.judge.actions import actions_of
from scanner.words.actions import Action, Reach
from scanner.words.lost import Lost
from scanner.words.model import Status
from scanner.words.report import AS_FAR, Report
from scanner.words.source import NOBODY, TargetInfo
from scanner.words.wording import READABLE
from tests.reports.conftest import HOSTILE, HV01, HV11, SILENT, build, finding, host, route
from tests.reports.strategies import reports

WIDTHS = (80, 110, 200)
NAMES = st.sampled_from([HV01, HV11, HOSTILE, "h" * 300, "\n" * 30, "##vso[x]"])
TEXTS = NAMES | st.text(st.characters(exclude_categories=()), max_size=400)
REACH = Reach(waiting=2, alone=1, frees=1, together=1, of=4)


def last(report: Report, width: int = 80, part: Part = Part.LAST) -> list[str]:
    return render(report, width=width, part=part).splitlines()


@st.composite
def full(draw: st.DrawFn) -> Report:
    """Reports with as much to say beside their verdicts as can be."""
    made = draw(reports())
    many = st.integers(0, 30)
    targets = [
        TargetInfo(
            name=f"{draw(NAMES)}{n}", kind=draw(st.sampled_from(["domain", "host"])), unverified=draw(st.booleans())
        )
        for n in range(draw(many))
    ]
    actions = [
        Action(words=draw(TEXTS), about=(draw(NAMES),), reach=REACH, check="A-01", who=draw(NAMES), findings=())
        for _ in range(draw(many))
    ]
    lost = [
        Lost(targets=(draw(NAMES),), cause=draw(TEXTS), kind="", advice=draw(TEXTS), verdicts=n, checks=(), gaps=())
        for n in range(draw(many))
    ]
    return replace(
        made,
        targets=tuple(targets),
        actions=tuple(actions),
        lost=tuple(lost),
        accepted=tuple(draw(TEXTS) for _ in range(draw(many))),
        besides=tuple(draw(TEXTS) for _ in range(draw(many))),
        chosen=tuple(draw(TEXTS) for _ in range(draw(st.integers(0, 2)))),
    )


@given(full(), st.sampled_from(WIDTHS), st.sampled_from(Part))
def test_no_report_takes_more_lines_and_none_is_wider(report: Report, width: int, part: Part):
    shown = last(report, width)
    assert len(shown) <= LINES
    assert [
        line
        for line in shown
        if cell_len(line) > width or not line.translate(dict.fromkeys(map(ord, READABLE))).isprintable()
    ] == []
    every = " ".join(" ".join(shown).split())
    assert NOBODY in every or not report.nobody_read
    assert "certificates were NOT verified" in every or not report.unverified
    assert AS_FAR in every or not report.chosen
    moves = {state.verdict for one in report.routes for state in one.profiles}
    for verdicts in ({state.verdict for state in report.readiness}, moves) if report.routes else ():
        if all(verdict.upper() in every for verdict in verdicts):
            break
    else:
        assert not report.routes, "neither the kinds of move nor the moves"
    assert report.routes or report.verdict.upper() in every
    assert ("INTERRUPTED" in every) == (report.verdict == "interrupted")
    whole = render(report, width=width, part=part).splitlines()
    assert whole[-len(shown) :] == shown or (part is not Part.LAST and len(whole) >= len(shown))


def estate(number: int, *found, **words) -> Report:
    """So many routes to hv11 of which the first is stopped."""
    routes = [(f"hv{n:02}.corp.example", HV11) for n in range(20, 20 + number)]
    stopped = finding("DEL-01", route(*routes[0]), Status.FAIL, "x", remedy="Join the host to the domain.")
    made = build([stopped, finding("ID-01", host(HV11), Status.PASS, ""), *found], routes=routes, **words)
    return replace(made, actions=actions_of(made))


def test_every_move_is_there_where_there_is_room_and_above_where_not():
    few, many = estate(10), estate(20)
    kinds = "live migration   NOT READY   19 of 20 moves ready, 1 blocker"
    assert last(few)[0] == "live migration   NOT READY   hv20 → hv11   1 blocker"
    assert sum("→ hv11" in line for line in last(few) if not line.startswith("1 ")) == 10
    assert last(few) == last(few, part=Part.ALL)[-len(last(few)) :]
    shown = last(many)
    assert shown[0] == kinds
    assert not any("hv21" in line for line in shown)
    whole = last(many, part=Part.ALL)
    assert whole[0] == "live migration   NOT READY   hv20 → hv11   1 blocker"
    assert whole[1] == "                 READY       hv21 → hv11"
    assert kinds in whole[-LINES:]


def test_an_interrupted_run_says_so_first():
    shown = last(estate(30, interrupted=True))
    assert shown[0].startswith("INTERRUPTED   The run was ended early")
    assert shown[1].startswith("live migration   NOT READY")


def action(number: int, words: str) -> Action:
    return Action(check=f"A-{number:02}", who="host", words=words, about=(HV01,), findings=(), reach=REACH)


def doing(report: Report) -> list[str]:
    shown = last(report)
    return shown[shown.index("What to do first:") + 1 :]


@pytest.mark.parametrize(
    ("moves", "told", "whole"),
    [(1, 3, True), (60, 3, True), (60, 3, False), (60, 1, False)],
)
def test_what_to_do_is_shortened_before_it_is_fewer(moves: int, told: int, whole: bool):
    words = "Do this." if whole else f"Do this {'and that ' * 12}."
    crowded = {"accepted": [f"accepted {n}" for n in range(9)], "besides": [f"besides {n}" for n in range(9)]}
    lost = [Lost(kind="", cause=f"c{n}", advice="", targets=(HV01,), verdicts=9, checks=()) for n in range(9)]
    made = estate(moves, **({"lost": lost} if not whole else {}), **(crowded if told == 1 else {}))
    made = replace(made, actions=tuple(action(n, words) for n in range(1, 9)))
    shown = doing(made)
    assert [line[:2] for line in shown[:told]] == [f"{n + 1} " for n in range(told)]
    assert all(("(frees" in line) == whole for line in shown[:told])
    assert shown[told] == f"  … and {8 - told} more: the HTML and the JSON report list them." or told == 1
    assert told <= ACTIONS


def lost_of(number: int) -> list[Lost]:
    return [
        Lost(kind="", cause=f"cause {n}", advice=f"Mend {n}.", targets=(HV01,), verdicts=90 - n, checks=("ID-01",))
        for n in range(number)
    ]


def test_causes_are_told_with_what_to_do_where_there_is_room():
    shown = last(replace(estate(1), lost=tuple(lost_of(2)), actions=()))
    at = shown.index("Not judged, and why:")
    assert shown[at + 1 : at + 5] == [
        "? hv01.corp.example   costs 90 verdicts   cause 0", "  do  Mend 0.",
        "? hv01.corp.example   costs 89 verdicts   cause 1", "  do  Mend 1.",
    ]  # fmt: skip
    many = last(replace(estate(60), lost=tuple(lost_of(7))), part=Part.ALL)
    assert "  … and 4 more: above." in many
    assert "  … and 4 more: in the report without --summary." in last(replace(estate(60), lost=tuple(lost_of(7))))
    assert sum("cause 6" in line for line in many) == 1


def test_what_gives_way_stands_whole_above_and_is_counted():
    domains = [TargetInfo(name=f"d{n}.example", kind="domain") for n in range(30)]
    gaps = [replace(SILENT, target=one.name) for one in domains]
    blind = TargetInfo(name=HV01, kind="host", answered=3, unverified=True)
    made = replace(estate(5), targets=(*domains, blind), gaps=tuple(gaps))
    ends, whole = last(made), last(made, part=Part.ALL)
    assert any(line.startswith("! certificates were NOT verified (verify = false)") for line in ends)
    assert "  … and 28 more: above." in whole[-LINES:]
    for one in domains:
        assert sum(f"domain {one.name} was not read" in line for line in whole[:-LINES]) == 1


def test_the_numbers_are_those_of_the_report():
    made = estate(60)
    text = " ".join(last(made))
    assert "2 checks on" in text
    assert "60 routes" in text
    assert "1 passed · 1 failed" in text
    assert "59 of 60 moves ready, 1 blocker" in text


def lines(number: int) -> list[Text]:
    return [Text(str(number))] * number


@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), min_size=1, max_size=6), st.integers(0, 24))
def test_parts_keep_within_the_room_and_none_gives_way_for_one_that_is_needed_less(sizes, room):
    parts = [[lines(size) for size in sorted(one, reverse=True)] for one in sizes]
    taken = [len(one) for one in fitted(parts, room)]
    assert sum(taken) <= room
    shortest = [len(one[-1]) for one in parts]
    if sum(shortest) <= room:
        assert all(here >= least for here, least in zip(taken, shortest, strict=True))
    for place, one in enumerate(parts):
        longer = [len(choice) for choice in one if len(choice) > taken[place]]
        assert all(sum(taken) - taken[place] + more > room for more in longer), "no room is left unused"


def test_a_text_within_so_many_lines_shows_where_it_was_cut():
    console = Console(width=40)
    assert [one.plain for one in within(2, Text("! "), Text("a " * 10), console)] == ["! " + "a " * 9 + "a"]
    cut = within(2, Text("! "), Text("word " * 30), console)
    assert len(cut) == 2
    assert cut[1].plain.endswith("…")
    assert max(one.cell_len for one in cut) <= 40
