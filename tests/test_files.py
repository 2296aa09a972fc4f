"""Only the owner reads what we write, what is there keeps what it had, what cannot be written is told at the start."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner import cli
from scanner.commands.console import UsageError
from scanner.commands.files import NotWritten, writable, write
from tests.access_lists import READ, WRITE, access_list, give
from tests.processes import HEARING, finished, surroundings
from tests.test_sinks import READY, SECRETS, hosts, options  # noqa: F401 - a fixture

NOBODY = 65534
AS_NOBODY = (*HEARING, "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root, to be somebody else")


def as_nobody() -> tuple[str, ...]:
    """What runs the program as another account, which has to be able to read it."""
    done = subprocess.run(
        [*AS_NOBODY, sys.executable, "-c", "import scanner"],
        env=surroundings(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("no other account may read this checkout")
    return AS_NOBODY


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that everybody reaches and may write into."""
    before = {place: mode(place) for place in list(tmp_path.parents)[:3]}
    for place, had in before.items():
        place.chmod(had | 0o055)
    tmp_path.chmod(0o777)
    yield tmp_path
    for place, had in before.items():
        place.chmod(had)


# ---- who may read


@pytest.mark.parametrize("umask", ["000", "022", "077"])
def test_a_new_file_is_its_owners_alone_whatever_the_umask(tmp_path, hosts, umask):  # noqa: F811
    before = (*HEARING, "sh", "-c", f'umask {umask}; exec "$@"', "sh")
    done = finished("scan", hosts, *options(tmp_path), "--save", tmp_path / "r.hvp", before=before, environment=SECRETS)
    assert done.returncode == 3, done.stderr
    assert {mode(tmp_path / f"r.{end}") for end in ("html", "xml", "json", "hvp")} == {0o600}
    done = finished("jea", hosts, "--out", tmp_path / "new" / "jea", before=before)
    assert done.returncode == 0, done.stderr
    assert {mode(path) for path in (tmp_path / "new").rglob("*") if path.is_file()} == {0o600}
    assert {mode(path) for path in [tmp_path / "new", *(tmp_path / "new").rglob("*")] if path.is_dir()} == {0o700}


@pytest.mark.parametrize("had", [0o600, 0o640, 0o644, 0o400])
def test_a_file_keeps_its_mode(tmp_path, had):
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(had)
    assert cli.run(["judge", str(READY), "--json", str(path)]) == 0
    assert mode(path) == had
    assert json.loads(path.read_bytes())["verdict"] == "ready"


def test_who_publishes_says_so(tmp_path):
    old, new = tmp_path / "old.json", tmp_path / "new.html"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o600)
    arguments = ["judge", str(READY), "--json", str(old), "--html", str(new), "--mode", "0644"]
    mask = os.umask(0o077)
    try:
        assert cli.run(arguments) == 0
    finally:
        os.umask(mask)
    assert (mode(old), mode(new)) == (0o644, 0o644)


@pytest.mark.parametrize("word", ["rw-r--r--", "0o644", "99", "1777", "0044", "", "-1", "٦٤٤"])
def test_a_mode_that_is_none(tmp_path, capsys, word):
    assert cli.run(["judge", str(READY), "--json", str(tmp_path / "x"), f"--mode={word}"]) == 2
    assert "as in 0644" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


@root
def test_root_leaves_a_file_to_its_owner(tmp_path):
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")
    os.chown(path, 12345, 54321)
    path.chmod(0o640)
    inode = path.stat().st_ino
    assert cli.run(["judge", str(READY), "--json", str(path)]) == 0
    now = path.stat()
    assert (now.st_uid, now.st_gid, mode(path)) == (12345, 54321, 0o640)
    assert now.st_ino != inode, "it was not replaced at once"


@root
def test_who_cannot_give_a_file_away_writes_into_it(open_folder):
    path = open_folder / "r.json"
    path.write_text("old " * 200_000, encoding="utf-8")
    path.chmod(0o666)
    inode = path.stat().st_ino
    done = finished("judge", READY, "--json", path, before=as_nobody())
    assert done.returncode == 0, done.stderr
    now = path.stat()
    assert (now.st_ino, now.st_uid, mode(path)) == (inode, 0, 0o666)
    assert json.loads(path.read_bytes())["verdict"] == "ready"
    assert not list(open_folder.glob(".hv-preflight*"))


@root
def test_another_mode_for_another_ones_file_is_refused_and_it_stays(open_folder):
    path = open_folder / "r.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o666)
    done = finished("judge", READY, "--json", path, "--mode", "0600", before=as_nobody())
    assert done.returncode == 4
    assert done.stderr.endswith("is not written: Operation not permitted; what stands there is NOT of this run\n")
    assert path.read_text(encoding="utf-8") == "old"


