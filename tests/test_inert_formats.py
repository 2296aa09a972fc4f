"""No format that leaves the program holds a command to whoever runs a job, whatever its sink, and all say the same."""

from __future__ import annotations

import html as markup
import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from reports import html_report
from reports.text import clean
from scanner import cli
from scanner.collect.datafile import DataFileError, parse, write
from scanner.judge.settling import NEEDS
from scanner.plugins import load
from scanner.record import record
from scanner.record.record import dump
from scanner.words.evidence import Answer, Evidence
from scanner.words.inert import inert, inert_html
from scanner.words.model import Fact, Status
from scanner.words.report import Report
from tests.octets import readable
from tests.reports.conftest import GUIDS, HV01, HV11, SILENT, build, finding, findings, host, machine
from tests.test_inert import HOSTILE, commands

OFFER = load(third_party=False)
WORST = "::error::x\n::add-mask::y\r##vso[task.complete]z ##[error] ##teamcity[x section_end:1:a travis_fold:start:b"
TEMPLATES = Path(__file__).parents[1] / "reports" / "templates"
KEPT = {"at", "verdict", "kind", "origin", "counts", "id", "check", "blockers"}
"""Words of ours, by which a report decides what it shows, and ids of checks."""


def infected(value: Any, text: str) -> Any:
    """The same with the text before everything that somebody else may have said, wherever that stands."""
    if isinstance(value, Enum) or not value:
        return value
    if isinstance(value, str):
        return f"{text}\n{text} {value}"
    if isinstance(value, Mapping):
        return {key: infected(item, text) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return type(value)(infected(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.init and field.name not in KEPT]
        return replace(value, **{name: infected(getattr(value, name), text) for name in names})
    return value


def everywhere(text: str) -> Report:
    """A report with the text in each of its texts: titles, names, answers, sources, plug-ins, targets."""
    routes = ((HV01, HV11), (HV11, HV01))
    many = [finding("VM-06", machine(guid, "web"), STATES[n % 2], "s", remedy="r") for n, guid in enumerate(GUIDS)]
    named = [finding("ID-01", host(text or "x"), Status.UNKNOWN, note=text)]
    return infected(build([*findings()[:11], *many, *named], gaps=(SILENT,), routes=routes), text)


STATES = (Status.FAIL, Status.PASS)


def _whole(fact: type[Fact], rows: tuple[Fact, ...]) -> bool:
    return len(rows) >= fact.least and not fact.lacks(rows)


def _of(answer: Answer, text: str) -> Answer:
    """One row with the text; all of them as they are where an answer lacks what tells it whole, and would be none."""
    rows = infected(answer.rows[:1], text)
    return replace(answer, rows=rows if _whole(answer.fact, rows) else answer.rows, query=text)


@given(HOSTILE | st.just(WORST))
@settings(max_examples=settings.default.max_examples // 4)  # each is four reports
@example(WORST)
@example("\n" + WORST)
@example(f"#\u0600{WORST}\u0600[")
def test_no_report_holds_one(text: str) -> None:
    report = everywhere(text)
    assert {reporter.name for reporter in OFFER.reporters} >= {"html", "junit", "json", "text"}
    for reporter in OFFER.reporters:
        written = readable(reporter.render(report))
        assert not list(commands(written)), reporter.name
        assert inert(written) == written, "what is done to a plug-in's report would change ours"


def shown(page: str) -> list[object]:
    """All that a page says: its texts, and its attributes."""
    root = html.document_fromstring(page)
    return ["".join(root.itertext()), *(dict(element.attrib) for element in root.iter())]


@given(HOSTILE | st.just(WORST))
def test_a_page_shows_the_same(text: str) -> None:
    said = markup.escape(clean(text))
    page = f'<!doctype html><title>{said}</title><body>\n{said}\n<p title="\n{said}">{said}</p><pre>\n{said}</pre>'
    assert shown(inert_html(page)) == shown(page)
    assert not list(commands(inert_html(page)))


def test_the_report_shows_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    report = everywhere(WORST)
    page = html_report.render(report)
    monkeypatch.setattr(html_report, "inert_html", lambda page: page)
    before = html_report.render(report)
    assert len(list(commands(before))) > 100
    assert shown(page) == shown(before)


@pytest.mark.parametrize("path", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_what_a_page_is_made_of_holds_none(path: Path) -> None:
    """A style and a script know no references, and their hashes let them in as they are."""
    text = path.read_text(encoding="utf-8")
    assert inert_html(text) == text
    assert not list(commands(text))


def rows_of(answer: Answer) -> list[object]:
    return json.loads(msgspec.json.encode([asdict(row) for row in answer.rows]))  # type: ignore[call-overload]


GOOD = record.load((Path(__file__).parent / "data" / "good.hvp").read_bytes(), OFFER.facts)


def recorded(text: str) -> Evidence:
    """A record with the text in all that was answered, but for who answered; nothing was missed."""
    answers = [answer if answer.fact in NEEDS else _of(answer, text) for answer in GOOD.answers()]
    targets = [replace(target, who=text, how=text) for target in GOOD.targets()]
    head = GOOD.estate, GOOD.started, GOOD.finished, GOOD.version
    return Evidence(*head, text, answers=answers, targets=targets, closed=True)


@given(HOSTILE | st.just(WORST))
@settings(max_examples=settings.default.max_examples // 4)  # each writes and reads 200 answers
@example(WORST)
def test_no_record_holds_one_and_it_is_read_as_it_was(text: str) -> None:
    evidence = recorded(text.encode("utf-8", "ignore").decode())
    written = dump(evidence)
    assert not list(commands(written.decode()))
    told = {(answer["fact"], answer["target"]): answer for answer in json.loads(written)["answers"]}
    assert {key: answer["rows"] for key, answer in told.items()} == {
        answer.key: rows_of(answer) for answer in evidence.answers()
    }
    again = record.load(written, OFFER.facts)
    assert (again.answers(), again.targets()) == (evidence.answers(), evidence.targets())
    assert again.runner == evidence.runner
    assert dump(again) == written


def test_one_that_was_written_before_is_read_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = recorded(WORST)
    new = dump(evidence)
    monkeypatch.setattr(record, "inert_json", lambda text: text)
    old = dump(evidence)
    assert len(list(commands(old.decode()))) > 100
    assert record.load(old, OFFER.facts).answers() == record.load(new, OFFER.facts).answers()


@pytest.mark.parametrize("piece", [1, 999, 1 << 30])
def test_a_record_is_the_same_in_pieces_of_any_size(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    evidence = recorded(WORST)
    once = dump(evidence)
    monkeypatch.setattr(record, "PIECE", piece)
    assert dump(evidence) == once


@given(HOSTILE | st.just(WORST.replace("\n", " ").replace("\r", " ")), HOSTILE)
def test_no_data_file_holds_one(text: str, other: str) -> None:
    """Those of the endpoint for PowerShell, whose group and values a person or a plug-in names."""
    table = {"Name": text, "List": [other, text], f"k{text}": {f"x{other}": "1"}}
    try:
        written = write("A comment.", table)
    except DataFileError:
        assert not (text + other).isprintable() or f"k{text}".casefold() in ("list", "name")
        return
    assert parse(written) == table
    assert not list(commands(written))


PLUGIN = """
from scanner.api import Reporter, hookimpl


@hookimpl
def scanner_reporters():
    return [Reporter(name="plain", suffix=".txt", render=lambda report: {text!r})]
"""


def test_no_format_of_a_plugin_holds_one(tmp_path: Path) -> None:
    plugin, written = tmp_path / "plain.py", tmp_path / "r.txt"
    plugin.write_text(PLUGIN.format(text=WORST), encoding="utf-8")
    good = Path(__file__).parent / "data" / "good.hvp"
    assert cli.run(["judge", str(good), "--plugin", str(plugin), "--report", f"plain={written}"]) == 0
    assert written.read_bytes().decode() == inert(WORST)
    assert not list(commands(inert(WORST)))
