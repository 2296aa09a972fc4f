"""The pictures of the page: they read without style, say what the table beside them says, and stay within bounds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from lxml import html

from reports.drawing import fit, width_of
from reports.drawn_pairs import starred
from reports.html_report import render
from reports.pictured import DELEGATION, WAYS, Words
from reports.pictured_arrows import ROWS
from scanner.facts.delegation import MIGRATION
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress
from scanner.judge import scopes
from scanner.words.model import Status
from scanner.words.pictures import (
    Account,
    Arrow,
    Arrows,
    Clouds,
    CloudSide,
    Delegation,
    Mark,
    PairOfClouds,
    Pictures,
    VmmServerSeen,
)  # fmt: skip
from scanner.words.report import Report
from tests.drawn_estates import A, B, address, drawn, finding, host, many, module, on, planned, subnet
from tests.reports.conftest import HOSTILE, build

PASS, FAIL, WARN, UNKNOWN = Status.PASS, Status.FAIL, Status.WARN, Status.UNKNOWN


def said(element) -> str:
    return " ".join(element.text_content().split())


def arrows_of(page, place: str) -> list[str]:
    """What the titles of a picture's arrows say."""
    titles = page.xpath(f"//section[@id='{place}']//*[local-name()='g'][contains(@class, 'arrow')]/title")
    return [line for title in titles for line in title.text.split("\n")]


def rows_of(page, place: str, words: Words) -> list[str]:
    """What a table says, in the words of titles."""
    (table,) = page.xpath(f"//section[@id='{place}']//table[thead/tr/th='From' and thead/tr/th='To']")
    whats = [said(th) for th in table.xpath("./thead//th")[2:]]
    found: list[str] = []
    for row in table.xpath("./tbody/tr"):
        cells = [said(cell) for cell in row]
        to, _, back = cells[1].partition(" no move is planned in this direction")
        about = " (no move is planned in this direction)" if "no move is planned" in cells[1] else ""
        assert back == ""
        for what, cell, element in zip(whats, cells[2:], row[2:], strict=True):
            if cell != "–":
                found.append(f"{cells[0]} → {to}: {what}, {said(element.find('b'))}{about}")
    assert found or words
    return found


@pytest.fixture(scope="module")
def five() -> Report:
    return many(5)


@pytest.fixture(scope="module")
def page(five: Report):
    return html.fromstring(render(five))


@pytest.mark.parametrize(("place", "words"), [("networks", WAYS), ("delegation", DELEGATION)])
def test_table_and_picture_say_the_same_arrows_and_states(place, words):
    page = html.fromstring(render(many(3)))
    rows = rows_of(page, place, words)
    assert len(rows) >= 6
    assert Counter(arrows_of(page, place)) == Counter(rows)


def test_networks_of_the_picture_are_those_of_the_table(page):
    marks = page.xpath("//section[@id='networks']//*[local-name()='g'][starts-with(@class, 'place')]/title/text()")
    assert "hv01 in 10.20.0.0/24: takes migrations there; 10.20.0.1" in marks
    assert "hv03 in 192.168.9.0/24: has an address there alone; 192.168.9.3" in marks
    text = said(page.get_element_by_id("networks"))
    assert "192.168.9.0/24not trusted" in text
    heads = page.xpath("//*[local-name()='g'][starts-with(@class, 'net ')]/title/text()")
    assert heads[:3] == ["10.20.0.0/24: trusted", "192.168.9.0/24: not trusted", "10.77.1.0/24: not declared"]
    (row,) = page.xpath("//section[@id='networks']//table[thead/tr/th='Host']/tbody/tr[th='hv03']")
    assert [said(td) for td in row][:3] == [
        "hv03",
        "10.20.0.0/24: 10.20.0.3",
        "10.77.3.0/24: 10.77.3.1, 192.168.9.0/24: 192.168.9.3",
    ]


def one_arrow(status: Status | None, there: bool | None, *, ends: bool = True) -> Report:
    made = Arrow(source=A, target=B, what="cifs", there=there, told="read", planned=ends, mark=Mark(status=status))
    found = Delegation(accounts=(Account(name=A), Account(name=B)), arrows=Arrows(drawn=(made,)))
    return replace(build([]), pictures=Pictures(delegation=found))


