"""What reads JUnit elsewhere reads ours: each reader is run, and case by case it finds what the Report says.

Where a reader has a way of its own, the test states it exactly, so that it notices when that goes.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import junitparser
import pytest

from scanner.judge import scopes
from scanner.words.junit_choice import EXTENDED, JunitChoice
from scanner.words.model import Profile, Status
from scanner.words.report import Report
from scanner.words.scope import Subject
from tests.reports.conftest import GUIDS, HOSTILE, HV02, finding, host, machine
from tests.reports.junit_files import SCRIPTS, Written, modules, node, practice, written

IN_PARTS = 200_000
NAMES = [
    *(f"hostile-{names}-{profile}" for names in (1, 2) for profile in ("strict", EXTENDED)),
    "practice-1-extended",
    "practice-2-strict",
    "practice-2-parts",
]
Told = dict[str, dict[str, dict[str, object]]]


def hostile(report: Report) -> Report:
    """With names, titles and answers that want to be something else to whoever reads them."""
    worse = f"]]></system-out><failure message='x'/> [[ATTACHMENT|/etc/shadow]] [[PROPERTY|a=b]] 1e5 {HOSTILE}"
    added = [
        finding("VM-06", machine(GUIDS[5], worse), Status.PASS, worse),
        finding("VM-06", machine(GUIDS[6], worse), Status.FAIL, worse, note=worse, remedy=worse),
        finding("ID-01", host(worse), Status.UNKNOWN, note=worse),
        finding("LM-06", Subject(scopes.HOST, ("10.0.0.7",)), Status.PASS, "1e5"),
        *(
            finding("NET-01", host(HV02), status, profiles=frozenset({profile}), by_profile=True)
            for profile, status in zip(Profile, (Status.PASS, Status.FAIL, Status.UNKNOWN), strict=True)
        ),
    ]
    titled = [f.saying(replace(f.said, title=f"{worse[:90]} 1.2 é")) for f in added]
    kept = tuple(f for f in report.findings if f.check != "NET-01")
    return replace(report, findings=(*kept, *added[:3], *titled[3:]))


@pytest.fixture(scope="module")
def made(report: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    """Each kind of file."""
    folder, shipped, spoilt = tmp_path_factory.mktemp("junit"), practice(), hostile(report)
    found: dict[str, Written] = {}
    for name in NAMES:
        kind, names, profile = name.split("-")
        choice = JunitChoice(int(names), "strict", IN_PARTS) if profile == "parts" else JunitChoice(int(names), profile)
        found[name] = written(shipped if kind == "practice" else spoilt, choice, folder / name)
    return found


@pytest.fixture(scope="module")
def told(made: dict[str, Written], tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What the readers from npm understood, in one process."""
    paths = [path for one in made.values() for path in one.paths]
    done = node(SCRIPTS / "read.mjs", modules(), *paths, cwd=tmp_path_factory.mktemp("cwd"))
    assert done.returncode == 0, done.stderr
    found: Told = json.loads(done.stdout)
    return found


def of(reader: str, told: Told, one: Written) -> list[dict[str, object]]:
    return [told[str(path)][reader] for path in one.paths]


def cases(parts: Iterable[dict[str, object]]) -> list[list[str]]:
    return [case for part in parts for case in part["cases"]]  # type: ignore[attr-defined]


def as_read(found: Iterable[list[str]], words: dict[str, str], text: Callable[[str], str] = str) -> list[object]:
    return sorted((text(case[0]), text(case[1]), words[case[2]]) for case in found)


def seen(one: Written, **words: str) -> list[tuple[str, str, str]]:
    """What a reader must find that calls some ends otherwise."""
    return sorted((suite, name, words.get(end, end)) for suite, name, end in one.cases)


ENDS = {end: end for end in ("passed", "failure", "error", "skipped")}
each = pytest.mark.parametrize("name", NAMES)


def test_there_is_every_end_and_more_than_one_file(made):
    for one in made.values():
        assert {end for *_, end in one.cases} == set(ENDS)
        assert len({(suite, name) for suite, name, _ in one.cases}) == len(one.cases)
    assert [len(one.paths) > 1 for one in made.values()] == [name.endswith("parts") for name in made]


@each
def test_junitparser(name, made):
    one, found, totals = made[name], [], Counter()
    ends = {junitparser.Failure: "failure", junitparser.Error: "error", junitparser.Skipped: "skipped"}
    for path in one.paths:
        for suite in junitparser.JUnitXml.fromfile(str(path)):
            said = [(case.classname, case.name, [*(ends[type(r)] for r in case.result), "passed"][0]) for case in suite]
            assert all(len(case.result) <= 1 for case in suite)
            found += said
            counted = Counter(end for *_, end in said)
            assert suite.tests == len(said)
            counts = [counted[end] for end in ("failure", "error", "skipped")]
            assert [suite.failures, suite.errors, suite.skipped] == counts
            totals += counted
    assert sorted(found) == one.cases
    assert totals == Counter(end for *_, end in one.cases)


@each
def test_junit2json(name, made, told):
    parts = of("junit2json", told, made[name])
    assert as_read(cases(parts), ENDS) == seen(made[name])
    for case in cases(parts):
        assert bool(case[3]) == bool(case[4]) == (case[2] != "passed"), "message and body both stand"
    counts = [count for part in parts for count in part["counts"]]
    ends = Counter(end for *_, end in made[name].cases)
    assert [sum(numbers) for numbers in list(zip(*counts, strict=True))[1:]] == [
        len(made[name].cases), ends["failure"], ends["error"], ends["skipped"]
    ]  # fmt: skip


