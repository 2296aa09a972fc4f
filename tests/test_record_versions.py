"""Records outlive versions: what one does not hold is missing for who reads it, and is never made up or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from scanner import __version__, cli, plugins
from scanner.api import Evidence, Fact, Finding, Gap, Status, Subject, scopes
from scanner.estate.secret import remember
from scanner.judge.identity import NEEDS
from scanner.judge.judging import judge, judge_check
from scanner.record.decoding import RecordError
from scanner.record.forms import FORM, UPGRADES, of_today
from scanner.record.record import dump, load
from scanner.record.rows import RELIED_ON, SILENCE
from scanner.words.model import key_of
from scanner.words.view import MissingEvidence
from tests.conftest import CORP, HV01

ROOT = Path(__file__).resolve().parent.parent
RELEASED = sorted((ROOT / "tests" / "data" / "records").glob("*.hvp"))
PRACTICE = (ROOT / "tests" / "data" / "good.hvp", ROOT / "scanner" / "data" / "practice.hvp")
OFFER = plugins.load(third_party=False)
OS = "OperatingSystem"

Document = dict[str, Any]


def read(document: Document, facts: tuple[type[Fact], ...] = OFFER.facts) -> tuple[Evidence, list[str]]:
    """The evidence, and what was said of it."""
    said: list[str] = []
    return load(json.dumps(document).encode(), facts, said.append), said


def rows_of(document: Document, fact: str) -> list[Document]:
    return [row for answer in document["answers"] if answer["fact"] == fact for row in answer["rows"]]


@pytest.fixture
def good() -> Document:
    return json.loads(PRACTICE[0].read_bytes())


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_the_record_of_a_released_version_is_judged_as_it_was(path):
    """A finding that shall be another one by a new version is changed in the file beside it, and told as a change."""
    said: list[str] = []
    record = load(path.read_bytes(), OFFER.facts, said.append)
    assert record.version == path.stem
    assert all(line.startswith(f"not collected by version {path.stem}") for line in said)
    found = {f"{f.check} {f.subject.id} {f.status}" for f in judge(OFFER.checks, record)}
    assert set(path.with_suffix(".findings").read_text(encoding="utf-8").splitlines()) <= found


def test_an_adapter_without_link_layer_address_is_one_whose_address_is_not_known(good: Document):
    row = rows_of(good, "NetworkAdapter")[0]
    told = read(good)[0].answers()
    del row["permanent"], row["current"]
    record, said = read(good)
    changed = [(b, a) for b, a in zip(told, record.answers(), strict=True) if a.rows != b.rows]
    assert [(a.key[0], a.rows[0].link_layer) for _, a in changed] == [("NetworkAdapter", frozenset())]  # type: ignore[attr-defined]
    assert said == []


def test_an_adapter_told_as_the_first_version_told_it_stands_beside_those_of_today(good: Document):
    """What came later is a fact of its own: whoever adds an adapter to a record by hand knows nothing of it."""
    old = rows_of(json.loads(RELEASED[0].read_bytes()), "NetworkAdapter")[0]
    for answer in good["answers"]:
        if answer["fact"] == "NetworkAdapter":
            answer["rows"].append({**old, "interface": 15})
    before = json.loads(PRACTICE[0].read_bytes())
    assert {(f.check, f.subject, f.status) for f in judge(OFFER.checks, read(good)[0])} == {
        (f.check, f.subject, f.status) for f in judge(OFFER.checks, read(before)[0])
    }


def test_every_version_that_is_released_has_its_record():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## \[(\d[\d.]*)\]", text, re.M)) == {path.stem for path in RELEASED}


FACTS = {fact.__name__: fact for fact in (*NEEDS, *OFFER.facts)}


def judged(record: Evidence, fact: str) -> dict[tuple[str, Subject], Finding]:
    """The findings of every check for which the fact can matter: of all, for those that tell machines apart."""
    found: dict[tuple[str, Subject], Finding] = {}
    for check in OFFER.checks:
        if FACTS[fact] in check.needs or FACTS[fact] in RELIED_ON:
            found.update(((f.check, f.subject), f) for f in judge_check(check, record))
    return found


@pytest.mark.parametrize("path", PRACTICE, ids=lambda path: path.stem)
@pytest.mark.parametrize("fact", sorted(FACTS))
def test_a_field_that_the_record_does_not_hold_is_missing_for_who_reads_it_and_for_nobody_else(path, fact):
    document = json.loads(path.read_bytes())
    whole, _ = read(document)
    before, answers = judged(whole, fact), document["answers"]
    for name in rows_of(document, fact)[0] if rows_of(document, fact) else ():
        document["answers"] = [
            answer | {"rows": [{key: row[key] for key in row if key != name} for row in answer["rows"]]}
            if answer["fact"] == fact
            else answer
            for answer in answers
        ]
        less, said = read(document)
        after = judged(less, fact)
        if name in SILENCE.get(FACTS[fact], ()):
            assert after == before
            continue
        assert said == [f"not collected by version {whole.version}, and UNKNOWN where it is read: {fact}.{name}"]
        for key, finding in after.items():
            if key not in before:
                assert finding.status is Status.UNKNOWN, "all machines of a host, since they cannot be listed any more"
            elif finding.status is not before[key].status:
                assert finding.status is Status.UNKNOWN, (name, before[key], finding)


@dataclass(frozen=True, slots=True)
class Inner:
    """A row within a row."""

    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Outer(Fact):
    """A fact whose fields have defaults, as a plug-in's may."""

    name: str
    more: int = 7
    inner: tuple[Inner, ...] = ()


