"""No word of ours stands on a page that no catalogue could say: each is told, and what is left are values."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import html

from reports import html_folder, html_report, html_site
from reports.html_templates import templates
from scanner.words.languages import LANGUAGES, Language
from scanner.words.report import Report
from scanner.words.told import speaking
from tests.history.pasts import nights
from tests.languages.marked import MARKED, SPOKEN, untold
from tests.reports.pages import PRACTICE
from tests.reports.situations import SITUATIONS
from tests.reports.three_readers import judged


@cache
def practice() -> Report:
    """A run of the practice estate of which something is waived, and that is held against an earlier one."""
    return judged(PRACTICE, later=True)


@cache
def pages() -> dict[str, str]:
    """Pages of every kind, in a language that marks all that it says."""
    with speaking(MARKED):
        made = {"practice": html_report.render(practice())}
        made |= {f"situation {name}": html_report.render(report) for name, (report, _) in SITUATIONS.items()}
        made |= {f"folder {name}": page for name, page in html_folder.folder(SITUATIONS["fails"][0])}
        made |= {f"site {name}": page for name, page in html_site.pages([nights(4, 3).estate()])}
    return {name: page for name, page in made.items() if name == "practice" or "<html" in page}


def test_all_that_is_no_value_is_told():
    made = pages()
    assert {name.partition(" ")[0] for name in made} == {"practice", "situation", "folder", "site"}
    assert {name: found for name, page in made.items() if (found := sorted(set(untold(page))))} == {}
    assert [name for name, page in made.items() if '<html lang="xx">' not in page] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<h1>", "<h1>planted "),
        ("<td>", "<td>Planted by hand"),
        ("<nav aria-label=", '<nav title="planted" aria-label='),
        ('data-copy="', 'data-copy="planted '),
        ("</title>", " planted</title>"),
        ("</svg>", "<text>planted</text></svg>"),
    ],
)
def test_a_word_that_nobody_told_is_found(before, after):
    with speaking(MARKED):
        page = html_report.render(SITUATIONS["fails"][0])
    assert before in page
    assert list(untold(page)) == []
    assert len(list(untold(page.replace(before, after, 1)))) == 1


def test_an_identity_that_is_printed_as_it_is_is_found(monkeypatch):
    monkeypatch.setitem(templates().globals, "severity_word", lambda severity: severity.word)
    with speaking(MARKED):
        assert any(found.startswith("span.sev") for found in untold(html_report.render(SITUATIONS["fails"][0])))


def test_what_a_program_reads_of_a_page_is_english():
    for name, page in pages().items():
        assert "⟦" not in name
        for element in html.document_fromstring(page).iter():
            silent = {key: value for key, value in element.attrib.items() if key not in SPOKEN}
            assert "⟦" not in " ".join(silent.values()), (name, element.tag, silent)


class Quoting(Language):
    """Ends whatever it says with a sign that would end an attribute."""

    def pattern(self, one: str, many: str = "", within: str = "", number: object = 0) -> str:
        """The English and more."""
        return f'{many if many and number != 1 else one} "onclick=x'


def test_no_translation_ends_an_attribute():
    with speaking(Quoting("xx", "quoting")):
        page = html.document_fromstring(html_report.render(SITUATIONS["fails"][0]))
    assert page.xpath("//input[@type='search']/@placeholder") == ['name, network, command … "onclick=x']
    assert page.xpath("//*[@onclick]") == []


def test_numbers_are_written_as_the_language_does():
    with speaking(LANGUAGES["de"]):
        german = html.document_fromstring(html_report.render(practice()))
    numbers = german.xpath("//table[@class='sums']/tfoot/tr/td[last()]/text()")
    assert numbers == [f"{len(practice().findings):,}".replace(",", ".")]
