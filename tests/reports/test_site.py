"""The pages of a history: every link leads somewhere, whatever things are called, and what is left out is said."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest

from reports import html_site
from reports.html_site import pages
from reports.site_estate import COLUMNS, ROWS
from reports.site_run import MOST, listed
from scanner.words.model import Severity, Status
from scanner.words.site import folder_of
from tests.history.pasts import FIRST, Past, found, nights, route, run
from tests.reports.conftest import HOSTILE
from tests.reports.sites import broken, parsed, targets
from tests.test_inert import commands
from tests.test_inert_commands import WORST

FILES = re.compile(r"index\.html|style-[0-9a-f]{12}\.css|e-[0-9a-f]{12}/(index|run-\d+)\.html")
BAD = f'{WORST} {HOSTILE} </a></title><b onclick="x"> javascript:alert(1) ../../etc "'


def hostile() -> Past:
    """Every text that targets or another program may have told is as bad as can be."""
    past = Past()
    for number in range(1, 4):
        findings = [
            found(BAD, BAD + str(n), status, name=BAD + str(n), title=BAD, seen=BAD * 20, waived=BAD, profile=BAD)
            for n, status in enumerate(Status)
        ]
        if number == 2:
            findings = [found(one.check, one.subject, Status.FAIL, name=one.name, title=BAD) for one in findings]
        routes = [route(BAD, BAD + str(number), BAD if number > 1 else "ready", profile=BAD, storage=True)]
        words = {"verdict": BAD, "version": BAD, "runner": BAD, "digest": BAD}
        past.add(run(number, **words), findings, routes)
    return past


def site(*estates) -> dict[str, str]:
    found = list(pages(estates))
    assert len(found) == len(dict(found)), "no page is written twice"
    return dict(found)


SITES = {
    "nothing": (),
    "no run": (Past().estate(),),
    "one run": (nights(1, 2).estate(),),
    "a month": (nights().estate(), nights(3, 3).estate("munich")),
    "hostile": (hostile().estate(BAD), Past().estate(BAD + "2"), hostile().estate("berlin", left_out=7)),
}


@pytest.fixture(scope="module", params=SITES)
def whole(request) -> dict[str, str]:
    return site(*SITES[request.param])


def test_every_link_leads_somewhere(whole):
    assert broken(whole) == []
    led = {target for path, page in whole.items() if path.endswith(".html") for target, _ in targets(path, page)}
    assert led | {"index.html"} == set(whole), "and every page can be reached"


def test_names_of_files_are_ours(whole):
    assert all(FILES.fullmatch(path) for path in whole)


def test_a_page_runs_nothing_and_asks_for_nothing(whole):
    for path, page in whole.items():
        if path.endswith(".css"):
            assert not re.search(r"url\(|@import|</", page)
            continue
        first = parsed(page).find("head")[0]
        assert first.get("http-equiv") == "Content-Security-Policy"
        policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
        assert first.get("content") == policy
        for element in parsed(page).iter():
            if isinstance(element.tag, str):
                assert element.tag not in ("script", "style", "iframe", "img", "form", "base", "object"), path
                assert not [name for name in element.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118


def test_pages_are_well_made(whole):
    for path, page in whole.items():
        if not path.endswith(".html"):
            continue
        tree = parsed(page)
        ids = [e.get("id") for e in tree.iter() if isinstance(e.tag, str) and e.get("id")]
        assert len(ids) == len(set(ids))
        assert tree.get("lang") == "en"
        assert len(tree.findall(".//h1")) == 1
        assert tree.find(".//title").text.strip()
        assert html_site.SITE_MARK in page[:200]
        for tag in ("div", "section", "ul", "ol", "table", "p", "a", "span", "bdi", "details"):
            assert len(re.findall(rf"<{tag}[ >]", page)) == page.count(f"</{tag}>"), (path, tag)


def test_hostile_text_is_text_and_no_command():
    for path, page in site(*SITES["hostile"]).items():
        assert not list(commands(page)), path
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "<b onclick" not in page
        assert "<script" not in page
        page.encode("utf-8")  # no half of a character


def rewritten(old: dict[str, str], new: list[tuple[str, str]]):
    """What stands in the folder after each file that a second run writes."""
    there = dict(old)
    for path, page in new:
        there[path] = page
        yield path, dict(there)


def test_a_site_that_is_written_halfway_leads_nowhere_that_is_not_there():
    """A kill between any two files; links are looked at once every page has changed, and at all ends."""
    past = nights(6, 3)
    old = site(past.estate())
    later = nights(9, 3)
    later.runs = later.runs[:6]  # the first three are forgotten
    new = list(pages([later.estate(), nights(2, 2).estate("munich")]))
    assert new[-1][0] == "index.html"
    for path, there in rewritten(old, new):
        assert broken_from(there, "index.html") == [], path
    kept = {path: page for path, page in there.items() if path in dict(new)}
    assert broken(kept) == [], "once what is forgotten is removed"


def broken_from(there: dict[str, str], start: str) -> list[str]:
    """What is broken for somebody who begins there and follows every link."""
    seen, left = set(), [start]
    while left:
        path = left.pop()
        if path in seen or not path.endswith(".html") or path not in there:
            continue
        seen.add(path)
        left += [target for target, _ in targets(path, there[path])]
    return broken({path: page for path, page in there.items() if path in seen or not path.endswith(".html")})


# ---- what the pages say


def text(page: str) -> str:
    return re.sub(r" (?=[.,;:])", "", " ".join(" ".join(parsed(page).find("body").itertext()).split()))


def of(estate, name: str) -> str:
    return site(estate)[f"{folder_of(estate.name)}/{name}"]


def test_the_index_tells_of_each_estate_how_it_stands():
    past = Past()
    past.add(run(1, "not ready"), [found("LM-01", "hv01")])
    past.add(run(2, until=FIRST + timedelta(days=9)), [found("LM-01", "hv01", waived="team 2026-12-20")])
    past.add(run(3, "incomplete", chosen=True))
    index = site(past.estate("corp & sons"))["index.html"]
    assert "Ready, 1 waived until 2026-11-10 04:00 UTC · read 2026-11-02 04:00 UTC · 1 failed" in text(index)
    cells = [cell.text for cell in parsed(index).findall(".//ol//i")]
    assert cells == ["i", "R", "N"], "the newest first, a part of the estate as a small letter"
    words = [cell.get("title") for cell in parsed(index).findall(".//ol//a")]
    assert words[0] == "2026-11-03 04:00 UTC, incomplete, as far as chosen"
    assert words[1:] == ["2026-11-02 04:00 UTC, ready, 1 waived", "2026-11-01 04:00 UTC, not ready"]


def test_a_run_tells_what_changed_with_it():
    past = Past()
    before = [found("A-01", "x"), found("B-01", "x", Status.PASS), found("C-01", "x", Status.PASS), found("D-01", "x")]
    now = [found("A-01", "x", Status.PASS), found("B-01", "x"), found("C-01", "x", Status.UNKNOWN), found("D-01", "x")]
    past.add(run(1, "not ready"), before, [route("hv01", "hv02", "not ready")])
    past.add(run(2, "incomplete"), now, [route("hv01", "hv02", "incomplete"), route("hv02", "hv01")])
    page = text(of(past.estate(), "run-2.html"))
    assert "Held against the run of 2026-11-01 04:00 UTC; 1 finding still fails or is unknown." in page
    for words in (
        "New 1 B-01 x high passed → failed · B-01 holds",
        "Mended 1 A-01 x high failed → passed",
        "No longer judged 1 C-01 x high passed → unknown",
        "Routes that turned 2 hv01 → hv02 live migration: not ready → incomplete hv02 → hv01",
        "Routes 1 incomplete, 1 ready. hv01 → hv02 live migration: incomplete",
        "Failed 2",
        "Unknown 1 C-01 x high",
        "Not listed: 1 passed.",
    ):
        assert words in page
    first = text(of(past.estate(), "run-1.html"))
    assert "No earlier run is kept that it could be held against." in first
    assert "Its record is not kept: this page is what the history has of it." in first


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"chosen": True}, "A part of the estate was chosen: it is held against no other run"),
        ({"interrupted": True}, "It was ended early: it is held against no other run"),
    ],
)
def test_a_run_that_is_no_whole_one_says_so(words, said):
    past = Past()
    past.add(run(1), [found("A-01", "x", Status.PASS)])
    past.add(run(2, "not ready", **words), [found("A-01", "x")])
    past_page = text(of(past.estate(), "run-2.html"))
    assert past_page.count(said) == 2
    assert "Held against the run" not in past_page
    page = text(of(past.estate(), "index.html"))
    assert "A later run, 2026-11-02 04:00 UTC, judged less than there is" in page
    assert page.index("Ready") < page.index("A later run")


@pytest.mark.parametrize(
    ("reports", "has", "said"),
    [
        ({2}, True, "The whole report: judged again from the record of this run, by the checks of today."),
        ((), True, "Its record is kept; its whole report is not among these pages."),
        ((), False, "Its record is not kept"),
    ],
)
def test_a_run_says_where_its_report_is(reports, has, said):
    past = Past()
    past.add(run(1))
    past.add(run(2, has_record=has))
    made = site(past.estate(reports=frozenset(reports)))
    folder = folder_of("berlin")
    assert said in text(made[f"{folder}/run-2.html"])
    led = {target for path, page in made.items() if path.endswith(".html") for target, _ in targets(path, page)}
    assert (f"{folder}/report-2.html" in led) == bool(reports)
    assert f"{folder}/report-1.html" not in led


def test_the_failures_that_stand_longest_come_first_and_say_since_when():
    past = Past()
    old, young, fresh = found("Z-01", "x"), found("A-01", "y"), found("B-01", "y", severity=Severity.CRITICAL)
    past.add(run(1), [old, found("A-01", "y", Status.PASS)])
    past.add(run(2), [old, young])
    past.add(run(3), [old, young, fresh])
    page = text(of(past.estate(), "index.html"))
    part = page[page.index("stand longest") : page.index("What is waived")]
    order = [part.index(words) for words in (
        "Z-01 x high Z-01 holds · since 2026-11-01 04:00 UTC or earlier", "A-01 y high A-01 holds · since 2026-11-02",
        "B-01 y critical B-01 holds · since 2026-11-03 04:00 UTC",
    )]  # fmt: skip
    assert order == sorted(order)
    assert part.count("or earlier") == 1


def test_what_is_waived_is_listed_until_when_and_by_whom():
    past = Past()
    past.add(run(1), [found("NET-01", "hv02", waived="network team 2026-12-20"), found("LM-01", "hv02")])
    page = text(of(past.estate(), "index.html"))
    assert "What is waived NET-01 hv02 failed · high by network team until 2026-12-20 Runs" in page


def test_routes_over_time_are_told_by_letters_beside_colours():
    past = Past()
    for number, verdict in enumerate(["ready", "not ready", "incomplete", "not ready"], 1):
        routes = [
            route("hv01.corp.example", "hv02.corp.example", verdict),
            route("hv01.corp.example", "hv02.b.example"),
        ]
        past.add(run(number, verdict), (), routes[: 1 if number == 1 else 2])
    tree = parsed(of(past.estate(), "index.html"))
    rows = [[cell.text_content() for cell in row] for row in tree.findall(".//table[@class='grid']/tbody/tr")]
    assert rows == [
        ["hv01 → hv02.corp.example turned 3×", "N", "I", "N", "R"],
        ["hv01 → hv02.b.example", "R", "R", "R", "·"],
    ]
    heads = [head.text_content() for head in tree.findall(".//table[@class='grid']/thead/tr/th")]
    assert heads == ["Route", "11-04 04:00", "11-03 04:00", "11-02 04:00", "11-01 04:00"]
    shapes = {cell.get("class") for cell in tree.findall(".//table[@class='grid']//i")}
    assert shapes == {"m fail", "m unknown", "m pass", "m none"}


def test_routes_that_were_ready_throughout_are_closed():
    past = Past()
    past.add(run(1), (), [route("a", "b"), route("a", "c")])
    past.add(run(2), (), [route("a", "b"), route("a", "c", "not ready")])
    page = of(past.estate(), "index.html")
    assert "1 route ready in all these runs" in page
    closed = parsed(page).find(".//details").text_content()
    assert "a → b" in closed
    assert "a → c" not in closed


def test_lists_end_and_say_how_many_are_left_out():
    short = listed("x", list(range(MOST + 1)))
    assert (len(short.rows), short.more) == (MOST + 1, 0), "one more is shown rather than counted"
    long = listed("x", list(range(MOST + 2)))
    assert (len(long.rows), long.more, long.size) == (MOST, 2, MOST + 2)


def test_a_year_of_200_routes_stays_small():
    past = Past()
    failing = [found("LM-01", f"hv{n:03}", seen="192.168.10.5/24 in clear text " * 60) for n in range(150)]
    for number in range(1, 401):
        verdicts = ("ready", "not ready", "incomplete")
        routes = [route(f"hv{n:03}.corp.example", "hv999.corp.example", verdicts[(number + n) % 3]) for n in range(210)]
        past.add(run(number, "not ready"), failing, routes)
    folder, sizes = folder_of("berlin"), {}
    for path, page in pages([past.estate(left_out=3)]):
        sizes[path] = len(page)
        if path == f"{folder}/index.html":
            index = text(page)
        if path == f"{folder}/run-400.html":
            last = text(page)
    assert len(sizes) == 403
    assert max(sizes.values()) < 1_000_000
    assert sum(sizes.values()) < 60_000_000
    assert f"{400 - COLUMNS} earlier runs left out" in index
    assert f"{210 - ROWS} more routes left out: hv-preflight history tells all." in index
    assert "125 more failures left out" in index
    assert "340 earlier runs" in index
    assert "3 still earlier runs left out" in index
    assert f"{150 - MOST} more findings left out" in last


def test_the_style_is_named_by_its_hash_and_is_that_of_the_reports():
    made = site()
    (name,) = [path for path in made if path.endswith(".css")]
    css = made[name]
    assert html_site.asset("report.css") in css
    assert hashlib.sha256(css.split("*/\n", 1)[1].encode()).hexdigest()[:12] in name
