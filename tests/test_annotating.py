"""The lines for the page of a job: what they say, and that no text of a target makes a command of its own.

The other side is written from what reads them: actions/runner (ActionCommand.cs), azure-pipelines-agent (Command.cs).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.annotations import MOST, of
from scanner.commands import annotating
from scanner.commands.annotating import azure, github
from scanner.estate.secret import remember
from scanner.words.annotation import Annotation, Level
from scanner.words.model import Status
from scanner.words.report import Report
from scanner.words.wording import sayable
from tests import processes
from tests.reports.conftest import GUIDS, HV01, HV02, HV11, build, finding, host, machine, move, route
from tests.reports.strategies import reports
from tests.test_inert import HOSTILE, commands

TRICKS = [
    "::error::x", "%0A::error::x", "%25", "##vso[task.complete result=Failed]x", "##[error]", "a;b]c", "%AZP25",
    "%3A%3A", ",file=x", "\n::stop-commands::x\r",
]  # fmt: skip
TEXTS = HOSTILE | st.lists(st.sampled_from(TRICKS) | HOSTILE, max_size=4).map("".join)
LINES = st.builds(Annotation, st.sampled_from(Level), TEXTS, TEXTS)
RUNNERS = {"GITHUB_ACTIONS": "true"}, {"TF_BUILD": "True"}
VSO = re.compile(r"##vso\[task\.logissue type=(error|warning)\](.*)", re.DOTALL)


def as_github(line: str) -> Annotation:
    """ActionCommand.TryParseV2."""
    head, text = line.removeprefix("::").split("::", 1)
    level, properties = head.split(" ", 1)
    found = dict(one.split("=", 1) for one in properties.split(","))
    assert list(found) == ["title"]
    title = found["title"]
    for escaped, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        title = title.replace(escaped, char)
    for escaped, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escaped, char)
    return Annotation(Level(level), title, text)


def as_azure(line: str) -> tuple[str, str]:
    """Command.TryParse."""
    found = VSO.fullmatch(line)
    assert found, line
    text = found[2]
    for escaped, char in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
        text = text.replace(escaped, char)
    return found[1], text


def plainly(text: str) -> str:
    """As a person reads it: without the blanks that take commands apart."""
    return re.sub(r"\s", "", text)


@given(LINES)
@example(Annotation(Level.ERROR, "100%0A::error::x, y: z", "a%25b%0D%0A::warning::c]; ##vso[x]"))
def test_what_is_escaped_is_read_as_it_was(line: Annotation) -> None:
    read = as_github(github(line))
    assert read.level is line.level
    assert plainly(read.title) == plainly(annotating.clean(line.title))
    assert plainly(read.text) == plainly(annotating.clean(line.text))
    if line.level is not Level.NOTICE:
        level, text = as_azure(azure(line))
        assert level == line.level
        assert plainly(text) == plainly(annotating.clean(f"{line.title}: {line.text}"))


@given(LINES, st.sampled_from(["ascii", "cp1252", "utf-8"]))
def test_no_text_makes_a_command_of_its_own(line: Annotation, encoding: str) -> None:
    for said in filter(None, (github(line), azure(line))):
        printed = sayable(said, encoding)
        assert len(printed.splitlines()) == 1
        assert list(commands(printed)) == [printed], "the one that is ours"
        ours = 2 if printed.startswith("::") else len("##vso[task.logissue type=")
        rest = printed[ours:]
        assert list(commands(f"x{rest}")) == []
    assert azure(replace(line, level=Level.NOTICE)) == ""


def levels(report: Report) -> list[Level]:
    return [line.level for line in of(report)]


@given(reports())
def test_an_error_is_shown_where_the_gate_stops_and_nowhere_else(report: Report) -> None:
    found = levels(report)
    assert (Level.ERROR in found) == (report.exit_code != 0)
    assert found[0] is (Level.ERROR if report.exit_code else Level.NOTICE)
    assert max(map(found.count, Level)) <= MOST


def many(status: Status) -> list:
    """A finding of each check that there is."""
    return [
        finding("DEL-01", route(HV01, HV11), status, "x"), finding("ID-01", host(HV01), status, "x"),
        finding("NET-01", host(HV02), status, "x"), finding("NET-02", host(HV02), status, "x"),
        finding("LM-06", host(HV01), status, "x"), finding("VM-02", move(GUIDS[0], "web"), status, "x"),
        finding("VM-06", machine(GUIDS[0], "web"), status, "x"),
    ]  # fmt: skip


def numbered(found: list, times: int) -> list:
    return [replace(one, check=f"{one.check}-{n:02}") for n in range(times) for one in found]


@pytest.mark.parametrize(("status", "level"), [(Status.FAIL, Level.ERROR), (Status.WARN, Level.WARNING)])
def test_of_more_than_ten_the_last_says_how_many_are_left(status: Status, level: Level) -> None:
    made = build([], routes=((HV01, HV11),))
    made = replace(made, findings=tuple(numbered(many(status), 3)), exit_code=1, verdict="not ready")
    shown = [line for line in of(made) if line.level is level]
    assert len(shown) == MOST
    verdict = level is Level.ERROR
    told = shown[verdict:-1]
    checks = {one.check for one in made.findings if one.status is status and (not verdict or made.blocks(one))}
    assert shown[-1].title == f"{len(checks) - len(told)} more checks"


def test_a_line_says_what_is_about_whom_and_what_was_seen() -> None:
    found = [finding("ID-01", host(name), Status.FAIL, "WORKGROUP", remedy="Join the host.") for name in (HV01, HV02)]
    verdict, line = of(build(found, routes=((HV01, HV02),)))
    assert (verdict.level, verdict.title) == (Level.ERROR, "hv-preflight: not ready")
    assert verdict.text == "2 blockers stop 1 of 1 route."
    assert line.title == "ID-01 Host is joined to an Active Directory domain"
    assert line.text == "hv01, hv02: WORKGROUP Do: Join the host."


def test_a_command_to_paste_is_no_line_of_a_page() -> None:
    found = finding("ID-01", host(HV01), Status.FAIL, "x", remedy="Add-Computer -DomainName 'corp.example'")
    assert not any("Add-Computer" in line.text for line in of(build([found])))


def run(environment: dict[str, str], *arguments: object, what: Sequence[object] = ("demo",)) -> tuple[str, str, int]:
    done = processes.finished(*what, *arguments, environment=environment, cwd=processes.ROOT)
    return done.stdout, done.stderr, done.returncode


def told(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("::", "##vso["))]


@pytest.mark.parametrize("environment", RUNNERS)
def test_a_runner_is_told_and_nobody_else(environment: dict[str, str]) -> None:
    out, err, code = run(environment, "--summary")
    lines = told(out)
    assert code == 1
    assert lines[0].startswith(("::error title=hv-preflight%3A not ready::", "##vso[task.logissue type=error]hv-p"))
    assert out.splitlines()[-1].startswith("exit 1")
    assert sum("error" in line[:30] for line in lines) == MOST
    assert told(err) == []
    assert list(commands(out)) == lines, "no other command is printed"


def test_it_is_said_where_people_read_and_not_where_nothing_shall_be() -> None:
    github_ = RUNNERS[0]
    assert told(run(github_, "--quiet")[0]) == []
    assert told(run({}, "--summary")[0]) == []
    assert told(run({"GITHUB_ACTIONS": "", "TF_BUILD": "False"}, "--summary")[0]) == []
    out, err, _ = run(github_, "--json", "-", "--summary")
    assert json.loads(out)["exit_code"] == 1
    assert told(err)


def test_secrets_stay_hidden() -> None:
    remember("correct-horse-battery")
    line = Annotation(Level.ERROR, "correct-horse-battery", "said correct-horse-battery")
    assert "horse" not in github(line) + azure(line)


PLUGIN = """
from scanner.api import Annotation, Level, Reporter, hookimpl

def annotate(report):
    yield Annotation(Level.WARNING, "mine", "first")
    raise RuntimeError("broken")

@hookimpl
def scanner_reporters():
    return [Reporter(name="mine", suffix=".mine", render=str, annotate=annotate)]
"""


def test_one_of_a_plug_in_that_fails_costs_itself_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(PLUGIN, "utf-8")
    good = ("judge", processes.ROOT / "tests/data/good.hvp")
    out, err, code = run(RUNNERS[0], "--summary", "--plugin", file, what=good)
    assert code == 0
    lines = told(out)
    assert lines[0].startswith("::notice title=hv-preflight%3A ready::")
    assert {line.split(" ", 1)[0] for line in lines[1:]} == {"::warning"}
    assert "mine" not in out
    assert "what the page of the job shows failed" in err
