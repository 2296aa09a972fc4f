from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import astuple, replace
from importlib.resources import files
from typing import Any

from hypothesis import given, settings

from reports import json_report
from reports.json_report import render
from scanner.judge import scopes
from scanner.words.model import Gap, GapReason, Profile, Severity, Status
from scanner.words.report import Report
from scanner.words.source import Source
from scanner.words.waivers import WaiverState
from tests.json_report import LEFT_OUT as NONE
from tests.json_report import findings
from tests.reports.conftest import HOSTILE, HV01, HV02, MEGABYTE, build, finding, route
from tests.reports.strategies import reports

SCHEMA = json.loads((files("reports") / "schema" / "report.schema.json").read_text(encoding="utf-8"))
TYPES = {
    "null": type(None),
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}
LEFT_OUT = set(NONE)
HEAD = set(SCHEMA["then"]["required"])
"""of all files but the first"""
LATER = {"estate"}
"""came to version 2 when it was there already: reports of before have none"""


def faults(value, schema, at="$"):
    """What is wrong with a value by the words of JSON Schema that ours uses; any other word is a fault of the test."""
    known = {"$ref", "description", "type", "const", "enum", "pattern", "minimum", "minItems", "items", "properties"}
    known |= {"required", "additionalProperties", "$schema", "title", "$defs", "oneOf", "if", "then"}
    assert schema.keys() <= known, schema.keys() - known
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    if "oneOf" in schema and sum(not list(faults(value, one, at)) for one in schema["oneOf"]) != 1:
        yield f"{at}: it is not one of the kinds"
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield f"{at}: {value!r} is no {kind}"
        return
    if value != schema.get("const", value) or value not in schema.get("enum", [value]):
        yield f"{at}: {value!r} is not among the values"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not match"
    if kind in ("integer", "number") and value < schema.get("minimum", value):
        yield f"{at}: {value!r} is too small"
    if kind == "array":
        if len(value) < schema.get("minItems", 0):
            yield f"{at}: too few"
        for number, item in enumerate(value):
            yield from faults(item, schema["items"], f"{at}[{number}]")
    if kind == "object":
        properties = schema["properties"]
        assert schema["additionalProperties"] is False
        required = {
            *schema["required"],
            *(schema["then"]["required"] if "then" in schema and value.get("part") == 1 else ()),
        }
        optional = LEFT_OUT if schema is SCHEMA["$defs"]["finding"] else set() if value.get("part", 1) == 1 else HEAD
        optional |= LATER if schema is SCHEMA else set()
        assert required | optional == properties.keys()
        if not required <= value.keys() <= properties.keys():
            yield f"{at}: {sorted(value.keys() ^ properties.keys())}"
        for name in value.keys() & properties.keys():
            yield from faults(value[name], properties[name], f"{at}.{name}")


def test_it_is_as_the_schema_says(report: Report):
    assert list(faults(json.loads(render(report)), SCHEMA)) == []


@settings(max_examples=40)
@given(reports())
def test_every_report_is_as_the_schema_says(made: Report):
    document = json.loads(render(made))
    assert list(faults(document, SCHEMA)) == []
    assert sum(document["counts"].values()) == len(document["findings"])


def test_the_schema_refuses_what_is_wrong(report: Report):
    document = json.loads(render(report))
    del document["findings"][0]["subject"]["names"]
    document["findings"][1]["status"] = "MAYBE"
    document["routes"][0]["failed"] = -1
    document["many"] = 1
    assert len(list(faults(document, SCHEMA))) == 4


def test_the_schema_knows_every_status_and_severity():
    assert set(SCHEMA["properties"]["counts"]["properties"]) == {status.value for status in Status}
    assert SCHEMA["$defs"]["severity"]["enum"] == [severity.word for severity in Severity]