@each
def test_xunit_viewer(name, made, told):
    parts = of("xunit-viewer", told, made[name])
    assert as_read(cases(parts), ENDS) == seen(made[name])
    for path, part in zip(made[name].paths, parts, strict=True):
        ends = Counter(case[2] for case in cases([told[str(path)]["xunit-viewer"]]))
        assert Counter({word: int(n) for n, word in (s.split() for s in part["says"].split(", "))}) == ends
    output = {suite: text for part in parts for suite, text in part["output"].items()}
    labels = made[name].labels
    assert labels
    assert {suite for suite in labels if output[suite].startswith("Subject: ")} == labels.keys()


@each
def test_junit_to_ctrf(name, made, told):
    parts = of("junit-to-ctrf", told, made[name])
    ends = {"passed": "passed", "failed": "failed", "skipped": "skipped"}
    squeezed = "\ufeff"
    assert squeezed not in str(made[name].cases), "it takes some characters away, none of which is in a name"
    assert as_read(cases(parts), ends) == seen(made[name], failure="failed", error="failed")
    found = Counter(end for *_, end in seen(made[name], failure="failed", error="failed"))
    for key, number in {"tests": found.total(), **found, "pending": 0, "other": 0}.items():
        assert sum(part["summary"][key] for part in parts) == number, key
    assert {case[3] for case in cases(parts) if case[2] == "skipped"} == {""}, "it shows no reason of a skipped case"
    assert all(case[3] for case in cases(parts) if case[2] == "failed")


@each
def test_test_results_parser(name, made, told):
    parts = of("test-results-parser", told, made[name])
    ends = {"PASS": "passed", "FAIL": "failed", "SKIP": "skipped"}
    assert as_read(cases(parts), ends) == seen(made[name], failure="failed", error="failed")
    found = Counter(end for *_, end in made[name].cases)
    counts = {
        "total": found.total() - found["skipped"],  # its total leaves out what was skipped
        "passed": found["passed"],
        "failed": found["failure"],  # its failures are no errors, though both are FAIL
        "errors": found["error"],
        "skipped": found["skipped"],
    }
    assert {key: sum(part["totals"][key] for part in parts) for key in counts} == counts
    assert [part["errors"] for part in parts] == [[]] * len(parts)
    fetched = [data for part in parts for data in part["metadata"] if "a" in data]
    assert not fetched, "[[PROPERTY|a=b]] of a text is none"


@each
def test_allure_reads_it(name, made, told):
    parts = of("allure", told, made[name])
    ends = {"passed": "passed", "failed": "failure", "broken": "error", "skipped": "skipped"}
    assert as_read(cases(parts), ends, html.unescape) == seen(made[name])
    assert all(part["read"] for part in parts)
    assert all(case[4] == f"{case[0]}.{case[1]}" for case in cases(parts))
    shown = {html.unescape(case[3]) == case[3] for case in cases(parts)}
    assert shown == {True, False}, "it shows references to characters as they stand, as in &quot;"


def test_allure_makes_a_report_and_takes_no_case_for_another_try_of_one(made, tmp_path):
    one, out = made["practice-2-parts"], tmp_path / "out"
    program = modules() / "allure" / "cli.js"
    done = node(program, "generate", one.paths[0].parent, "-o", out, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = [json.loads(path.read_bytes()) for path in (out / "data" / "test-results").iterdir()]
    names = {"failure": "failed", "error": "broken"}
    ends = {end: end for end in ("passed", "failed", "broken", "skipped")}
    told = [[case["labels"][0]["value"], case["name"], case["status"]] for case in found]
    assert as_read(told, ends, html.unescape) == seen(one, **names)
    assert not [f["name"] for f in found if f["retries"] or f["isRetry"] or f["retry"]]
    statistic = json.loads((out / "widgets" / "statistic.json").read_bytes())
    found_by_it = Counter(names.get(end, end) for *_, end in one.cases)
    assert statistic == {"total": found_by_it.total(), **found_by_it}


def test_datadog_takes_every_file_and_says_so_of_none_without_cases(made, tmp_path):
    program = modules() / "@datadog" / "datadog-ci" / "dist" / "bundle.js"
    (tmp_path / "empty.xml").write_text("<testsuites/>", encoding="utf-8")
    paths = [path for one in made.values() for path in one.paths]
    words = ["junit", "upload", "--service", "hv-preflight", "--dry-run", "--skip-git-metadata-upload"]
    done = node(program, *words, *paths, tmp_path / "empty.xml", cwd=tmp_path, DD_API_KEY="none")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    for path in paths:
        assert f"[DRYRUN] Uploading jUnit XML test report file in {path}\n" in said
    assert said.count("Invalid jUnitXML file") == 1
    assert f"Invalid jUnitXML file [{tmp_path / 'empty.xml'}]: The junit report file is empty" in said
    assert f"Uploaded {len(paths)} files" in said


def test_no_reader_reaches_for_the_network(tmp_path):
    modules()
    for word in ("require('net').connect(9)", "fetch('http://127.0.0.1:8080')", "require('dns').lookup('x', () => {})"):
        done = node("-e", word, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (97, "a reader reaches for the network\n")
