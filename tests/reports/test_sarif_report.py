from __future__ import annotations

import json
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from reports import sarif_report
from reports.programs import RUN, Standing, standing
from reports.sarif_report import MADE_OF, OCTETS, RESULTS, render
from scanner.words.model import Gap, GapReason, Severity, Status
from scanner.words.report import PluginInfo, Report
from tests.reports.conftest import HV01, HV02, build, finding, findings, host
from tests.reports.situations import GOOD, KNOWN, OPEN, RED, SITUATIONS, WAIVER, run, waivers
from tests.reports.strategies import reports

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "schemas" / "sarif-schema-2.1.0.json").read_bytes())
VALID = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def log(report: Report) -> dict[str, Any]:
    """The one run of the file, which is valid, and of which GitHub refuses nothing."""
    document = json.loads(render(report))
    VALID.validate(document)
    (one,) = document["runs"]
    rules = one["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert "security-severity" not in rule.get("properties", {})
        assert len(rule.get("properties", {}).get("tags", ())) <= 20
    assert len({rule["id"] for rule in rules}) == len(rules) <= 25_000
    seen = set()
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["region"]["startLine"] == 1
        assert physical["artifactLocation"]["uri"][0] not in "./"
        assert "://" not in physical["artifactLocation"]["uri"]
        assert result["kind"] == "fail" or result["level"] == "none", "so the standard wants it"
        assert result["message"]["text"]
        assert "](" not in result["message"]["text"]
        seen.add(result["partialFingerprints"]["primaryLocationLineHash"])
    assert len(seen) == len(one["results"])
    assert len({"suppressions" in result for result in one["results"]}) < 2, "all have them, or none"
    assert len({"baselineState" in result for result in one["results"]}) < 2
    return one


def results(report: Report) -> list[dict[str, Any]]:
    return [result for result in log(report)["results"] if result["ruleId"] != RUN]


@pytest.mark.parametrize("name", SITUATIONS)
def test_it_is_valid(name: str):
    log(SITUATIONS[name][0])


@settings(max_examples=40, deadline=None)
@given(reports())
def test_it_is_valid_whatever_was_found(report: Report):
    statuses = Counter(result["properties"]["status"] for result in results(report))
    said = log(report)["properties"]["counts"]
    assert said == {status.value: report.counts[status.value] for status in Status}
    for status in (Status.FAIL, Status.WARN, Status.UNKNOWN, Status.ERROR):
        assert statuses[status] == report.counts[status]
    assert not statuses.keys() & {Status.PASS, Status.NOT_APPLICABLE}


def test_the_realistic_one_is_valid(report: Report):
    assert len(results(report)) == sum(standing(finding, report) in MADE_OF for finding in report.findings)


def test_an_unread_estate_is_no_clean_one():
    one = log(SITUATIONS["nothing read"][0])
    (run_result, other) = one["results"]
    assert (run_result["ruleId"], run_result["kind"], run_result["level"]) == (RUN, "fail", "error")
    assert "no host could be read" in run_result["message"]["text"]
    assert (other["kind"], other["level"], other["properties"]["status"]) == ("open", "none", "UNKNOWN")
    (invocation,) = one["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 3
    errors = [n["message"]["text"] for n in invocation["toolExecutionNotifications"] if n["level"] == "error"]
    assert errors == ["MigrationSettings of hv11.branch.example: unreachable (no answer on 5986 within 10 s)"]


def test_a_defect_is_a_notification_of_its_rule():
    one = log(SITUATIONS["a defect"][0])
    found = [n for n in one["invocations"][0]["toolExecutionNotifications"] if "associatedRule" in n]
    (note,) = found
    rule = one["tool"]["driver"]["rules"][note["associatedRule"]["index"]]
    assert rule["id"] == note["associatedRule"]["id"] == "VM-06"
    assert "KeyError" in note["message"]["text"]


def test_a_run_that_is_ready_has_no_result_and_went_well():
    one = log(SITUATIONS["ready"][0])
    assert one["results"] == []
    assert one["invocations"][0]["executionSuccessful"] is True
    assert {rule["id"] for rule in one["tool"]["driver"]["rules"]} >= {RUN, "ID-01", "NET-01"}


def test_a_failure_lies_in_the_estate_and_names_its_host():
    (result,) = results(run([*GOOD, RED]))
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "estates/prod.toml", "uriBaseId": "%SRCROOT%"}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == HV02
    assert (result["kind"], result["level"], result["rank"]) == ("fail", "error", 75.0)
    assert "suppressions" not in result
    assert "baselineState" not in result


def test_a_name_with_a_blank_is_a_reference():
    (result,) = results(replace(run([*GOOD, RED]), estate_file="estates/two words.toml"))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "estates/two%20words.toml"


def test_a_waiver_is_a_suppression_and_no_error():
    other = finding("NET-01", host(HV01), Status.FAIL, "also")
    first, second = results(run([*GOOD, RED, other], waived=waivers(WAIVER)))
    assert (first["level"], first["suppressions"]) == ("error", []), "what counts comes first"
    assert second["level"] == "note"
    assert second["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "until 2027-01-31 by network team: cable is ordered",
        }
    ]
    assert "WAIVED until 2027-01-31" in second["message"]["text"]


