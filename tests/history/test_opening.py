"""Whose a history may be, which form it may have, and what is said where it cannot be used."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from scanner import cli
from scanner.api import Status
from scanner.estate import secret
from scanner.history import engines, form, opening, reading, store, upgrading
from scanner.history.engines import postgresql
from scanner.history.naming import is_name, name_of
from scanner.history.opening import HistoryError, NoHistory
from scanner.history.place import Place, PlaceError, place_of
from scanner.history.spans import Span, span_of
from scanner.history.within import within
from scanner.words.exits import INTERNAL, READY, USAGE
from tests.access_lists import READ, WRITE, access_list, give
from tests.history import ready
from tests.history.runs import NAME, found, keep, run
from tests.processes import HEARING, surroundings


@pytest.fixture
def file(tmp_path: Path) -> Place:
    return Place(file=tmp_path / "kept" / "history.db")


def why(place: Place) -> str:
    """Why it cannot be used, whoever wants to."""
    told = set()
    for use in (lambda: keep(place, run()), lambda: look(place)):
        with pytest.raises(HistoryError) as error:
            use()
        told.add(str(error.value))
    assert len(told) == 1, told
    return told.pop()


def look(place: Place) -> int:
    with reading.reading(place) as link:
        return len(reading.runs(link, NAME))


# ---- whose


def test_a_new_history_is_its_owners_alone_and_nothing_is_beside_it(file):
    umask = os.umask(0)
    try:
        keep(file, run())
    finally:
        os.umask(umask)
    assert stat.S_IMODE(file.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.file.parent.iterdir()] == ["history.db"]


@pytest.mark.parametrize(
    "which", ["the file", "its folder", "the journal", "a file of a folder that is open to all", "by a list"]
)
def test_what_others_may_write_is_not_taken(file, which):
    """They could have failures pass for known; a journal is written back into the file by whoever opens it next."""
    keep(file, run())
    folder = file.file.parent
    if which == "the file":
        file.file.chmod(0o666)
    elif which == "its folder":
        folder.chmod(0o777)
    elif which == "the journal":
        journal = folder / "history.db-journal"
        journal.write_bytes(b"")
        journal.chmod(0o646)
    elif which == "by a list":
        file.file.chmod(0o660)
        give(file.file, "access", access_list(12345, READ | WRITE))
    else:
        folder.chmod(0o1777)
    assert why(file).startswith(f"the history {file} is not taken, since others may change it: ")


def test_there_is_none_yet(file):
    with pytest.raises(NoHistory, match=r"there is no history .* yet: audit makes it"):
        look(file)
    assert not file.file.parent.exists(), "looking makes nothing"


def test_a_folder_is_no_history(tmp_path):
    assert why(Place(file=tmp_path)) == f"the history {tmp_path} is no file; name one"


# ---- form


@pytest.mark.parametrize("newer", ["9999", "0002", "../../x", "'"])
def test_a_form_of_the_future_is_refused(place, newer):
    keep(place, run())
    with opening.writing(place) as link:
        link.execute(text(f"UPDATE {form.VERSION_TABLE} SET version_num = :new"), {"new": newer})
    assert why(place).endswith(
        " cannot be used: its form is of a newer hv-preflight: run that version, or name another history"
    )


def test_anothers_database_is_refused(place):
    if place.file:
        place.file.parent.mkdir()
        with sqlite3.connect(place.file) as link:
            link.execute("CREATE TABLE runs (x)")
    else:
        with postgresql(place.url).begin() as link:
            link.exec_driver_sql("CREATE TABLE runs (x INTEGER)")
    assert why(place).endswith(" cannot be used: it holds tables of another program: name a database of its own")


def alembic(link: opening.Link) -> Config:
    config = Config()
    config.set_main_option("script_location", str(upgrading.MIGRATIONS))
    config.attributes["link"] = link
    return config


def test_what_the_migrations_make_is_the_form(place):
    keep(place, run())
    with opening.writing(place) as link:
        command.check(alembic(link))
        assert set(inspect(link).get_table_names()) == {*form.FORM.tables, form.VERSION_TABLE}


def test_the_forms_are_those_that_migrations_lead_to():
    versions = sorted(path.stem for path in (upgrading.MIGRATIONS / "versions").glob("form_*.py"))
    assert versions == [f"form_{name}" for name in upgrading.FORMS]


LATER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"


def upgrade():
    op.add_column("runs", sa.Column("place", sa.Text(), nullable=True))
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release to come, whose form has one column more: its migration."""
    copy = tmp_path / "migrations"
    shutil.copytree(upgrading.MIGRATIONS, copy)
    (copy / "versions" / "form_0002.py").write_text(LATER)

    def comes() -> None:
        monkeypatch.setattr(upgrading, "MIGRATIONS", copy)
        monkeypatch.setattr(upgrading, "FORMS", ("0001", "0002"))
        monkeypatch.setattr(upgrading, "HEAD", "0002")

    comes()
    return copy / "versions" / "form_0002.py"