@pytest.mark.parametrize(
    ("status", "there", "letter", "dash", "word"),
    [
        (PASS, True, "P", None, "allowed"),
        (FAIL, False, "F", "7 4", "missing"),
        (FAIL, True, "F", None, "there, and does not work"),
        (WARN, True, "W", None, "warning"),
        (WARN, False, "W", "7 4", "missing, a warning"),
        (WARN, None, "W", "2 4", "not known, a warning"),
        (UNKNOWN, None, "?", "2 4", "not known"),
        (Status.ERROR, None, "E", "2 4", "the check failed"),
        (Status.NOT_APPLICABLE, None, "–", "2 4", "does not apply"),
        (Status.NOT_APPLICABLE, False, "–", "7 4", "does not apply"),
        (None, None, "·", "2 4", "not known"),
        (None, False, "·", "7 4", "not there"),
        (None, True, "·", None, "there"),
    ],
)
def test_a_state_is_told_by_line_letter_and_words(status, there, letter, dash, word):
    page = html.fromstring(render(one_arrow(status, there)))
    (group,) = page.xpath("//*[local-name()='g'][contains(@class, 'arrow')]")
    assert group.xpath("./*[local-name()='path']")[0].get("stroke-dasharray") == dash
    texts = [text.text for text in group.xpath("./*[local-name()='text']")]
    assert texts == [letter, f"cifs: {word}"]
    assert rows_of(page, "delegation", DELEGATION) == [f"hv01.corp.example → hv02.corp.example: cifs, {word}"]


def test_a_direction_that_nobody_plans_says_so():
    page = html.fromstring(render(one_arrow(None, there=False, ends=False)))
    assert arrows_of(page, "delegation") == rows_of(page, "delegation", DELEGATION)
    assert arrows_of(page, "delegation")[0].endswith("not there (no move is planned in this direction)")


def test_a_picture_has_a_name_and_a_description_and_a_table_with_heads(page):
    pictures = page.xpath("//*[local-name()='svg'][@role='img']")
    assert len(pictures) == 3
    for svg in pictures:
        title, desc = (page.get_element_by_id(name) for name in svg.get("aria-labelledby").split())
        assert said(title)
        assert said(desc)
        region = svg.getparent()
        assert (region.get("role"), region.get("tabindex"), region.get("aria-label")) == ("region", "0", said(title))
    for table in page.xpath("//table[@class='told']"):
        assert said(table.find("caption"))
        assert {th.get("scope") for th in table.xpath("./thead//th")} == {"col"}
        assert {row[0].get("scope") for row in table.xpath("./tbody/tr")} == {"row"}


def test_nothing_needs_style_and_no_id_is_there_twice(page):
    assert not page.xpath("//@style")
    assert set(Counter(page.xpath("//@id")).values()) == {1}
    assert not page.xpath("//*[local-name()='svg']//*[starts-with(name(@*), 'on')]")
    links = page.xpath("//section[@id='networks' or @id='delegation']//a/@href")
    assert links
    ids = set(page.xpath("//@id"))
    assert {link[1:] for link in links} <= ids


def hostile() -> Report:
    mark = Mark(status=FAIL, by=(("DEL-01", HOSTILE),), said=HOSTILE)
    made = Arrow(source=HOSTILE, target="W" * 5000, what=HOSTILE, there=False, told=HOSTILE, mark=mark)
    side = CloudSide(server=HOSTILE, name=HOSTILE, there=True, groups=(HOSTILE,) * 3, hosts=(HOSTILE,) * 9)
    pair = PairOfClouds(
        source=side, target=replace(side, hosts=None), mark=mark, networks=Arrows(drawn=(made,)), unread=HOSTILE
    )
    return replace(
        build([]),
        pictures=Pictures(
            delegation=Delegation(
                accounts=(Account(name=HOSTILE, unread=HOSTILE, mark=mark),), arrows=Arrows(drawn=(made,))
            ),
            clouds=Clouds(
                servers=(VmmServerSeen(name=HOSTILE, mark=mark, unread=HOSTILE),), pairs=(pair,), others=(side,)
            ),
        ),
    )


def test_what_a_target_is_called_acts_nowhere_and_is_cut_in_the_picture_alone():
    text = render(hostile())
    page = html.fromstring(text)
    assert "<script>alert" not in text
    assert len(page.xpath("//script")) == 1
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]", text)
    assert all(len(node) < 120 for node in page.xpath("//*[local-name()='svg']//*[local-name()='text']/text()"))
    assert len(text) < 100_000
    assert "W" * 60 in said(page.get_element_by_id("delegation"))