def an_outer(good: Document, *rows: Document) -> tuple[Evidence, list[str]]:
    answer = {"fact": key_of(Outer), "target": HV01, "at": good["started"], "query": "", "rows": rows}
    return read(good | {"answers": [*good["answers"], answer]}, (*OFFER.facts, Outer))


def outers(record: Evidence) -> tuple[Outer, ...]:
    rows = record.ask(Outer, HV01)
    assert not isinstance(rows, Gap)
    return rows


WHOLE = {"name": "a", "more": 1, "inner": [{"name": "b", "sure": False}]}


def test_rows_that_are_whole_are_the_facts_own(good):
    record, said = an_outer(good, WHOLE)
    assert outers(record) == (Outer("a", 1, (Inner("b", False),)),)
    assert not said


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"name": "a", "inner": []}, "more"),
        ({"name": "a", "more": 1}, "inner"),
        ({"name": "a", "more": 1, "inner": [{"name": "b"}]}, "inner"),
        ({"name": "a", "more": 1, "inner": [{"name": "b", "sure": True}, {"sure": True}]}, "inner"),
        ({"more": 1, "inner": []}, "name"),
    ],
)
def test_no_default_stands_for_what_a_record_does_not_hold(good, row, field):
    record, said = an_outer(good, row)
    found = outers(record)[0]
    with pytest.raises(MissingEvidence, match=rf"^Outer\.{field}: not collected by version 0\.1\.0$"):
        getattr(found, field)
    with pytest.raises(MissingEvidence):
        assert found != outers(an_outer(good, row)[0])[0], "whether two rows are equal depends on what is missing"
    for name in {"name", "more"} - {field}:
        assert getattr(found, name) == row[name]
    assert isinstance(found, Outer)
    assert f"Outer.{field}" in said[0]


def test_rows_of_which_some_hold_less_are_no_rows_of_any_version(good):
    with pytest.raises(RecordError, match=r'rows of .*Outer of hv01.*"more" is missing'):
        an_outer(good, WHOLE, {"name": "a", "inner": []})
    with pytest.raises(RecordError, match=r"rows of .*Outer of hv01.*name: a number stands where text belongs"):
        an_outer(good, {"name": 5, "inner": []})


def test_what_is_missing_is_written_as_missing_and_hidden_as_the_rest(good):
    remember("pl4nted-in-a-row")
    record, _ = an_outer(good, {"name": "pl4nted-in-a-row", "inner": []})
    written = json.loads(dump(record))
    assert rows_of(written, key_of(Outer)) == [{"name": "[hidden]", "inner": []}]
    with pytest.raises(MissingEvidence):
        outers(read(written, (*OFFER.facts, Outer))[0])[0].more  # noqa: B018 - that it is read is the point


def test_a_fact_more_is_left_out_and_said_once(good):
    before = judge(OFFER.checks, read(good)[0])
    for target in (HV01, CORP):
        good["answers"].append({"fact": "New", "target": target, "at": good["started"], "query": "", "rows": [5]})
    record, said = read(good)
    assert judge(OFFER.checks, record) == before
    assert len(said) == 1
    assert re.match("left out of the record, since no check or plugin here knows it: New; give it the same", said[0])