@pytest.fixture
def old(place: Place) -> Place:
    """A history of today's form, as a later release finds it."""
    keep(place, run(found(Status.FAIL)))
    return place


def test_an_older_form_is_upgraded_once_with_what_is_in_it(old, later):
    threads = [threading.Thread(target=look, args=(old,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading.reading(old) as link:
        assert "place" in {column["name"] for column in inspect(link).get_columns("runs")}
        assert [f.check for f in reading.known(link, NAME)] == ["ID-01", "NET-01"]


def test_an_upgrade_that_fails_leaves_the_older_form(old, later, monkeypatch):
    later.write_text(f'{LATER}    op.drop_table("never")\n')
    assert "never" in why(old)
    monkeypatch.undo()
    assert look(old) == 1
    with opening.writing(old) as link:
        command.check(alembic(link))


# ---- what goes wrong


def test_a_damaged_file_is_told(file):
    keep(file, run())
    data = bytearray(file.file.read_bytes())
    data[2000:] = b"\xa5" * (len(data) - 2000)
    file.file.write_bytes(data)
    assert "malformed" in why(file)
    file.file.write_bytes(b"no database at all " * 100)
    assert "file is not a database" in why(file)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("UPDATE runs SET counts = '[]', finished = ?", "yesterday"),
        ("UPDATE runs SET counts = ?", "[" * 100_000),
        ("UPDATE hv_preflight_form SET version_num = ?", ""),
    ],
)
def test_what_stands_there_and_is_nothing_of_ours_is_told(file, change, value):
    keep(file, run())
    with sqlite3.connect(file.file) as link:
        link.execute(change, (value,))
    with pytest.raises(HistoryError, match="it is damaged"):
        look(file)


def test_one_that_is_held_is_waited_for_and_then_told(file, monkeypatch):
    keep(file, run())
    monkeypatch.setattr(engines, "PATIENCE", 0.2)
    engines.sqlite.cache_clear()
    held = sqlite3.connect(file.file, isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    try:
        assert why(file).endswith("another program has held it all the time")
    finally:
        held.close()
        engines.sqlite.cache_clear()
    keep(file, run())


def test_a_server_that_hangs_is_given_up(server):
    """It took the connection and answers nothing any more, as a machine that sleeps."""
    place = place_of(server.fresh("hangs"))
    keep(place, run())
    asleep: list[int] = []

    def work() -> None:
        with reading.reading(place) as link:
            asleep.append(link.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
            os.kill(asleep[0], signal.SIGSTOP)
            link.exec_driver_sql("SELECT 1")

    try:
        with pytest.raises(HistoryError, match="gave no answer within 5 s"):
            within(place, work, 5)
        assert asleep
    finally:
        for process in asleep:
            os.kill(process, signal.SIGCONT)
    assert look(place) == 1


def test_work_that_is_done_in_time_gives_what_it_found(file):
    assert within(file, lambda: 7) == 7
    with pytest.raises(NoHistory):
        within(file, lambda: look(file))


# ---- the audit all the same


def test_a_ready_run_whose_history_is_full_ends_with_4_and_has_its_reports(tmp_path, file):
    """The limit is that of a file: nothing of the run stands in the history, and what stood there does."""
    store.keep(file, NAME, run(), os.urandom(3_000_000), records=Span(runs=1))
    room = f"--fsize={file.file.stat().st_size + 4096}"
    done = ready.audit(tmp_path, str(file), before=(*HEARING, "prlimit", room))
    assert done.returncode == INTERNAL, done.stderr
    assert "exit 4 (ready, but not all that was asked for is written)" in done.stdout
    assert f"this run is not stored: the history {file} cannot be used: " in done.stderr
    assert json.loads((tmp_path / "r.json").read_bytes())["verdict"] == "ready"
    assert names(file) == (NAME,)
    assert look(file) == 1
    done = ready.audit(tmp_path, str(file))
    assert (done.returncode, names(file)) == (READY, (NAME, ready.NAME)), done.stderr
    assert "run 2 of good  exit 0 (ready)" in done.stdout


@pytest.mark.parametrize("wrong", ["away", "newer", "open to all", "damaged"])
def test_a_ready_run_without_its_history_ends_with_4_and_has_its_reports(tmp_path, file, wrong):
    keep(file, run())
    if wrong == "away":
        file.file.unlink()
        file.file.parent.rmdir()
        file.file.parent.write_text("")
    elif wrong == "newer":
        with opening.writing(file) as link:
            link.execute(text(f"UPDATE {form.VERSION_TABLE} SET version_num = '9999'"))
    elif wrong == "open to all":
        file.file.chmod(0o666)
    else:
        file.file.write_bytes(b"no database at all " * 100)
    done = ready.audit(tmp_path, str(file))
    assert done.returncode == INTERNAL, done.stderr
    assert done.stderr.startswith(f"this run is held against none, and not stored: the history {file} ")
    assert done.stderr.count("\n") == 1
    assert json.loads((tmp_path / "r.json").read_bytes())["baseline"] is None


def names(place: Place) -> tuple[str, ...]:
    with reading.reading(place) as link:
        return reading.estates(link)


# ---- where


@pytest.mark.parametrize(
    "text",
    [
        "postgresql+psycopg://u:geheimes-wort@h/d", "postgresql://u:geheimes-wort@h:5432/d", "postgres://u:@h/d",
        "postgresql://h/d?password=geheimes-wort", "postgresql://h/d?user=x&PassWord=geheimes-wort",
    ],
)  # fmt: skip
def test_a_password_in_the_address_is_a_mistake_that_repeats_nothing(text, tmp_path, capsys):
    with pytest.raises(PlaceError, match="PGPASSWORD") as error:
        place_of(text)
    assert "geheimes" not in str(error.value)
    (tmp_path / "e.toml").write_text("")
    assert cli.run(["audit", str(tmp_path / "e.toml"), "--history", text]) == USAGE
    printed = capsys.readouterr()
    assert "geheimes" not in printed.out + printed.err
    assert secret.redact("x geheimes-wort y") == "x [hidden] y" or ":@" in text


@pytest.mark.parametrize(
    "text", ["mysql://h/d", "http://h", "postgresql+asyncpg://h/d", "sqlite://h/x", "postgresql://h:port/d"]
)
def test_another_kind_of_database_is_a_mistake(text):
    with pytest.raises(PlaceError, match=r"write a file, or postgresql\+psycopg://USER@HOST/DATABASE"):
        place_of(text)


def test_a_file_may_be_named_in_any_way(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert place_of("h.db").file == place_of("sqlite:///h.db").file == tmp_path / "h.db"
    assert place_of("sqlite:////srv/h%20x.db").file == Path("/srv/h x.db")
    assert place_of("postgres://u@h/d").url == "postgresql+psycopg://u@h/d"
    if os.name != "nt":
        assert place_of(None).file == tmp_path / "state" / "hv-preflight" / "history.db"


def test_a_missing_library_is_told_with_its_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(PlaceError, match=r"pip install 'hv-preflight\[postgresql\]'"):
        place_of("postgresql://h/d")


def test_a_password_of_the_environment_is_in_no_text(server, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "geheimes-wort-zwei")
    place = place_of(server.url("geheimes-wort-zwei"))
    assert "geheimes" not in secret.redact(why(place))


def test_two_estates_have_two_names_and_one_has_one(tmp_path):
    place, server = Place(file=tmp_path / "h.db"), Place(url="postgresql+psycopg://h/d")
    one, other = tmp_path / "corp" / "estate.toml", tmp_path / "x" / "corp" / "estate.toml"
    for path in (one, other):
        path.parent.mkdir(parents=True)
        path.write_text("")
    link = tmp_path / "link.toml"
    link.symlink_to(one)
    names = {name_of(path, where) for path in (one, other) for where in (place, server)}
    assert len(names) == 4
    assert all(name.startswith("corp/estate-") and is_name(name) for name in names)
    assert name_of(link, place) == name_of(one, place)
    assert [is_name(text) for text in ("corp", "", " x", "a\nb", "x" * 201)] == [True, False, False, False, False]


def test_spans_are_days_or_runs():
    assert [span_of(text) for text in ("400d", "500", " 1d ", "0", "-1", "1w", "", "1.5d", "9999999d")] == [
        Span(days=400), Span(runs=500), Span(days=1), *[None] * 6,
    ]  # fmt: skip
    assert [str(span_of(text)) for text in ("400d", "500")] == ["400d", "500"]


KEEPING = """
import sys
from pathlib import Path
from scanner.api import Status
from scanner.history.place import Place
from tests.history.runs import found, keep, machine, run
many = [found(Status.FAIL, subject=machine(f"vm{number}"), seen=f"{number}" * 99) for number in range(400)]
keep(Place(file=Path(sys.argv[1])), run(*many, day=1))
"""


def test_a_kill_between_any_two_writes_of_a_file_leaves_it_whole(file):
    """Also within SQLite's own commit: what is half written is taken back by whoever opens it next."""
    if not shutil.which("strace"):
        pytest.skip("no strace (apt-get install strace)")
    keep(file, run(found(Status.FAIL)))
    before = file.file.read_bytes()
    killed = journals = 0
    for write in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89):
        file.file.write_bytes(before)
        inject = ["-e", "trace=pwrite64", "-e", f"inject=pwrite64:signal=KILL:when={write}"]
        words = ["strace", "-f", "-o", os.devnull, *inject, sys.executable, "-c", KEEPING, str(file)]
        done = subprocess.run(words, env=surroundings(), capture_output=True, text=True, timeout=60, check=False)
        killed += done.returncode != 0
        journals += file.file.with_name("history.db-journal").exists()
        with reading.reading(file) as link:
            assert link.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            runs = reading.runs(link, NAME)
            assert len(runs) == (1 if done.returncode else 2), done.stderr
            assert [len(reading.findings_of(link, one)) for one in runs] == [401, 2][-len(runs) :]
    assert killed > 2
    assert journals > 0, "none was killed where it matters"