def test_attributes_stay(tmp_path):
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")
    try:
        os.setxattr(path, "user.note", b"kept")
    except (OSError, AttributeError):
        pytest.skip("no attributes on this file system")
    write(path, "new")
    assert os.getxattr(path, "user.note") == b"kept"
    assert path.read_text(encoding="utf-8") == "new"


# ---- access lists


def read_by_another(path: Path) -> str:
    """What another account reads there, or why it does not."""
    done = subprocess.run([*AS_NOBODY, "cat", path], capture_output=True, text=True, check=False, timeout=60)
    return done.stdout or done.stderr


@root
@pytest.mark.parametrize("had", [0o640, 0o660, 0o600, None])
def test_what_a_folder_hands_down_opens_no_file(open_folder, had):
    """A folder's default list is for new files, and in those it is closed by the mode."""
    path = open_folder / "r.json"
    if had is not None:
        path.write_text("old", encoding="utf-8")
        path.chmod(had)
        assert "Permission denied" in read_by_another(path)
    give(open_folder, "default", access_list(NOBODY, READ | WRITE))
    assert cli.run(["judge", str(READY), "--json", str(path)]) == 0
    assert mode(path) == (had or 0o600)
    assert json.loads(path.read_bytes())["verdict"] == "ready"
    assert "Permission denied" in read_by_another(path)
    assert had is None or "system.posix_acl_access" not in os.listxattr(path)


@root
@pytest.mark.parametrize("handed_down", [True, False])
def test_an_access_list_stays(open_folder, handed_down):
    path, kept = open_folder / "r.json", access_list(NOBODY, READ)
    path.write_text("old", encoding="utf-8")
    give(path, "access", kept)
    if handed_down:
        give(open_folder, "default", access_list(NOBODY - 1, READ | WRITE))
    assert read_by_another(path) == "old"
    assert cli.run(["judge", str(READY), "--json", str(path)]) == 0
    assert os.getxattr(path, "system.posix_acl_access") == kept
    assert json.loads(read_by_another(path))["verdict"] == "ready"
    write(path, "closed", 0o600)
    assert "Permission denied" in read_by_another(path)


# ---- names


@pytest.mark.parametrize("length", [230, 250, 255])
def test_a_name_as_long_as_a_name_can_be(tmp_path, length):
    path = tmp_path / ("r" * (length - 5) + ".json")
    assert cli.run(["judge", str(READY), "--json", str(path)]) == 0
    assert [place.name for place in tmp_path.iterdir()] == [path.name]


def refused(hosts: Path, path: object, capsys: pytest.CaptureFixture[str]) -> str:  # noqa: F811
    """What is said at once, and that nothing was read for it."""
    for option in ("--html", "--save"):
        assert cli.run(["scan", str(hosts), option, str(path)]) == 2
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        assert "reading" not in told.err
        assert told.out == ""
    return told.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("r" * 256, "File name too long"),
        ("r/" * 3000, "File name too long"),
        ("estate.toml/r", "Not a directory"),
        ("nowhere/r", "there is no folder"),
        ("estate.toml", "is what is read"),
        ("loop", "Too many levels of symbolic links"),
        ("astray", "there is no folder"),
        ("door", "is a disk or a socket"),
        ("", "is a folder"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_read(tmp_path, hosts, capsys, name, words, monkeypatch):  # noqa: F811
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "astray").symlink_to(tmp_path / "no" / "such")
    with socket.socket(socket.AF_UNIX) as door:
        monkeypatch.chdir(tmp_path)  # a socket's name is short
        door.bind("door")
        assert words in refused(hosts, tmp_path / name if name else "", capsys)


def test_a_name_that_no_system_takes():
    with pytest.raises(UsageError, match="cannot be written"):
        writable([Path("a\0b")])


@root
@pytest.mark.parametrize("what", ["folder", "file", "disk"])
def test_a_right_that_is_missing_is_told_before_anything_is_read(open_folder, hosts, what):  # noqa: F811
    path = open_folder / "r.json"
    before: tuple[str, ...] = HEARING if what == "disk" else as_nobody()
    hosts.chmod(0o644)
    if what == "file":
        path.write_text("old", encoding="utf-8")
        path.chmod(0o644)
    elif what == "folder":
        open_folder.chmod(0o755)
    else:
        mount = f"mount --bind {open_folder} {open_folder} && mount -o remount,ro,bind {open_folder}"
        if subprocess.run(["unshare", "--mount", "sh", "-c", mount], capture_output=True, check=False).returncode:
            pytest.skip("no disk of its own can be mounted here")
        before = (*HEARING, "unshare", "--mount", "sh", "-c", mount + ' && exec "$@"', "sh")
    done = finished("scan", hosts, "--json", path, before=before, environment=SECRETS)
    assert done.returncode == 2
    assert f"{path} cannot be written: " in done.stderr
    assert "reading" not in done.stderr
    assert not list(open_folder.glob(".hv-preflight*"))