def test_of_many_hosts_that_are_good_no_picture_is_drawn_and_of_bad_ones_the_first():
    good, bad = (html.fromstring(render(many(44, good=good))) for good in (True, False))
    assert not good.xpath("//*[local-name()='svg'][@role='img']")
    assert "nothing is wrong with any" in said(good.get_element_by_id("delegation"))
    for place in ("networks", "delegation"):
        section = bad.get_element_by_id(place)
        right = [
            box
            for box in section.xpath(".//*[local-name()='g']/*[local-name()='rect'][@width='190']")
            if int(box.get("x")) > 500
        ]
        assert 0 < len(right) <= ROWS
        assert "Of these it has the first 24 rows" in said(section)
        assert "The table leaves out 746 more pairs, none worse than these" in said(section)
        (table,) = section.xpath(".//table[thead/tr/th='From']")
        assert len(table.xpath("./tbody/tr")) <= 400


def test_many_that_stand_alike_are_one_box():
    found = [on("DEL-01", host(1), host(n), PASS) for n in range(2, 14)]
    found[5] = on("DEL-01", host(1), host(7), FAIL)
    report = drawn({}, planned(*((host(1), host(n)) for n in range(2, 14))), *found)
    page = html.fromstring(render(report))
    boxes = page.xpath("//section[@id='delegation']//*[local-name()='g'][starts-with(@class, 'box')]/title/text()")
    assert [box.split(",")[0] for box in boxes] == ["hv01", "hv02", "hv07"]
    assert boxes[1].count("hv") == 11
    assert "The same of each of 11 hosts, as of the first:" in arrows_of(page, "delegation")


def test_a_host_whose_networks_are_not_known_is_drawn_so():
    facts = {
        (IPAddress, A): [address("10.20.0.1")],
        (VMHost, A): [module()],
        (MigrationNetwork, A): [subnet("10.20.0.0")],
    }
    report = drawn(facts, planned((A, B), (B, A)), finding("LM-08", scopes.HOST, (B,), UNKNOWN, "unreachable"))
    page = html.fromstring(render(report))
    section = page.get_element_by_id("networks")
    assert "? networks not known" in said(section)
    (row,) = [tr for tr in section.xpath(".//table[1]/tbody/tr") if said(tr[0]) == "hv02"]
    assert "IPAddress" in said(row)
    assert "unknown" in said(row)


def test_without_pictures_there_is_nothing_to_draw():
    page = html.fromstring(render(build([])))
    assert not page.xpath("//*[local-name()='svg'][@role='img']")
    assert "no route is planned" in said(page.get_element_by_id("networks"))
    assert not page.xpath("//section[@id='delegation' or @id='clouds']")


def test_clouds_say_what_is_paired_mapped_and_missing():
    source = CloudSide(server=A, name="Primary", there=True, groups=("All Hosts\\P",), hosts=(B,))
    goals = (("Production", "Standby", True, None), ("Test", "", False, WARN), ("Dark", "Night", None, UNKNOWN))
    networks = Arrows(
        drawn=tuple(
            Arrow(source=one, target=to, what="network", there=there, told=f"told {one}", mark=Mark(status=status))
            for one, to, there, status in goals
        )
    )
    pair = PairOfClouds(
        source=source, target=CloudSide(server=A, name="Gone", there=False), mark=Mark(status=FAIL), networks=networks
    )
    found = Clouds(servers=(VmmServerSeen(name=A, unread="no answer"),), pairs=(pair,))
    page = html.fromstring(render(replace(build([]), pictures=Pictures(clouds=found))))
    titles = arrows_of(page, "clouds")
    assert titles[0] == "Primary → Gone: the pair does not work"
    assert sorted(titles[1:]) == sorted([
        "Production → Standby: told Production", "Test is mapped to nothing: told Test", "Dark → Night ?: told Dark",
    ])  # fmt: skip
    text = said(page.get_element_by_id("clouds"))
    for words in ("VMM lists no such cloud", "→ Standby: told Production", "the pair does not work", "no answer"):
        assert words in text


@pytest.mark.parametrize("text", ["W" * 90, "i" * 90, "漢字" * 40, "a" * 10, "é̂" * 60, ""])
def test_a_text_fits_into_its_room(text):
    cut = fit(text, 170)
    assert width_of(cut) <= 170 + 12
    assert cut == text or cut.endswith("…")


def test_who_is_in_most_pairs_stands_on_the_left():
    assert starred([("a", "hub"), ("b", "hub"), ("c", "d"), ("c", "hub")]) == [
        ("hub", ["a", "b", "c"]),
        ("c", ["d"]),
    ]
    assert starred([("a", "b")]) == [("a", ["b"])]


def test_titles_are_of_the_whole_service_name():
    report = drawn({}, planned((A, B)), on("DEL-01", A, B, FAIL))
    (line, *_) = arrows_of(html.fromstring(render(report)), "delegation")
    assert line == f"hv01 → hv02: {MIGRATION}, missing"
