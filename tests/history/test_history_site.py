"""history --site: the pages in their folder, whatever was there before, and whatever ends the program."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner import cli, plugins
from scanner.commands import history_site, site_files
from scanner.commands.files import NotWritten
from scanner.commands.site_files import SiteFolder
from scanner.history.spans import Span
from scanner.words.exits import INCOMPLETE, INTERNAL, READY, USAGE
from scanner.words.site import SITE_MARK, folder_of
from scanner.words.waivers import WaiverState, WaiverUse
from tests.history.filled import FAIL, HV01, HV02, NIGHTS, PASS, WAIVED, WAIVER, fill, of_host
from tests.reports.sites import broken
from tests.reports.test_site import text

ROOT = Path(__file__).parents[2]
NAME = "corp/estate"
PRACTICE = ROOT / "scanner" / "data" / "practice.hvp"


def written(*words: str, ends: int = READY) -> None:
    assert cli.run(["history", "--history", "h.db", "--site", "pages", *words]) == ends


def files() -> dict[str, str]:
    folder = Path("pages")
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_all_of_it_is_there_and_leads_somewhere(kept, capsys):
    fill(kept, NIGHTS[:1], name="munich")
    written()
    said = capsys.readouterr()
    assert said.out == "pages/index.html: 2 estates, 5 runs, 5 whole reports\n"
    assert said.err == ""
    site = files()
    assert broken(site) == []
    folder = folder_of(NAME)
    assert {f"{folder}/{kind}-{n}.html" for kind in ("run", "report") for n in range(1, 5)} <= set(site)
    assert not [name for name in os.listdir("pages") if name.startswith(".")]


def test_of_either_database(address, place, tmp_path, monkeypatch, capsys):
    """The same runs, the same words and the same pages."""
    monkeypatch.chdir(tmp_path)
    use = WaiverUse(waiver=WAIVER, state=WaiverState.IN_FORCE, days=9)
    for night, findings in enumerate(NIGHTS):
        fill(place, [findings], waivers=(use,) if night > 1 else (), record=PRACTICE.read_bytes())
    words = ["history", "--history", address]
    assert cli.run([*words]) == READY
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]] == ["4", "3", "2", "1"]
    assert cli.run([*words, "NET-01@hv02"]) == READY
    assert "by network team until 2026-12-20, since 2026-11-01 04:00" in capsys.readouterr().out
    assert cli.run([*words, "--route", "hv01:hv02"]) == READY
    assert "turned 2 times" in capsys.readouterr().out
    assert cli.run([*words, "--site", "pages", "--reports", "1"]) == READY
    assert broken(files()) == []
    assert "1 waiver of the history" in text(files()[f"{folder_of(NAME)}/report-4.html"])


def test_a_report_that_is_made_again_says_so(kept):
    use = WaiverUse(waiver=WAIVER, state=WaiverState.IN_FORCE, days=9)
    fill(kept, [[WAIVED]], record=PRACTICE.read_bytes(), waivers=(use,))
    written("--reports", "1")
    report = text(files()[f"{folder_of(NAME)}/report-5.html"])
    assert re.search(
        r"Judged again, by version [\d.]+ and its checks, from the record of run 5, which said ready", report
    )
    assert "1 waiver of the history" in report, "of that run, as far as it is kept"
    fill(kept, [[of_host("NET-01", HV01, FAIL)]], record=PRACTICE.read_bytes())
    written("--reports", "1")
    report = text(files()[f"{folder_of(NAME)}/report-6.html"])
    assert "from the record of run 6." in report, "it says the same"
    assert "of the history" not in report


def test_reports_are_of_the_newest_runs_and_the_others_go(kept):
    written("--reports", "3")
    folder = folder_of(NAME)
    there = {name for name in files() if "report-" in name}
    assert there == {f"{folder}/report-{n}.html" for n in (2, 3, 4)}
    written("--reports", "0", "--limit", "2")
    site = files()
    assert {name for name in site if name.startswith(folder)} == {
        f"{folder}/{name}.html" for name in ("index", "run-3", "run-4")
    }
    assert broken(site) == []
    assert "2 still earlier runs left out" in text(site[f"{folder}/index.html"])


def test_nothing_is_written_or_judged_again_without_need(kept, monkeypatch):
    written()
    before = {name: (Path("pages") / name).stat().st_mtime_ns for name in files()}
    monkeypatch.setattr(history_site.judging, "judge", lambda *_: pytest.fail("judged again"))
    written()
    assert {name: (Path("pages") / name).stat().st_mtime_ns for name in files()} == before


@pytest.mark.parametrize("words", [("--fail-on", "critical"), ("--plugin", "more.py")])
def test_a_report_is_made_again_where_it_could_be_another(kept, words):
    plugin = 'from scanner.api import hookimpl\n\n\n@hookimpl\ndef scanner_checks():\n    """None."""\n    return []\n'
    Path("more.py").write_text(plugin, encoding="utf-8")
    written()
    name = f"{folder_of(NAME)}/report-4.html"
    before = files()[name]
    written(*words)
    assert files()[name].splitlines()[1] != before.splitlines()[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_files_have_the_mode_that_the_umask_says(kept, mask, mode):
    old = os.umask(mask)
    try:
        written()
    finally:
        os.umask(old)
    assert {path.stat().st_mode & 0o777 for path in Path("pages").rglob("*") if path.is_file()} == {mode}
    assert {path.stat().st_mode & 0o777 for path in Path("pages").glob("e-*")} == {0o777 & ~mask}


def test_what_is_of_nothing_that_is_kept_goes_and_what_is_not_ours_stays(kept, capsys):
    written()
    folder = Path("pages") / folder_of(NAME)
    gone = Path("pages") / "e-000000000000"
    gone.mkdir()
    ours = f"<!DOCTYPE html>\n<!-- {SITE_MARK} -->\n"
    theirs = {"notes.html": ours, "run-9.html": "mine", "run-x.html": ours}
    for name, content in theirs.items():
        (folder / name).write_text(content, encoding="utf-8")
    (gone / "run-1.html").write_text(ours, encoding="utf-8")
    (folder / "run-99.html").write_text(ours, encoding="utf-8")
    (folder / "run-98.html").symlink_to("run-1.html")
    (Path("pages") / "style-000000000000.css").write_text(f"/* {SITE_MARK} */", encoding="utf-8")
    for path in Path("pages").rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    capsys.readouterr()
    written()
    assert "; 3 pages of before removed" in capsys.readouterr().out
    assert not gone.exists()
    assert not (folder / "run-99.html").exists()
    assert {name for name in [*theirs, "run-98.html"] if (folder / name).exists()} == {*theirs, "run-98.html"}
    assert [path.name for path in Path("pages").glob("style-*")] == [
        next(name for name in files() if name.startswith("style"))
    ]


def test_what_another_run_wrote_meanwhile_stays(kept):
    """Two at once: one began before a run was stored, and does not know its pages."""
    early = SiteFolder.at(Path("pages"))
    fill(kept, NIGHTS[:1])
    written()
    later = set(files())
    early.written = {"index.html"}
    early.tidy()
    assert set(files()) == later


def test_what_is_forgotten_goes(kept):
    written()
    fill(kept, NIGHTS[:2], runs=Span(runs=2))
    time.sleep(0.02)  # of the clock of a file system
    written()
    site = files()
    assert broken(site) == []
    assert sorted(name for name in site if "/run-" in name) == [f"{folder_of(NAME)}/run-{n}.html" for n in (5, 6)]


@pytest.mark.parametrize("content", ["<h1>our intranet</h1>", ""])
def test_a_folder_of_somebody_else_is_left_alone(kept, capsys, content):
    Path("pages").mkdir()
    (Path("pages") / "index.html").write_text(content, encoding="utf-8")
    written(ends=USAGE)
    assert "its index.html is no page of ours; name a folder of its own" in capsys.readouterr().err
    assert files() == {"index.html": content}


@pytest.mark.parametrize("name", ["index.html", "style", "folder", "page"])
def test_a_link_in_the_folder_leads_no_page_elsewhere(kept, tmp_path, capsys, name):
    """Whoever may put a link into the folder may not have whoever writes the pages write over another file."""
    written()
    site, other = Path("pages"), tmp_path / "other"
    folder = next(site.glob("e-*"))
    place = {
        "index.html": site / "index.html",
        "style": next(site.glob("style-*")),
        "folder": folder,
        "page": next(folder.glob("run-*")),
    }[name]
    if place.is_dir():
        shutil.rmtree(place)
        other.mkdir()
    else:
        place.unlink()
        other.write_text("<!DOCTYPE html>\n<!-- hv-preflight, history -->\nmine", encoding="utf-8")
    place.symlink_to(other)
    written(ends=INTERNAL)
    assert f"it leads to {other}" in capsys.readouterr().err
    assert list(other.iterdir()) == [] if other.is_dir() else other.read_text(encoding="utf-8").endswith("mine")


def test_what_can_be_no_folder_is_told(kept, capsys):
    Path("file").write_text("x", encoding="utf-8")
    for place in ("file", "file/below"):
        assert cli.run(["history", "--history", "h.db", "--site", place]) == USAGE
        assert "cannot be written" in capsys.readouterr().err
    assert cli.run(["history", "--history", "h.db", "--site", "new/one/below"]) == READY


def test_a_page_that_cannot_be_written_leaves_the_old_site_whole(kept, capsys, monkeypatch):
    written()
    before = files()
    fill(kept, [[of_host("NET-01", HV02, PASS)]])
    put = SiteFolder.put

    def full(self: SiteFolder, name: str, page: str) -> None:
        if name == f"{folder_of(NAME)}/index.html":
            raise NotWritten(f"{name} is not written: No space left on device")
        put(self, name, page)

    with monkeypatch.context() as patch:
        patch.setattr(SiteFolder, "put", full)
        written(ends=INTERNAL)
    assert "No space left on device" in capsys.readouterr().err
    site = files()
    assert site["index.html"] == before["index.html"]
    assert broken(site) == []
    written()
    assert broken(files()) == []


def test_a_record_that_is_damaged_costs_its_report_alone(kept, capsys):
    fill(kept, NIGHTS[:1], record=b"{}")
    written(ends=INCOMPLETE)
    said = capsys.readouterr()
    assert "run 5 has no report: " in said.err
    assert "5 runs, 4 whole reports" in said.out
    site = files()
    assert broken(site) == []
    assert "its whole report is not among these pages" in text(site[f"{folder_of(NAME)}/run-5.html"])


def test_a_run_that_is_forgotten_while_pages_are_made_leaves_the_old_site(kept, capsys, monkeypatch):
    written()
    before = files()
    fill(kept, NIGHTS[:1])
    monkeypatch.setattr("scanner.history.reading.run_of", lambda *_: None)
    written(ends=INCOMPLETE)
    assert "was forgotten while the history" in capsys.readouterr().err
    assert {name: page for name, page in files().items() if name in before} == before


SLOW = """
import sys, time
from scanner import cli
from scanner.commands.site_files import SiteFolder
put = SiteFolder.put
def slow(self, name, page):
    put(self, name, page)
    print(name, flush=True)
    time.sleep(0.01)
SiteFolder.put = slow
sys.exit(cli.run(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("after", [1, 5, 9])
def test_a_killed_run_leaves_a_site_that_leads_nowhere_wrong(kept, tmp_path, after):
    written("--reports", "2")
    fill(kept, NIGHTS[:2])
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, "history", "--history", "h.db", "--site", "pages", "--limit", "4"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=tmp_path, stdout=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        for _ in range(after):
            assert run.stdout.readline()
        run.send_signal(signal.SIGKILL)
    site = {name: page for name, page in files().items() if site_files.TEMPORARY not in name}
    assert broken(site) == []
    written("--limit", "4")
    assert broken(files()) == []
    assert {name for name in files() if "/run-" in name} == {f"{folder_of(NAME)}/run-{n}.html" for n in range(3, 7)}


def test_reporters_of_plugins_are_no_pages():
    offer = plugins.load(third_party=False)
    assert [reporter.name for reporter in offer.reporters if reporter.pages] == ["html"]
