"""What many verdicts miss is written once; a file that would be too large leaves out texts, then goes on in others."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest
from lxml import etree

from reports.junit_bounded import FRAME, in_files, whole
from reports.junit_cases import Length
from reports.junit_report import _Suites, files, render  # pyright: ignore[reportPrivateUsage]
from scanner.words.model import Gap, GapReason, Status
from scanner.words.source import Source
from tests.reports.conftest import HV01, HV02, build, finding, host, route
from tests.reports.test_junit_report import assert_strict

QUERY = "Get-CimInstance -ClassName Win32_ComputerSystem"
LOST = Gap("ComputerSystem", HV01, GapReason.UNREACHABLE, "no answer on port 5986")
ASKED = (Source("ComputerSystem", HV01, "", QUERY),)
ENOUGH = 10**9
MANY = [f"X-{number:02}" for number in range(1, 41)]


def lacking(check: str, *lacks: Gap, subject=None, **words: object):
    words = {"note": str(LOST)} | words
    found = finding("DEL-01", subject or route(HV01, HV02), Status.UNKNOWN, lacks=lacks, **words)
    return replace(found, check=check, title="Cable is red", evidence=ASKED)


def silent():
    found = [lacking(check, LOST) for check in MANY]
    others = [
        finding("ID-01", host(HV02), Status.FAIL, seen="blue", wanted="red", remedy="Set-Colour red"),
        finding("NET-01", host(HV02), Status.WARN, seen="green", works="colours do not matter", note="grey"),
        finding("NET-02", host(HV02), Status.PASS),
    ]
    return build([*found, *others], gaps=(LOST,), routes=((HV01, HV02),))


def parsed(text: str):
    return etree.fromstring(text.encode())


def named(*roots):
    return [(c.get("classname"), c.get("name")) for c in chain.from_iterable(r.iter("testcase") for r in roots)]


def told(roots, outcome: str):
    return [o.get("message") for root in roots for o in root.iter(outcome)]


def test_how_it_was_asked_for_stands_once_and_cases_refer_to_it():
    root = parsed(render(silent()))
    (reached,) = root.xpath("//testcase[starts-with(@name, 'SCAN-000 Target')]/error")
    assert f"{LOST}; asked: {QUERY}" in reached.text
    assert render(silent()).count(QUERY) == 1
    found = root.xpath("//testcase[starts-with(@name, 'X-')]/error")
    assert len(found) == len(MANY)
    for case in found:
        assert case.get("message") == f"could not be judged: {LOST}"
        assert case.text == f"Subject: {HV01} → {HV02}\nNote: {LOST}\nSee: SCAN-000 of {HV01}"


def test_what_no_target_tells_is_told_by_the_case_itself():
    other = Gap("Trust", HV01, GapReason.UNREACHABLE)
    for lacks in ((other,), (LOST, other), ()):
        made = build([lacking("X-01", *lacks, subject=host(HV01))], gaps=(LOST,))
        (case,) = parsed(render(made)).xpath("//testcase[starts-with(@name, 'X-01')]/error")
        assert case.text.startswith("Check: X-01\n")


def test_a_remedy_of_an_open_verdict_stays():
    made = build([lacking("X-01", LOST, remedy="Start-Service x")], gaps=(LOST,))
    for length in Length:
        text = whole(lambda _, parts, length=length: _Suites(made).texts(length, parts), ENOUGH)
        (case,) = parsed(text).xpath("//testcase[starts-with(@name, 'X-')]/error")
        assert case.text.endswith("\nDo: Start-Service x")


@pytest.mark.parametrize("length", Length)
def test_however_short_it_is_valid_and_has_every_case_and_message(length):
    report = silent()
    long, short = parsed(render(report)), parsed(whole(lambda _, parts: _Suites(report).texts(length, parts), ENOUGH))
    assert_strict(short)
    assert named(short) == named(long)
    for outcome in ("failure", "error", "skipped"):
        assert told([short], outcome) == told([long], outcome) != []


def test_texts_go_in_their_order():
    texts = {length: "".join(_Suites(silent()).texts(length, False)) for length in Length}
    last_in = {
        "The move works because: colours do not matter": Length.WHOLE,
        f"Note: {LOST}": Length.NO_ASIDES,
        "Why: Host is joined": Length.NO_UNKNOWNS,
        "Do: Set-Colour red": Length.NO_REASONS,
    }
    for text, last in last_in.items():
        assert [length for length in Length if text in texts[length]] == [one for one in Length if one <= last]
    assert [len(text) for text in texts.values()] == sorted(map(len, texts.values()), reverse=True)


def test_a_file_says_what_was_left_out():
    size = len(render(silent()).encode())
    for limit, words in ((size + FRAME, "no"), (size - 300, "shortened, since it would be too large: warnings and")):
        ((text, more),) = files(silent(), limit)
        assert not more
        assert len(text.encode()) <= limit
        run = parsed(text)[0]
        assert run.xpath("string(properties/property[@name='shortened']/@value)").startswith(words)
        assert ("shortened" in run.findtext("system-out", "")) is (words != "no")


def test_what_is_still_too_large_goes_on_in_other_files():
    report = silent()
    limit = 4_000
    texts = list(files(report, limit))
    assert len(texts) > 1
    assert [more for _, more in texts] == [True] * (len(texts) - 1) + [False]
    roots = [parsed(text) for text, _ in texts]
    assert named(*roots) == named(parsed(render(report)))
    assert "it goes on in files beside this one" in roots[0][0].findtext("system-out", "")
    for place, (text, _) in enumerate(texts):
        assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
        assert (f"<!-- hv-preflight, part {place + 1} -->" in text) is (place > 0)
        assert text.isascii(), "else it takes twice the memory"
        assert len(text.encode()) <= limit or len(roots[place]) == 1, "only a suite that is never torn is larger"
    assert texts == list(files(silent(), limit)), "the same report gives the same files"


def test_suites_fill_a_file_to_its_limit():
    suites = ["a" * 100, "b" * 100, "c" * 1000, "d" * 100]
    found = [text for text, _ in in_files(lambda length, parts: suites, 400)]
    assert [sorted(set("abcd") & {line[0] for line in text.split("<testsuites>\n")[1]}) for text in found]
    assert ["".join(word for word in suites if word in text) for text in found] == [
        suites[0] + suites[1],
        suites[2],
        suites[3],
    ]