def test_texts_come_back_as_they_were(report: Report):
    text = render(report)
    assert text.isascii()
    document = json.loads(text)
    found = document["findings"]
    assert [document["notes"][f["noted"]] for f in found] == [f.note for f in report.findings]
    assert HOSTILE in {f["seen"] for f in found}
    assert MEGABYTE in {f["remedy"] for f in found}


def test_the_order_of_what_has_none_is_not_in_it(report: Report):
    other = replace(
        report,
        gaps=report.gaps[::-1],
        checks=report.checks[::-1],
        targets=report.targets[::-1],
        plugins=report.plugins[::-1],
        counts=dict(reversed(report.counts.items())),
    )
    assert render(report) == render(other)


def test_findings_keep_their_order(report: Report):
    found = json.loads(render(report))["findings"]
    assert [(f["check"], f["subject"]["id"]) for f in found] == [(f.check, f.subject.id) for f in report.findings]


def test_an_empty_report_is_one():
    document = json.loads(render(build([], profiles=(Profile.REPLICA, Profile.LIVE_MIGRATION))))
    assert list(faults(document, SCHEMA)) == []
    assert (document["verdict"], document["exit_code"]) == ("incomplete", 3)
    assert document["profiles"] == ["live-migration", "replica"]


def test_the_schema_names_every_kind_of_subject_and_every_reason():
    """A program that holds a report against it must not refuse one of our own."""
    definitions = SCHEMA["$defs"]
    assert set(definitions["subject"]["properties"]["kind"]["enum"]) == set(scopes.NAMES)
    assert set(definitions["gap"]["properties"]["reason"]["enum"]) == set(GapReason)
    assert set(definitions["waiver_use"]["properties"]["state"]["enum"]) == set(WaiverState)


def whole(texts: Iterable[str]) -> list[dict[str, Any]]:
    return findings(*map(json.loads, texts))


def test_notes_and_answers_stand_once_and_findings_say_where(report: Report):
    found = whole([render(report)])
    assert [f["note"] for f in found] == [f.note for f in report.findings]
    assert [[tuple(one.values()) for one in f["evidence"]] for f in found] == [
        [astuple(source) for source in f.evidence] for f in report.findings
    ]
    document = json.loads(render(report))
    assert len(set(document["notes"])) == len(document["notes"])
    assert len({json.dumps(one) for one in document["answers"]}) == len(document["answers"])


def test_a_long_report_goes_on_in_files_each_of_which_stands_alone(report: Report):
    many = replace(report, findings=tuple(f for f in report.findings if f.remedy != MEGABYTE) * 40)
    limit = 60_000
    texts = list(json_report.files(many, limit))
    assert len(texts) > 3
    assert [more for _, more in texts] == [True] * (len(texts) - 1) + [False]
    parts = [json.loads(text) for text, _ in texts]
    assert [part["part"] for part in parts] == [*range(1, len(parts) + 1)]
    assert [part["more"] for part in parts] == [more for _, more in texts]
    for part in parts:
        assert list(faults(part, SCHEMA)) == []
    assert max(len(text) for text, _ in texts[1:]) <= limit + 20_000, "the longest entry of this report"
    assert whole(text for text, _ in texts) == whole([render(many)])
    for name in ("routes", "gaps"):
        assert [entry for part in parts for entry in part[name]] == json.loads(render(many))[name]
    assert {one.keys() == HEAD | LATER | parts[1].keys() for one in parts[:1]} == {True}


def test_a_finding_more_that_says_the_same_costs_little():
    gap = Gap("ComputerSystem", "h.x", GapReason.UNREACHABLE, "no answer on port 5986 within 10 s " * 20)
    asked = tuple(Source(f"Fact{n}", "h.x", "", "SELECT * FROM Win32_ComputerSystem " * 20) for n in range(6))

    def size(number: int) -> int:
        one = finding("DEL-01", route(HV01, HV02), Status.UNKNOWN, note=str(gap), lacks=(gap,))
        return len(render(build([replace(one, evidence=asked)] * number)))

    assert (size(1100) - size(100)) / 1000 < 600
