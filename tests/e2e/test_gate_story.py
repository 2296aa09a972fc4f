"""A gate in daily use, on the real wire: red, waived, about to end, ended; and one that stops only at what is new."""

from __future__ import annotations

import json
import shutil
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from lab import practice
from tests.e2e.two_hosts import HOSTS, plan

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]
OFF = "[migration]\nenabled = false"


class Story:
    """A plan of live migration between two hosts of the estate, in a folder of its own."""

    def __init__(self, estate: practice.Estate, name: str) -> None:
        self.estate, self.machines = estate, {machine.name: machine for machine in estate.machines}
        self.folder = estate.file.parent / name
        self.folder.mkdir()
        shutil.copy(estate.file.with_name("ca.pem"), self.folder)
        limits = '[limits]\nhost_deadline = "15s"\nconnect_timeout = "5s"\n'
        text = plan(estate, both_ways=True, more=limits)
        (self.folder / "estate.toml").write_text(text, encoding="utf-8")

    def scan(self, *options: str) -> Run:
        """What one scan said and wrote."""
        files = {name: self.folder / f"run.{name}" for name in ("json", "junit", "html")}
        named = [text for name, path in files.items() for text in (f"--{name}", str(path))]
        done = self.estate.run("scan", str(self.folder / "estate.toml"), *named, *options)
        assert done.returncode in (0, 1, 3), done.stdout + done.stderr
        return Run(done.returncode, " ".join(done.stdout.split()), files)

    def change(self, name: str, old: str, new: str) -> None:
        """Change the state of a machine, which answers so from now on."""
        path = self.machines[name].path
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.estate.reload(self.machines[name])


class Run:
    """One scan, as its exit code, the terminal, the JSON report, the dashboard and the page have it."""

    def __init__(self, code: int, out: str, files: dict[str, Path]) -> None:
        self.code, self.out = code, out
        self.json: dict[str, Any] = json.loads(files["json"].read_bytes())
        self.html = files["html"].read_text(encoding="utf-8")
        self.cases: dict[tuple[str, str], ElementTree.Element] = {
            (case.get("classname", ""), case.get("name", "")): case
            for case in ElementTree.fromstring(files["junit"].read_bytes()).iter("testcase")
        }

    def failures(self) -> list[tuple[str, str]]:
        """(check, subject id) of what fails."""
        found = (finding for finding in self.json["findings"] if finding["status"] == "FAIL")
        return [(finding["check"], finding["subject"]["id"]) for finding in found]

    def red(self) -> set[str]:
        """The checks that are red on the dashboard."""
        cases = self.cases.items()
        return {name.split()[0] for (_, name), case in cases if case.find("failure") is not None}


def waivers(failures: list[tuple[str, str]], until: str) -> str:
    words = f'reason = "ordered"\nowner = "the team"\nuntil = {until}\n'
    return "".join(f'[[waiver]]\ncheck = "{check}"\nsubject = "{subject}"\n{words}' for check, subject in failures)


def test_red_then_waived_then_about_to_end_then_red_again(estate):
    story = Story(estate, "waived")
    file, today = story.folder / "waivers.toml", datetime.now(UTC).date()
    assert story.scan().code == 0
    story.change("hv02", "[migration]", OFF)
    try:
        red = story.scan()
        assert red.code == 1
        failures = red.failures()
        assert ("LM-01", HOSTS[1]) in failures

        file.write_text(waivers(failures, str(today + timedelta(days=60))), encoding="utf-8")
        green = story.scan()
        assert green.code == 0, green.out
        assert f"ready, {len(failures)} waived" in green.out
        assert green.failures() == failures, "they stay what they are"
        assert green.red() == set()
        skipped = [case.find("skipped") for case in green.cases.values()]
        told = [one.get("message", "") for one in skipped if one is not None and "the team" in one.get("message", "")]
        assert len(told) == len(failures)
        assert "the team" in green.html
        assert {use["state"] for use in green.json["waivers"]} == {"in force"}

        file.write_text(waivers(failures, str(today + timedelta(days=9))), encoding="utf-8")
        soon = story.scan()
        assert soon.code == 0
        assert {use["state"] for use in soon.json["waivers"]} == {"ends soon"}
        assert soon.json["until"] == f"{today + timedelta(days=9)}T00:00:00Z"
        assert f"until {today + timedelta(days=9)} 00:00 UTC" in soon.out

        file.write_text(waivers(failures, str(today)), encoding="utf-8")
        ended = story.scan()
        assert ended.code == 1
        assert ended.red() == red.red()
        assert {use["state"] for use in ended.json["waivers"]} == {"expired"}
    finally:
        story.change("hv02", OFF, "[migration]")


def test_a_gate_with_a_baseline_stops_only_at_what_is_new(estate):
    story = Story(estate, "known")
    before = story.folder / "before.json"
    story.change("hv02", "[migration]", OFF)
    try:
        first = story.scan()
        assert first.code == 1
        before.write_text(json.dumps(first.json), encoding="utf-8")
        held = ("--baseline", str(before))

        known = story.scan(*held)
        assert (known.code, known.json["verdict"]) == (0, "not ready")
        assert known.red() == set()
        assert "0 new" in known.out

        story.change("hv01", "[migration]", OFF)
        try:
            one_more = story.scan(*held)
        finally:
            story.change("hv01", OFF, "[migration]")
        assert one_more.code == 1
        new = {(change["check"], change["subject"]["id"]) for change in one_more.json["baseline"]["new"]}
        assert ("LM-01", HOSTS[0]) in new
        assert new == set(one_more.failures()) - set(first.failures())
        assert one_more.red() == {check for check, _ in new}

        process = estate.processes["hv02"]
        process.send_signal(signal.SIGSTOP)
        try:
            down = story.scan(*held)
        finally:
            process.send_signal(signal.SIGCONT)
        assert down.code == 3, down.out
        assert first.cases.keys() <= down.cases.keys(), "no case vanishes from the dashboard"
        up = story.scan(*held)
        assert up.code == 0, up.out
        assert up.cases.keys() == first.cases.keys()
    finally:
        story.change("hv02", OFF, "[migration]")
