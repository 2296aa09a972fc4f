"""The numbers of a run, as Prometheus' own readers of either form take them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import parser as prometheus
from prometheus_client.openmetrics import parser as openmetrics

from reports import openmetrics_report, prometheus_report
from reports.samples import METRICS, VERDICTS
from scanner.commands.files import TEMPORARY
from scanner.words.baseline import Difference
from scanner.words.model import Profile, Severity, Status
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from scanner.words.until import Turns, Until
from scanner.words.waivers import Waiver, WaiverState, WaiverUse
from tests.reports.conftest import END, HOSTILE, HV01, HV11, SILENT, START, build, finding, host, route
from tests.reports.strategies import reports

READERS = {
    "prometheus": (prometheus_report.render, prometheus.text_string_to_metric_families),
    "openmetrics": (openmetrics_report.render, openmetrics.text_string_to_metric_families),
}
either = pytest.mark.parametrize("name", READERS)
MOVE = "live-migration"
PAGE = Path(__file__).parents[2] / "docs" / "reports.md"


def read(report: Report, name: str = "prometheus") -> dict[tuple[str, ...], float]:
    """Samples as a reader has them, by metric and the values of labels; none of them twice, none with a time."""
    render, families = READERS[name]
    text = render(report)
    found: dict[tuple[str, ...], float] = {}
    for sample in _samples(families(text)):
        assert sample.timestamp is None, "a collector leaves out the whole file"
        key = (sample.name.removeprefix("hv_preflight_"), *sample.labels.values())
        assert key not in found
        found[key] = sample.value
    assert len(found) == sum(not line.startswith("#") for line in text.splitlines())
    return found


def _samples(families: Any) -> Iterator[Any]:
    for family in families:
        assert family.type in {"gauge", "info"}
        assert family.documentation
        yield from family.samples


@either
def test_a_run_in_numbers(report: Report, name: str) -> None:
    told = read(report, name)
    assert told["build_info", "0.1.0"] == 1
    assert {word: told["verdict", word] for word in VERDICTS} == dict.fromkeys(VERDICTS, 0) | {"not ready": 1}
    assert told["profile_verdict", MOVE, "not ready"] == 1
    assert told["exit_code",] == report.exit_code == 1
    assert {status: told["findings", status] for status in Status} == {s: report.counts.get(s, 0) for s in Status}
    assert [told["failed_findings", severity.word] for severity in Severity] == [0, 1, 0, 1, 1]
    assert told["blockers",] == 2
    assert told["missing_verdicts",] == 7
    assert sum(told["moves", MOVE, verdict] for verdict in VERDICTS[:3]) == len(report.routes) == 4
    assert told["last_run_timestamp_seconds",] == END.timestamp()
    assert ("last_success_timestamp_seconds",) not in told
    assert told["duration_seconds",] == 7
    assert told["narrowed",] == 0
    assert told["target_up", HV01, "host"] == 1
    assert told["target_up", HV11, "host"] == 0
    assert told["target_unanswered_queries", HV11, "host"] == 41


@given(reports())
def test_both_say_the_same(report: Report) -> None:
    assert read(report) == read(report, "openmetrics")


def test_the_forms_differ_where_they_must(report: Report) -> None:
    classic, new = (render(report) for render, _ in READERS.values())
    assert (
        classic.replace("build_info gauge", "build info").replace(
            "HELP hv_preflight_build_info", "HELP hv_preflight_build"
        )
        + "# EOF\n"
        == new
    )
    assert classic.endswith("\n")
    assert not {"\r", "\ufeff"} & set(classic + new)
    for kind in ("HELP", "TYPE"):
        names = re.findall(rf"^# {kind} (\S+)", classic, re.M)
        assert len(names) == len(set(names)) > 15


NAMES = st.text(st.characters(exclude_categories=()), max_size=9) | st.sampled_from(
    [
        'a"b',
        "a\\",
        "a\nb",
        "a\r\nb",
        HOSTILE,
        "##vso[x]",
        "# #vso[x]",
        "A" * 1_000_000,
        "\ufeff",
        "",
        "\x1b",
        "\\u001b",
        "{}",
        'x"} 1\n',
    ]
)


@either
@given(st.lists(NAMES, min_size=1, max_size=6, unique=True))
def test_a_target_may_be_called_anything(name: str, called: list[str]) -> None:
    """Also what looks alike once it is harmless: a series that is there twice costs the whole file."""
    targets = tuple(TargetInfo(name=one, kind="host", queries=2, answered=n % 2) for n, one in enumerate(called))
    told = read(build([], targets=targets), name)
    up = [key for key in told if key[0] == "target_up"]
    assert 1 <= len(up) <= len(called)
    assert min(told[key] for key in up) == 0
    assert max(len(key[1]) for key in up) < 300


@either
@pytest.mark.parametrize("called", ['a"b', "a\\", "a\\nb", 'a\\"', "{a}", "a,b=1", "ü", "a # b"])
def test_a_name_is_read_as_it_was_given(name: str, called: str) -> None:
    told = read(build([], targets=(TargetInfo(name=called, kind="host"),)), name)
    assert ("target_up", called, "host") in told


def test_a_failure_that_is_waived_is_counted_as_that_alone() -> None:
    waiver = Waiver("ID-01", "*", "r", "o", date(2026, 12, 9))
    told = read(build([finding("ID-01", host(HV01), Status.FAIL, waiver=waiver)]))
    assert (told["findings", "FAIL"], told["waived_findings",]) == (1, 1)
    assert (told["failed_findings", "critical"], told["blockers",]) == (0, 0)


def test_no_finding_has_a_series_of_its_own() -> None:
    """What grows with findings is no metric: a collector keeps every series for weeks."""
    few, many = (build([finding("ID-01", host(f"h{n}"), Status.FAIL) for n in range(size)]) for size in (1, 50))
    assert read(few).keys() == read(many).keys()


def test_the_oldest_unknown_is_as_old_as_a_baseline_knows() -> None:
    known = datetime(2026, 11, 1, 6, tzinfo=UTC)
    new = finding("DEL-01", route(HV11, HV01), Status.UNKNOWN, note=str(SILENT))
    old = finding("ID-01", host(HV11), Status.UNKNOWN, known_since=known)
    oldest = ("oldest_unknown_timestamp_seconds",)
    assert read(build([new, old]))[oldest] == known.timestamp()
    assert read(build([new]))[oldest] == END.timestamp()
    passes = finding("ID-01", host(HV11), Status.PASS, known_since=known)
    assert oldest not in read(build([passes]))


def test_what_expires_and_what_turns() -> None:
    soon, later, begins = (datetime(2026, 12, day, 9, tzinfo=UTC) for day in (3, 9, 1))

    def until(time: datetime, check: str, status: Status = Status.FAIL) -> Until:
        words = "the registration key expires"
        return Until(time=time, verdict="not ready", check=check, subject=host(HV01), status=status, words=words)

    places = {
        ("", "", ""): until(soon, "KEY-03"),
        ("", "", Profile.LIVE_MIGRATION): until(later, "KEY-03"),
        ("a", "b", ""): until(begins, "KEY-01", Status.PASS),
    }
    told = read(replace(build([finding("ID-01", host(HV01), Status.PASS)]), turns=Turns(places, until(later, "x"))))
    assert told["verdict_turns_timestamp_seconds", "not ready"] == soon.timestamp()
    assert told["profile_verdict_turns_timestamp_seconds", MOVE, "not ready"] == later.timestamp()
    assert told["gate_turns_timestamp_seconds", "not ready"] == later.timestamp()
    assert {key: told[key] for key in told if key[0].startswith("expiry")} == {
        ("expiry_timestamp_seconds", "KEY-03"): soon.timestamp()
    }


def test_the_next_end_is_of_a_waiver_that_acts() -> None:
    def use(day: int, state: WaiverState) -> WaiverUse:
        return WaiverUse(waiver=Waiver("X-1", "*", "r", "o", date(2026, 12, day)), state=state, days=day)

    uses = (
        use(9, WaiverState.IN_FORCE),
        use(5, WaiverState.ENDS_SOON),
        use(1, WaiverState.EXPIRED),
        use(2, WaiverState.UNUSED),
    )
    told = read(replace(build([]), waivers=uses))
    assert told["waiver_next_end_timestamp_seconds",] == datetime(2026, 12, 5, tzinfo=UTC).timestamp()
    assert [told["waivers", state] for state in WaiverState] == [1, 1, 1, 1, 0]
    assert ("waiver_next_end_timestamp_seconds",) not in read(replace(build([]), waivers=uses[2:]))


def test_the_last_success_is_this_run_or_its_baseline() -> None:
    stopped = build([finding("ID-01", host(HV01), Status.FAIL)])
    success = ("last_success_timestamp_seconds",)
    assert success not in read(stopped)
    assert (
        read(replace(stopped, baseline=Difference(file="f", taken=START, verdict="ready")))[success]
        == START.timestamp()
    )
    assert success not in read(replace(stopped, baseline=Difference(file="f", taken=START, verdict="incomplete")))
    assert read(replace(stopped, exit_code=0))[success] == END.timestamp()


def test_what_a_verdict_rests_on_is_told() -> None:
    unverified = TargetInfo(name=HV01, kind="host", answered=1, queries=1, unverified=True)
    ahead = datetime(2027, 1, 1, tzinfo=UTC)
    told = read(replace(build([], targets=(unverified,)), chosen=("only hv01",), at=ahead))
    assert told["target_unverified", HV01, "host"] == 1
    assert told["narrowed",] == 1
    assert told["judged_as_of_timestamp_seconds",] == ahead.timestamp()


def test_a_target_of_which_nothing_is_there_is_down() -> None:
    told = read(build([], routes=((HV01, HV11),), gaps=(SILENT,)))
    assert told["target_up", HV01, ""] == told["target_up", HV11, ""] == 0


def test_names_are_as_prometheus_has_them() -> None:
    for metric in METRICS:
        assert re.fullmatch(r"hv_preflight_[a-z_]+", metric.name)
        assert not metric.name.endswith("_total"), "a gauge is none"
        assert metric.help.endswith(".")


def test_the_page_tells_each_metric() -> None:
    rows = re.findall(r"^\| `(hv_preflight_\w+)`(?: by (\S+))? \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert rows == [(m.name, ",".join(m.labels), m.help) for m in METRICS]


def test_an_unfinished_file_is_read_by_no_collector() -> None:
    """They read ``*.prom``; what is being written begins otherwise and ends with letters of chance."""
    assert not f"{TEMPORARY}abcd1234".endswith(".prom")


@pytest.mark.skipif(not shutil.which("promtool"), reason="Debian's prometheus is not installed")
def test_promtool_has_nothing_to_say(report: Report) -> None:
    text = prometheus_report.render(report)
    done = subprocess.run(
        ["promtool", "check", "metrics"], input=text, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