def test_a_field_more_changes_nothing(good):
    before = judge(OFFER.checks, read(good)[0])
    for row in rows_of(good, OS):
        row["new"] = 1
    record, said = read(good)
    assert judge(OFFER.checks, record) == before
    assert not said


@pytest.mark.parametrize("place", [(), ("thresholds",), ("routes", 0)])
def test_a_key_of_the_estate_that_is_not_known_may_decide_and_is_refused_with_the_version_to_use(good, place):
    inner = good["estate"]
    for key in place:
        inner = inner[key]
    inner["clouds"] = []
    good["version"] = "9.1.0"
    words = (
        r'^what may decide a verdict is not known here: estate.*"clouds" is not known; hv-preflight 9\.1\.0 wrote it'
    )
    with pytest.raises(RecordError, match=f"{words}, and this is {re.escape(__version__)}"):
        read(good)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda route: {**route, "storage": not route["storage"]}, "is told in two ways", id="otherwise"),
        pytest.param(lambda route: {**route, "destination": route["source"]}, "leads to itself", id="itself"),
    ],
)
def test_two_words_on_one_route_are_refused(good, change, words):
    routes = good["estate"]["routes"]
    routes.append(change(routes[0]))
    with pytest.raises(RecordError, match=rf"^estate: the route .* {words}"):
        read(good)


def test_one_word_on_a_route_said_twice_is_one(good):
    routes = good["estate"]["routes"]
    planned = len(routes)
    routes.append(dict(routes[0]))
    assert len(read(good)[0].estate.routes) == planned


def test_a_key_of_the_estate_that_the_version_did_not_know_was_not_declared(good):
    del good["estate"]["untrusted"], good["estate"]["thresholds"]["key_hours"]
    record, _ = read(good)
    assert (record.estate.untrusted, record.estate.thresholds.key_hours) == ((), 24)


def test_a_newer_form_is_refused_with_the_version_to_use(good):
    with pytest.raises(RecordError, match=r"not a record of version 1 \(2\); hv-preflight 9\.1\.0 wrote it"):
        read(good | {"hv_preflight": 2, "version": "9.1.0"})


def test_every_older_form_has_its_way_to_the_next():
    assert set(UPGRADES) == set(range(1, FORM))


def test_an_older_form_is_made_into_todays_step_by_step():
    steps: dict[int, Callable[[Document], Document]] = {
        1: lambda old: old | {"b": old["a"] + 1},
        2: lambda old: old | {"c": old["b"] + 1},
    }
    data, version = of_today(b'{"hv_preflight": 1, "version": "0.1.0", "a": 1}', 3, steps)
    assert json.loads(data) == {"hv_preflight": 3, "version": "0.1.0", "a": 1, "b": 2, "c": 3}
    assert version == "0.1.0"
    with pytest.raises(RecordError, match="not a record of version 3"):
        of_today(b'{"hv_preflight": 0}', 3, steps)


@pytest.mark.parametrize(
    ("fact", "field", "code", "told"),
    [
        (OS, "build", 3, True),
        (OS, "version", 0, False),  # which no check reads
        ("ComputerSystem", "name", 3, True),
        ("DomainControllerHint", "controller", 3, True),
    ],
)
def test_on_the_command_line_it_is_a_gap_and_never_wrong_usage(good, tmp_path, capsys, fact, field, code, told):
    """The version is another's: what reads the field says which one did not collect it."""
    good["version"] = "0.0.9"
    for row in rows_of(good, fact):
        del row[field]
    (tmp_path / "old.hvp").write_text(json.dumps(good), encoding="utf-8")
    report = tmp_path / "report.json"
    assert cli.run(["judge", str(tmp_path / "old.hvp"), "--json", str(report)]) == code
    assert f"not collected by version 0.0.9, and UNKNOWN where it is read: {fact}.{field}" in capsys.readouterr().err
    assert ("by version 0.0.9" in report.read_text(encoding="utf-8")) is told


def test_a_field_that_names_subjects_and_is_not_held_is_missing_as_any(good):
    """Before, that was told as a defect: the scope failed."""
    for row in rows_of(good, "DomainInfo"):
        del row["forest_root"]
    record, _ = read(good)
    about = replace(next(c for c in OFFER.checks if c.id == "ID-01"), scope=scopes.FOREST, by_profile=False)
    findings = tuple(judge_check(about, record))
    assert {finding.status for finding in findings} == {Status.UNKNOWN}
    assert all("DomainInfo.forest_root: not collected by version" in finding.note for finding in findings)