def test_a_link_to_a_file_that_will_be_is_followed(tmp_path):
    (tmp_path / "today").mkdir()
    (tmp_path / "latest.json").symlink_to(tmp_path / "today" / "r.json")
    assert cli.run(["judge", str(READY), "--json", str(tmp_path / "latest.json")]) == 0
    assert (tmp_path / "latest.json").is_symlink()
    assert json.loads((tmp_path / "today" / "r.json").read_bytes())["verdict"] == "ready"


def test_a_failed_try_is_no_trace(tmp_path):
    """What ends in the midst of a write leaves the old file, and none of its own."""
    path = tmp_path / "r"
    path.write_text("old", encoding="utf-8")
    program = f"from pathlib import Path; from scanner.commands.files import write; write(Path({str(path)!r}), 9)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert "TypeError" in done.stderr
    assert [place.name for place in tmp_path.iterdir()] == ["r"]
    assert path.read_text(encoding="utf-8") == "old"


# ---- what is read


@pytest.mark.parametrize("kind", ["pipe", "folder", "astray", "device", "no suffix", "loop"])
def test_answers_that_are_no_file_lead_to_no_sign_in(tmp_path, hosts, capsys, kind):  # noqa: F811
    folder = tmp_path / "answers"
    folder.mkdir()
    path = folder / ("hv01.corp.example" if kind == "no suffix" else "hv01.corp.example.jsonl")
    make = {
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "astray": lambda: path.symlink_to(folder / "gone"),
        "loop": lambda: path.symlink_to(path),
        "device": lambda: path.symlink_to("/dev/zero"),
        "no suffix": lambda: path.write_text("{}", encoding="utf-8"),
    }
    make[kind]()
    assert cli.run(["scan", str(hosts), "--answers", str(folder)]) == 2
    told = capsys.readouterr().err
    assert str(path) in told
    assert "reading" not in told


@pytest.mark.parametrize("kind", ["pipe", "folder", "astray", "loop", "device"])
def test_answers_that_become_no_file_meanwhile_lead_to_no_sign_in(tmp_path, kind):
    from scanner.collect.transport.answers import NoReply, file_of, lines_of

    path = tmp_path / "a.jsonl"
    make = {
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "astray": lambda: path.symlink_to(tmp_path / "gone"),
        "loop": lambda: path.symlink_to(path),
        "device": lambda: path.symlink_to("/dev/zero"),
    }
    make[kind]()
    assert file_of(tmp_path, "a") == path
    with pytest.raises((NoReply, OSError)):
        list(lines_of(path))


def test_a_link_to_answers_is_answers(tmp_path, hosts, monkeypatch):  # noqa: F811
    monkeypatch.setenv("HV_GUARDS", SECRETS["HV_GUARDS"])
    (tmp_path / "answers").mkdir()
    (tmp_path / "elsewhere").write_text("", encoding="utf-8")
    (tmp_path / "answers" / "hv01.corp.example.jsonl").symlink_to(tmp_path / "elsewhere")
    assert cli.run(["scan", str(hosts), "--answers", str(tmp_path / "answers"), "--json", str(tmp_path / "r")]) == 3
    how = {target["name"]: target["how"] for target in json.loads((tmp_path / "r").read_bytes())["targets"]}
    assert how["hv01.corp.example"] == "answers file hv01.corp.example.jsonl"


@root
@pytest.mark.parametrize("what", ["link", "folder", "file"])
def test_nothing_is_written_where_another_account_planted_a_name(
    open_folder: Path, tmp_path_factory, what: str
) -> None:
    """A link to a file of ours, or a file of theirs, in a folder like /tmp; not even if it comes during the run."""
    mine = tmp_path_factory.mktemp("mine") / "precious"
    mine.write_text("precious")
    open_folder.chmod(0o1777)
    path = open_folder / "report" / mine.name if what == "folder" else open_folder / "report"
    if what == "file":
        (open_folder / "report").write_text("theirs")
        (open_folder / "report").chmod(0o666)
    else:
        (open_folder / "report").symlink_to(mine.parent if what == "folder" else mine)
    writable([path])  # it is our own yet
    os.chown(open_folder / "report", NOBODY, NOBODY, follow_symlinks=False)
    with pytest.raises(UsageError, match="was put there by"):
        writable([path])
    with pytest.raises(NotWritten, match="was put there by"):
        write(path, "report")
    assert mine.read_text() == "precious"
    assert what != "file" or path.read_text() == "theirs"
