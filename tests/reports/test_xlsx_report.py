"""The workbook for a change board, as openpyxl reads it back."""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from reports import xlsx_report
from reports.finding_rows import HEAD
from reports.xlsx_report import CELL, held, render
from scanner.words.model import Status
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from scanner.words.waivers import Waiver, WaiverState, WaiverUse
from tests.reports.conftest import HOSTILE, HV01, HV02, HV11, MEGABYTE, build, finding, findings, host, route
from tests.reports.strategies import reports

SHEETS = ["Verdict", "Findings", "Not judged", "Waivers", "Method"]


def book(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(render(report)))


def rows(report: Report, sheet: str) -> list[list[str]]:
    """The rows of a sheet as a reader has them; what is no text or number at all fails."""
    page = book(report)[sheet]
    assert {cell.data_type for row in page for cell in row} <= {"s", "n"}
    return [["" if cell.value is None else unescape(str(cell.value)) for cell in row] for row in page]


def words(report: Report, sheet: str) -> str:
    return "\n".join(" ".join(filter(None, row)) for row in rows(report, sheet))


@given(reports())
@settings(max_examples=settings.default.max_examples // 4)
def test_every_finding_is_a_row_worst_first(report: Report) -> None:
    head, *told = rows(report, "Findings")
    assert head == list(HEAD)
    column = {name: [row[place] for row in told] for place, name in enumerate(HEAD)}
    assert column["Status"] == [f.status for f in report.findings]
    assert column["Check"] == [f.check for f in report.findings]
    assert column["Subject id"] == [f.subject.id for f in report.findings]
    for name in ("seen", "wanted"):
        assert column[name.capitalize()] == [held(getattr(f, name)) for f in report.findings]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+1", "-1", "{=1}", "123", "TRUE", "#REF!", "http://evil.example/", "mailto:x", "internal:A1",
     "external:c:\\x", "<r><t>x</t></r>", "<r></t></is></c><c><f>1+1</f></c></r>", "_x0000_", "_x000D_", " lead ",
     "a\nb", "'=1", "&amp;", "]]>", "<!-- x", "\U0001f600"],
)  # fmt: skip
def test_a_text_is_a_text(text: str) -> None:
    report = build([finding("DEL-01", route(HV01, HV11), Status.FAIL, text)])
    seen = rows(report, "Findings")[1][HEAD.index("Seen")]
    assert seen.removeprefix(" ") == text.removeprefix(" ")


@given(st.text(st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=settings.default.max_examples // 4)
@example(HOSTILE)
@example(MEGABYTE)
@example("\U0001f600" * 20_000)
@example("\x01" * 9000)
@example("<r>" + "A" * 40_000 + "</r>")
def test_whatever_text_is_held(text: str) -> None:
    report = build([finding("DEL-01", route(HV01, HV11), Status.FAIL, text, note=text, remedy=text)])
    row = rows(report, "Findings")[1]
    assert row[HEAD.index("Seen")] == held(text)
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in row) <= CELL
    if len(text) > CELL:
        assert row[HEAD.index("Seen")].endswith(" characters)")


def test_its_parts_are_xml_without_formulas_or_links(report: Report) -> None:
    with ZipFile(io.BytesIO(render(report))) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            tags = {etree.QName(element).localname for element in root.iter()}
            assert not tags & {"f", "hyperlink", "hyperlinks", "externalReference", "oleObject"}, name
        assert not [name for name in archive.namelist() if "external" in name.lower()]


def test_sheets_are_there_to_be_read(report: Report) -> None:
    made = book(report)
    assert made.sheetnames == SHEETS
    page = made["Findings"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:R{len(report.findings) + 1}"
    assert page.column_dimensions["K"].width > 40
    assert page["A2"].fill.fgColor.rgb == "FFF8D7DA"


def test_the_verdict_comes_first(report: Report) -> None:
    told = rows(report, "Verdict")
    assert told[0][0] == "Not ready"
    assert told[2][0] == "Exit 1 (not ready)"
    assert ["live migration", "not ready"] in [row[:2] for row in told]


def test_what_is_not_judged_and_why(report: Report) -> None:
    told = words(report, "Not judged")
    assert "unreachable (no answer on 5986 within 10 s)" in told
    assert "LM-04 Performance options are valid and match" in told
    assert "Only the portal tells it." in told


def test_waivers_are_told_each() -> None:
    waiver = Waiver("ID-01", HV11, "=cable", "network team", date(2027, 1, 31), ticket="T-1")
    uses = (WaiverUse(waiver=waiver, state=WaiverState.ENDS_SOON, days=9, covers=(("ID-01", HV11, ""),)),)
    assert rows(replace(build([]), waivers=uses), "Waivers")[1] == [
        "ID-01", HV11, "=cable", "network team", "2027-01-31", "T-1", "no", "ends soon", "9", "1", "",
    ]  # fmt: skip


def test_the_method_tells_who_was_asked_and_who_may_have_answered(report: Report) -> None:
    told = words(report, "Method")
    assert "runner.corp.example" in told
    assert "hv11.branch.example unreachable no answer on 5986" in told
    assert "NOT verified" not in told
    unverified = TargetInfo(name=HV02, kind="host", answered=1, unverified=True)
    assert "NOT verified" in words(replace(report, targets=(unverified,)), "Method")


def test_what_is_too_much_for_a_sheet_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_report, "ROWS", 6)
    report = build([finding("ID-01", host(f"h{n}"), Status.FAIL) for n in range(9)])
    told = rows(report, "Findings")
    assert len(told) == 6
    assert [row[0] for row in told[1:]] == ["FAIL"] * 4 + [
        "Cut here, 5 rows before its end: the JSON report has all of it."
    ]
    assert len(rows(build([finding("ID-01", host(f"h{n}"), Status.FAIL) for n in range(4)]), "Findings")) == 5


@contextmanager
def place_and_mask(zone: str, mask: int) -> Iterator[None]:
    before, old = os.environ.get("TZ"), os.umask(mask)
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.umask(old)
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


def test_the_same_report_is_the_same_bytes_wherever_and_whenever_it_is_made(report: Report) -> None:
    made: set[bytes] = set()
    for zone, mask in (("UTC", 0o022), ("America/New_York", 0o077), ("Asia/Tokyo", 0)):
        with place_and_mask(zone, mask):
            made.add(render(report))
    assert len(made) == 1
    with ZipFile(io.BytesIO(made.pop())) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 31)}
        assert b"2026-11-21T12:00:07Z" in archive.read("docProps/core.xml")


def test_nothing_of_it_stays_where_it_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make, folders = tempfile.mkstemp, set[Path]()

    def made(*given: str | None, **named: str | None) -> tuple[int, str]:
        handle, name = make(*given, **named)
        folders.add(Path(name).parent)
        assert Path(name).parent.stat().st_mode & 0o077 == 0, "others may look into it"
        return handle, name

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tempfile, "mkstemp", made)
    render(build(findings()))
    assert {folder.parent for folder in folders} == {tmp_path}
    assert list(tmp_path.iterdir()) == []
