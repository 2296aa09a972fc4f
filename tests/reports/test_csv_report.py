"""The table for a change board, as the csv module reads it back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from reports.csv_report import RUN, render
from reports.finding_rows import HEAD
from scanner.words.model import Status
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from scanner.words.waivers import Waiver
from tests.reports.conftest import HV01, HV11, build, finding, findings, host, route
from tests.reports.strategies import reports

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def read(report: Report) -> list[dict[str, str]]:
    """Its rows by the words of the head, as Excel reads them: a mark at the beginning says that it is UTF-8."""
    octets = render(report).encode()
    assert octets.startswith(b"\xef\xbb\xbf")
    table = csv.DictReader(io.StringIO(octets.decode("utf-8-sig"), newline=""), strict=True)
    rows = list(table)
    assert table.fieldnames == list(HEAD)
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def found(report: Report) -> list[dict[str, str]]:
    return [row for row in read(report) if row["Check"] != RUN]


@given(reports())
def test_every_finding_is_a_row_worst_first(report: Report) -> None:
    told = [(row["Status"], row["Severity"], row["Check"], row["Subject id"]) for row in found(report)]
    assert told == [(f.status, f.severity.word, f.check, f.subject.id) for f in report.findings]
    assert {row["Stops a move"] for row in found(report)} <= {"yes", "no", "not known"}


def test_a_row_says_what_a_board_asks() -> None:
    waiver = Waiver("ID-01", HV11, "cable is ordered", "network team", date(2027, 1, 31))
    first = finding(
        "DEL-01", route(HV01, HV11), Status.FAIL, "cifs", wanted="service", remedy="A `\n  -B", who="directory"
    )
    second = finding("ID-01", host(HV11), Status.FAIL, waiver=waiver, follows_from=(("DEL-01", first.subject.id),))
    row, other = found(build([first, second]))
    assert row["What is"] == first.headline
    assert row["Kinds of move"] == "live migration"
    assert row["Stops a move"] == "yes"
    assert (row["Who"], row["Seen"], row["Wanted"]) == ("directory", "cifs", "service")
    assert row["Do"] == "A ` ⏎ -B"
    assert (other["Waiver"], other["Waiver's owner"], other["Waived until"]) == (
        "waived: cable is ordered", "network team", "2027-01-31",
    )  # fmt: skip
    assert other["Stops a move"] == "no"
    assert other["Follows from"].startswith("DEL-01 of hv01")


@pytest.mark.parametrize(
    "text",
    [*(f"{sign}cmd|'/C calc'!A0" for sign in SIGNS), '"=1+1', "'=1", ' "+1', "\n=1", "\x00=1", "“@x", "\ufeff=1"],
)
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = found(build([finding("DEL-01", route(HV01, HV11), Status.FAIL, text, wanted=text, remedy=text)]))
    for cell in row.values():
        assert not cell.lstrip("\"' \t\r\n").startswith(SIGNS) or cell.startswith("'")
        assert not cell.startswith(SIGNS)


@pytest.mark.parametrize("text", ["a;=1+1", 'a; "=1+1', "a|@x", "a;-1"])
def test_no_part_of_a_cell_is_one_where_excel_splits_at_semicolons(text: str) -> None:
    (row,) = found(build([finding("DEL-01", route(HV01, HV11), Status.FAIL, text)]))
    for part in row["Seen"].replace("|", ";").split(";"):
        assert not part.strip(' "').startswith(SIGNS)


@given(reports())
def test_a_row_is_a_line(report: Report) -> None:
    lines = render(report).removesuffix("\r\n").split("\r\n")
    assert len(lines) == len(read(report)) + 1
    assert not [line for line in lines if "\n" in line or "\r" in line]


def test_a_warning_says_why_it_works_and_an_unknown_is_not_known_to_stop_nothing() -> None:
    works = "it works because nobody looks"
    warned = finding("ID-01", host(HV01), Status.WARN, "x", note="aside", works=works)
    unknown, below = (finding(name, host(HV11), s) for name, s in (("ID-01", Status.UNKNOWN), ("LM-06", Status.FAIL)))
    told = {row["Status"]: row for row in found(build([warned, unknown, below]))}
    assert told["WARN"]["Note"] == works
    assert {status: row["Stops a move"] for status, row in told.items()} == {
        "WARN": "no", "UNKNOWN": "not known", "FAIL": "no",
    }  # fmt: skip


def test_hostile_texts_stay_in_their_cells() -> None:
    report = build(findings())
    assert len(found(report)) == len(report.findings)
    assert max(len(cell) for row in read(report) for cell in row.values()) < 32_767


def test_what_stands_beside_a_verdict_stands_before_the_findings(report: Report) -> None:
    unverified = TargetInfo(name=HV01, kind="host", answered=1, unverified=True)
    rows = read(replace(report, targets=(unverified,), chosen=("only hv01",)))
    notes = [row["What is"] for row in rows if row["Status"] == "note"]
    assert any("certificates were NOT verified" in note for note in notes)
    assert any("as far as chosen" in note for note in notes)
    assert any("never run against real Windows" in note for note in notes)
    assert [row["Check"] == RUN for row in rows] == sorted((row["Check"] == RUN for row in rows), reverse=True)