def test_what_is_accepted_though_unknown_stays_open():
    (result,) = results(SITUATIONS["unknown, accepted"][0])
    assert (result["kind"], result["level"]) == ("open", "none")
    assert result["suppressions"]


def test_a_baseline_is_a_state():
    found = {r["properties"]["seen"]: r for r in results(SITUATIONS["new since a baseline"][0])}
    assert (found["also"]["baselineState"], found["also"]["level"]) == ("new", "error")
    assert (found["in clear text"]["baselineState"], found["in clear text"]["level"]) == ("unchanged", "warning")


def test_a_run_that_lacks_verdicts_has_a_state_as_well():
    one = log(run([OPEN, RED], baseline=replace(KNOWN, verdict="not ready")))
    assert {result["baselineState"] for result in one["results"]} == {"new", "unchanged"}


def test_below_the_threshold_is_a_warning():
    report = build([finding("LM-06", host(HV01), Status.FAIL, "0")], threshold=Severity.HIGH)
    assert [(result["kind"], result["level"]) for result in results(report)] == [MADE_OF[Standing.LESSER]]


def test_what_was_narrowed_or_looks_ahead_closes_no_alert_of_the_whole():
    names = ("ready", "fails", "narrowed", "a look ahead")
    whole, other, narrowed, ahead = (log(SITUATIONS[name][0])["automationDetails"]["id"] for name in names)
    assert whole == other == "hv-preflight/live-migration/estates/prod.toml/"
    assert len({whole, narrowed, ahead}) == 3
    chosen = log(run(GOOD, chosen=("checks LM-*",)))["automationDetails"]["id"]
    assert chosen not in (whole, narrowed)


def test_fingerprints_stay_when_values_and_order_change(report: Report):
    def prints(made: Report) -> dict[str, str]:
        return {r["partialFingerprints"]["hvPreflight/v1"]: r["ruleId"] for r in results(made)}

    other = [one.saying(replace(one.said, seen="x", wanted="y", note="z", remedy="")) for one in report.findings]
    assert prints(report) == prints(replace(report, findings=tuple(reversed(other))))


def test_no_link_is_made_of_what_a_machine_says():
    (result,) = results(run([*GOOD, finding("NET-01", host(HV02), Status.FAIL, "[go](https://evil.example)")]))
    assert "[go] (https" in result["message"]["text"]


def many(number: int, status: Status = Status.FAIL) -> list[Any]:
    return [finding("NET-01", host(f"h{n}.corp.example"), status, "clear") for n in range(number)]


def test_what_is_too_much_for_github_is_told():
    report = run([*many(RESULTS + 3), *(finding("LM-06", host(HV01), Status.WARN, "x") for _ in range(1))])
    one = log(report)
    assert len(one["results"]) == RESULTS
    assert "5 results too many for GitHub are left out" in one["results"][0]["message"]["text"]
    assert one["results"][0]["ruleId"] == RUN
    assert "WARN" not in {result["properties"]["status"] for result in one["results"]}


def test_where_only_warnings_are_cut_no_result_says_so():
    one = log(run([*GOOD, *many(RESULTS + 3, Status.WARN)]))
    assert len(one["results"]) == RESULTS - 1
    told = [note["message"]["text"] for note in one["invocations"][0]["toolExecutionNotifications"]]
    assert "4 results too many for GitHub are left out; the JSON report has them" in told


def test_a_file_that_is_too_large_is_cut(monkeypatch: pytest.MonkeyPatch, report: Report):
    whole = len(zlib.compress(render(report).encode()))
    assert whole < OCTETS
    monkeypatch.setattr(sarif_report, "RESULTS", 13)
    monkeypatch.setattr(sarif_report, "OCTETS", whole - 200)
    one = log(report)
    assert len(one["results"]) < len(list(findings()))
    assert "left out" in one["results"][0]["message"]["text"]


def test_notifications_are_bounded():
    gaps = tuple(Gap("Trust", f"d{n}.example", GapReason.TIMEOUT) for n in range(1_500))
    notes = log(run(GOOD, gaps=gaps))["invocations"][0]["toolExecutionNotifications"]
    assert len(notes) == 1_001
    assert "more notifications; the JSON report has them" in notes[-1]["message"]["text"]


def test_plugins_are_extensions():
    plugins = (PluginInfo("checks", "1", "built-in"), PluginInfo("site", "2", "file"))
    assert log(replace(run(GOOD), plugins=plugins))["tool"]["extensions"] == [{"name": "site", "version": "2"}]
