from __future__ import annotations

from docs.formats import lines
from docs.generate import FOLDER
from reports.programs import Standing


def test_the_table_of_the_page_is_the_one_of_the_formats():
    assert len(lines()) == len(Standing) + 2
    assert "\n".join(lines()) in (FOLDER / "reports.md").read_text(encoding="utf-8")
