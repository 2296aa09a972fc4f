"""--html DIR: written like the pages of a history, index last, nothing of an earlier run among them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner import cli
from scanner.commands.in_folders import put_folder
from scanner.commands.options import Reports
from scanner.commands.site_files import SiteFolder
from scanner.words.site import REPORT_MARK, SITE_MARK, part_file

PAGE = f"<!DOCTYPE html>\n<!-- {REPORT_MARK} -->\n"
OLD, NEW = part_file("old", "1"), part_file("new", "2")


def pages(*names: str, fails: BaseException | None = None) -> Iterator[tuple[str, str]]:
    for name in names:
        yield name, f"{PAGE}{name} anew"
    if fails:
        raise fails
    yield "index.html", f"{PAGE}the new index"


def forget(_path: Path, _data: bytes) -> None:
    """Nobody signs it."""


def folder(path: Path) -> SiteFolder:
    """As it was left by an earlier run."""
    made = SiteFolder.of_report(path, 0o600)
    put_folder(made, "html", lambda: iter([(OLD, f"{PAGE}x"), ("index.html", f"{PAGE}the old index")]), [], [], forget)
    for file in path.iterdir():
        os.utime(file, (1, 1))
    return SiteFolder.of_report(path, 0o600)


def put(made: SiteFolder, *names: str, fails: BaseException | None = None) -> tuple[list[Path | str], list[str]]:
    written: list[Path | str] = []
    failures: list[str] = []
    put_folder(made, "report format html", lambda: pages(*names, fails=fails), written, failures, forget)
    return written, failures


def test_pages_of_before_go_once_the_index_is_new(tmp_path):
    made = folder(tmp_path)
    (tmp_path / "mine.html").write_text("kept")
    (tmp_path / part_file("other", "x")).write_text("not ours, though called like it")
    os.utime(tmp_path / part_file("other", "x"), (1, 1))
    assert put(made, NEW) == ([tmp_path / "index.html"], [])
    assert {path.name for path in tmp_path.iterdir()} == {NEW, "index.html", "mine.html", part_file("other", "x")}
    assert "the new index" in (tmp_path / "index.html").read_text()


def test_where_a_page_cannot_be_made_the_old_index_stays_and_what_it_leads_to(tmp_path, caplog):
    written, failures = put(folder(tmp_path), NEW, fails=ValueError("x"))
    assert not written
    assert failures == [f"{tmp_path} is not written: report format html failed, as told above"]
    assert "the old index" in (tmp_path / "index.html").read_text()
    assert (tmp_path / OLD).exists()


def test_a_signal_leaves_the_old_index(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        put(folder(tmp_path), NEW, fails=KeyboardInterrupt())
    assert "the old index" in (tmp_path / "index.html").read_text()
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_no_link_is_followed_out_of_the_folder(tmp_path):
    made = folder(tmp_path / "pages")
    aside = tmp_path / "aside"
    aside.write_text("untouched")
    (tmp_path / "pages" / NEW).symlink_to(aside)
    written, (failure,) = put(made, NEW)
    assert not written
    assert "it leads to" in failure
    assert aside.read_text() == "untouched"


@pytest.mark.parametrize("text", ["<html>mine</html>", f"<!-- {SITE_MARK} -->"], ids=["somebody's", "a history's"])
def test_an_index_that_is_not_of_a_report_is_refused(tmp_path, capsys, text):
    (tmp_path / "index.html").write_text(text)
    assert cli.run(["demo", "--html", str(tmp_path)]) == 2
    assert "its index.html is no page of ours; name a folder of its own" in capsys.readouterr().err
    assert (tmp_path / "index.html").read_text() == text


@pytest.mark.parametrize("name", ["index.html", "INDEX.html", part_file("main", "group main")])
def test_no_other_report_takes_the_place_of_a_page(tmp_path, capsys, name):
    (tmp_path / "pages").mkdir()
    for words in (["--json", f"{tmp_path}/pages/{name}"], ["--report", f"junit={tmp_path}/./pages/../pages/{name}"]):
        assert cli.run(["demo", "--html", f"{tmp_path}/pages", *words]) == 2
        assert "is a page of" in capsys.readouterr().err
    assert not list((tmp_path / "pages").iterdir())
    assert cli.run(["demo", "--html", f"{tmp_path}/pages", "--json", f"{tmp_path}/pages/report.json"]) == 1


def test_a_folder_is_there_or_named_as_one(tmp_path):
    new = f"{tmp_path}/new/"
    assert Reports(html=new).folders() == {Path(new)}
    assert Reports(html=str(tmp_path)).folders() == {tmp_path}
    assert Reports(formats=[f"html={new}"]).folders() == {Path(new)}
    assert not Reports(html=f"{tmp_path}/new", json=tmp_path / "new.json").folders()


def test_the_practice_report_as_a_folder(tmp_path, capsys):
    target = tmp_path / "a" / "report"
    assert cli.run(["demo", "--html", f"{target}/"]) == 1
    assert f"{target}/index.html  exit 1 (not ready)" in capsys.readouterr().out
    names = {path.name for path in target.iterdir()}
    assert len(names) > 5
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in target.iterdir()} == {0o600}
    before = {path.name: path.stat().st_mtime_ns for path in target.iterdir()}
    assert cli.run(["demo", "--html", str(target)]) == 1
    assert {path.name: path.stat().st_mtime_ns for path in target.iterdir()} == before, "what says the same stays"


def test_who_publishes_opens_the_folder_too(tmp_path):
    cli.run(["demo", "--html", f"{tmp_path}/web/", "--mode", "0644"])
    assert stat.S_IMODE((tmp_path / "web").stat().st_mode) & 0o055 == 0o055 & ~_umask()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "web").iterdir()} == {0o644}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("option", ["--json", "--junit", "--markdown", "--save"])
def test_other_formats_take_no_folder(tmp_path, capsys, option):
    command = ["judge", "tests/data/good.hvp"] if option != "--save" else ["scan", "estate.toml"]
    assert cli.run([*command, option, str(tmp_path)]) == 2
    assert "is a folder; name a file" in capsys.readouterr().err


def test_one_folder_holds_one_report(tmp_path, capsys):
    assert cli.run(["demo", "--html", f"{tmp_path}/x/", "--report", f"html={tmp_path}/x/"]) == 2
    assert "is named twice" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_read(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert cli.run(["demo", "--html", f"{tmp_path}/file/"]) == 2
    assert "cannot be written: it is no folder" in capsys.readouterr().err
