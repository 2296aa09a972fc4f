"""--at on the command line, what every output says of a look ahead, and which checks look at the time at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scanner import cli
from tests.checks.replica.test_rep_10_health import run as of_health
from tests.conftest import Judge
from tests.properties.records import FILES, before

ROOT = Path(__file__).resolve().parents[1]
GOOD, LATER = str(FILES["good"]), "2026-12-05"
"""the key of the good record expires on 2026-12-04"""


def told(capsys, *arguments: str) -> tuple[int, str, str]:
    code = cli.run(list(arguments))
    return code, *capsys.readouterr()


def test_a_record_is_judged_as_of_a_later_instant(capsys):
    code, out, _ = told(capsys, "judge", GOOD)
    assert code == 0
    assert re.search(r"! READY until 2026-12-04 \d\d:\d\d UTC: the registration key expires \(KEY-03,\s", out)
    code, out, _ = told(capsys, "judge", GOOD, "--at", LATER)
    out = " ".join(out.split())
    assert code == 1
    assert "! A look ahead: judged as of 2026-12-05 00:00 UTC, from what was read until 2026-11-" in out
    assert "KEY-03" in out


def test_every_output_says_that_it_is_a_look_ahead(capsys, tmp_path):
    html, junit, made = (str(tmp_path / name) for name in ("a.html", "a.xml", "a.json"))
    told(capsys, "judge", GOOD, "--at", LATER, "--html", html, "--junit", junit, "--json", made)
    assert "A look ahead: judged as of 2026-12-05 00:00 UTC" in Path(html).read_text(encoding="utf-8")
    xml = Path(junit).read_text(encoding="utf-8")
    assert '<property name="at" value="2026-12-05T00:00:00Z" />' in xml
    assert "A look ahead: judged as of 2026-12-05 00:00 UTC" in xml
    assert json.loads(Path(made).read_text(encoding="utf-8"))["at"] == "2026-12-05T00:00:00Z"
    _, out, _ = told(capsys, "why", "host", "hv01", "--to", "hv02", "--record", GOOD, "--at", LATER)
    assert out.startswith("a look ahead: judged as of 2026-12-05 00:00 UTC, as if nothing else changed\n")
    assert "Site Recovery not ready" in out
    assert "A look ahead" in told(capsys, "demo", "--at", LATER)[1]


def test_every_output_says_until_when(capsys, tmp_path):
    html, junit, made = (str(tmp_path / name) for name in ("a.html", "a.xml", "a.json"))
    told(capsys, "judge", GOOD, "--html", html, "--junit", junit, "--json", made)
    report = json.loads(Path(made).read_text(encoding="utf-8"))
    assert (report["until"][:10], report["then"], report["at"]) == ("2026-12-04", "not ready", "")
    assert [(turn["check"], turn["words"]) for turn in report["turns"]] == [("KEY-03", "the registration key expires")]
    states = {state["profile"]: state["then"] for state in report["readiness"]}
    assert states == {"asr-vmm": "not ready", "live-migration": "", "replica": ""}
    kinds = {route["until"]: {state["profile"] for state in route["profiles"]} for route in report["routes"]}
    assert kinds.keys() == {report["until"], ""}
    assert "asr-vmm" in kinds[report["until"]]
    assert "asr-vmm" not in kinds[""]
    assert f'name="until" value="{report["until"]}, then not ready: the registration key expires"' in Path(
        junit
    ).read_text(encoding="utf-8")
    assert "Ready until 2026-12-04" in Path(html).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("tomorrow", '--at "tomorrow" is no time: write a time as 2026-12-03T09:00Z'),
        ("2026-13-01", "is no time"),
        ("0001-01-01T00:00+14:00", "is no time"),
        ("2020-01-01", "is before the record was made, 2026-11-"),
        ("2999-01-01", "is more than ten years after"),
        ("", "is no time"),
    ],
)
def test_what_is_no_later_time_is_refused(capsys, word, said):
    code, out, err = told(capsys, "judge", GOOD, "--at", word)
    assert (code, out) == (2, "")
    assert said in err


def test_a_zone_counts(capsys):
    out = told(capsys, "judge", GOOD, "--at", "2026-12-05T09:00+09:00")[1]
    assert "judged as of 2026-12-05 00:00 UTC" in out


def test_at_its_own_instant_it_is_no_look_ahead(capsys):
    own = before("good").finished.isoformat()
    assert "look ahead" not in told(capsys, "judge", GOOD, "--at", own)[1]


def test_which_checks_look_at_the_time():
    """Whoever adds one has thought of looking ahead: ``now`` moves, and ``recorded`` is when the record was made."""
    files = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "checks").rglob("*.py"))}
    found = {
        word: {path.stem for path, text in files.items() if f"view.{word}" in text} for word in ("now", "recorded")
    }
    assert found["now"] == {
        "asr_08_host_certificates", "certificates", "chains", "del_11_new_tickets", "key_03_not_expired",
        "key_04_valid_long_enough", "key_05_already_valid", "key_08_file_name", "presented", "update_age",
    }  # fmt: skip
    assert found["recorded"] == {
        "asr_09_ip_ranges", "del_11_new_tickets", "health", "internet", "internet_time", "proxy_account", "update_age",
    }  # fmt: skip


def test_how_long_ago_a_machine_had_replicated_is_a_matter_of_the_reading(judge: Judge):
    assert not of_health(judge).timely
