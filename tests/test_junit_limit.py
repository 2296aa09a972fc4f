"""``--junit-limit``: a file that would be larger goes on in others, and nothing of an earlier run stays among them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from scanner import cli
from scanner.commands import in_files, junit_choice
from scanner.commands.console import UsageError
from tests.reports.test_junit_report import SCHEMAS

OLD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- hv-preflight, part 9 -->\n<testsuites>\n</testsuites>\n'


def cases(*paths: Path) -> list[tuple[str | None, str | None]]:
    return [(c.get("classname"), c.get("name")) for path in paths for c in etree.parse(path).iter("testcase")]


def parts(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_report_in_files_has_every_case_and_no_file_is_larger(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(in_files, "MEGABYTE", 200_000)
    one, many = tmp_path / "one.xml", tmp_path / "many" / "r.xml"
    many.parent.mkdir()
    cli.run(["demo", "--junit", str(one), "--junit-limit", "100", "-q"])
    assert parts(tmp_path) == ["many", "one.xml"]
    capsys.readouterr()
    assert cli.run(["demo", "--junit", str(many), "--junit-limit", "1", "-q"]) == 1
    written = [in_files.numbered(many, number + 1) for number in range(len(parts(many.parent)))]
    assert len(written) >= 2
    assert capsys.readouterr().out == f"{'  '.join(map(str, written))}  exit 1 (not ready)\n"
    assert cases(*written) == cases(one)
    for path in written:
        assert path.stat().st_size <= 200_000
        for schema in SCHEMAS.values():
            assert schema.validate(etree.parse(path))


def texts(*found: str):
    return lambda: iter([(text, place < len(found) - 1) for place, text in enumerate(found)])


def put(path: Path, _what: str, make) -> bool:
    path.write_text(make(), encoding="utf-8")
    return True


def test_what_an_earlier_run_left_goes_and_what_is_not_ours_stays(tmp_path):
    path = tmp_path / "r.xml"
    for number in (2, 3, 4, 6):
        in_files.numbered(path, number).write_bytes(OLD)
    in_files.put_all(path, "it", texts("a", "b"), put)
    assert parts(tmp_path) == ["r.part2.xml", "r.part6.xml", "r.xml"]
    assert in_files.numbered(path, 2).read_text() == "b"
    in_files.numbered(path, 3).write_text("somebody's", encoding="utf-8")
    in_files.put_all(path, "it", texts("a", "b"), put)
    assert "r.part3.xml" in parts(tmp_path)
    (tmp_path / "r.part2.xml").unlink()
    (tmp_path / "r.part2.xml").symlink_to(tmp_path / "r.part6.xml")
    in_files.put_all(path, "it", texts("a"), put)
    assert (tmp_path / "r.part2.xml").is_symlink()


def test_a_file_that_fails_ends_it_and_keeps_what_is_there(tmp_path):
    path = tmp_path / "r.xml"
    in_files.numbered(path, 2).write_bytes(OLD)
    tried = []

    def refuse(place: Path, _what: str, make) -> bool:
        tried.append((place, make()))
        return False

    in_files.put_all(path, "it", texts("a", "b"), refuse)
    assert tried == [(path, "a")]
    assert in_files.numbered(path, 2).read_bytes() == OLD


def test_commands_to_whoever_runs_the_job_are_taken_apart(tmp_path):
    in_files.put_all(tmp_path / "r.xml", "it", texts("##vso[task.x]"), put)
    assert (tmp_path / "r.xml").read_text() == "# #vso[task.x]"


def test_beside_a_stream_there_are_no_files(tmp_path):
    assert not in_files.splits(Path("/dev/stdout"))
    assert not in_files.splits(Path("/dev/null"))
    assert in_files.splits(tmp_path / "new.xml")


@pytest.mark.parametrize("megabytes", [0, -5])
def test_a_limit_that_is_none_is_told(megabytes):
    with pytest.raises(UsageError, match=f'"{megabytes}": write megabytes, 1 or more, as in --junit-limit 30'):
        in_files.limit(megabytes)
    assert in_files.limit(junit_choice.LIMIT) == 60_000_000
