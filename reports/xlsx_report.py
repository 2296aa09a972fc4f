"""The report as a workbook for a change board: what stands in its sheets is told in ``sheets``.

Every text is a text: nothing is taken for a formula, a link or a number. The same report gives the same bytes.
"""

from __future__ import annotations

import io
import tempfile
from datetime import UTC
from itertools import islice
from typing import Any

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from reports.sheets import Row, Sheet, sheets
from reports.text import clean
from scanner.api import Report, counted, inert

ROWS = 1_048_576
"""as many as a sheet has"""
CELL = 32_767
"""as many characters, by UTF-16, as a cell has"""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
STYLES = {
    "": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "bg_color": "#E7EBF0", "valign": "top"},
    "FAIL": {"bold": True, "bg_color": "#F8D7DA", "font_color": "#6B1119", "valign": "top"},
    "ERROR": {"bold": True, "bg_color": "#E9D8F4", "font_color": "#4A1E66", "valign": "top"},
    "UNKNOWN": {"bold": True, "bg_color": "#E9D8F4", "font_color": "#4A1E66", "valign": "top"},
    "WARN": {"bold": True, "bg_color": "#FFF0C2", "font_color": "#5C4300", "valign": "top"},
}
"""How cells are shown; of a status its word stands there, whatever the colour."""
COLOURED = frozenset({"FAIL", "ERROR", "UNKNOWN", "WARN"})
WRAPPED = range(40, 50)
"""Columns of so many characters wrap; wider ones hold commands, of which each would make a row of a screen's height."""


def render(report: Report) -> bytes:
    """The report as XLSX. What is being made lies in a folder of its own, which only this account reads."""
    page = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="hv-preflight-") as folder:
        book: Any = Workbook(page, OPTIONS | {"tmpdir": folder})
        created = report.finished.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": "hv-preflight", "author": "hv-preflight", "created": created})
        formats = {name: book.add_format(style) for name, style in STYLES.items()}
        for sheet in sheets(report):
            _write(book.add_worksheet(sheet.name), sheet, formats)
        book.close()
    return page.getvalue()


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    rows, number = iter(sheet.rows), 0
    for number, row in enumerate(islice(rows, ROWS - 1)):
        _row(page, number, row, sheet, formats)
    rest = sum(1 for _ in rows)
    if rest:
        cut = f"Cut here, {counted(rest, 'row')} before its end: the JSON report has all of it."
        _row(page, ROWS - 1, Row((cut,)), sheet, formats)
    if sheet.is_table:
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.autofilter(0, 0, number, len(sheet.widths) - 1)


def _row(page: Any, number: int, row: Row, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, cell in enumerate(row.cells):
        style = row.style or (str(cell) if column == 0 and cell in COLOURED else "")
        if not style and sheet.is_table and sheet.widths[column] in WRAPPED:
            style = "wrapped"
        if isinstance(cell, int | float):
            page.write_number(number, column, cell, formats[style])
        elif cell:
            page.write_string(number, column, held(cell), formats[style])


def held(text: str) -> str:
    """A text as a cell holds it: harmless, and no longer than a cell is.

    The library takes what stands between these two tags for markup that it wrote itself, and does not escape it.
    """
    safe = inert(clean(text, CELL))
    safe = f" {safe}" if safe.startswith("<r>") else safe
    if _units(safe) <= CELL:
        return safe
    more = f"… ({counted(len(text), 'character')})"
    kept = safe.encode("utf-16-le")[: (CELL - len(more)) * 2]
    return kept.decode("utf-16-le", "ignore") + more


def _units(text: str) -> int:
    return len(text) if len(text) < CELL // 2 else len(text.encode("utf-16-le")) // 2
