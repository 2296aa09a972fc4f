"""A password command or file is taken only from where nobody else could have put it."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scanner import cli
from scanner.estate.document import document
from scanner.estate.mistakes import EstateError
from scanner.estate.owners import changeable
from scanner.estate.read import read
from tests.access_lists import access_list, give

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes and owners are those of POSIX")
ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
NO_GROUP = 54321
HOSTS = """
[[host]]
name = "a.example"
{host}
[[host]]
name = "b.example"
[[route]]
from = "a.example"
to = "b.example"
[sign_in]
method = "basic"
user = "u"
{sign_in}
"""
COMMAND = 'password = { command = ["/bin/echo", "x"] }'
ENV = 'password = { env = "HV_NOT_SET" }'


def estate(folder: Path, sign_in: str = COMMAND, host: str = "", mode: int = 0o600) -> Path:
    path = folder / "estate.toml"
    path.write_text(HOSTS.format(sign_in=sign_in, host=host), encoding="utf-8")
    path.chmod(mode)
    return path


def told(path: Path) -> dict[str, str]:
    try:
        read(path)
    except EstateError as error:
        return {mistake.key: mistake.text for mistake in error.mistakes}
    return {}


def own(folder: Path, name: str, mode: int, text: str = "secret\n") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o400])
def test_an_estate_of_ones_own_may_name_a_command(tmp_path: Path, mode: int) -> None:
    assert told(estate(tmp_path, mode=mode)) == {}


def shared(path: Path) -> Path:
    """The path, of a group that is not the owner's own."""
    others = [65534] if os.geteuid() == 0 else [group for group in os.getgroups() if group != os.getegid()]
    if not others:
        pytest.skip("this account is in no group but its own")
    os.chown(path, -1, others[0])
    return path


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o620, 0o602])
@pytest.mark.parametrize("source", [COMMAND, 'password = { file = "/dev/null" }'])
def test_one_that_others_may_write_may_not(tmp_path: Path, mode: int, source: str) -> None:
    path = shared(estate(tmp_path, source, mode=mode))
    (text,) = told(path).values()
    assert f"{path} has mode {mode:04o}; chmod go-w {path}" in text
    assert "{ env =" in text
    path.chmod(mode & ~0o022)
    assert told(path) == {}


@pytest.mark.parametrize("source", [ENV, 'password = { keyring = "x" }', "password = { prompt = true }"])
def test_what_runs_nothing_and_reads_nothing_is_taken_all_the_same(tmp_path: Path, source: str) -> None:
    assert told(estate(tmp_path, source, mode=0o666)) == {}


def test_every_place_of_a_secret_is_looked_at_and_all_are_told_at_once(tmp_path: Path) -> None:
    more = (
        'sign_in = { method = "certificate", certificate = "c", certificate_key = "k", key_password = { file = "p" } }'
    )
    text = ENV + '\n[directory]\nmethod = "simple"\nuser = "u"\npassword = { command = ["/bin/echo"] }'
    text += '\n[[vmm]]\nname = "v.example"\nsign_in = { password = { command = ["/bin/echo"] } }'
    text += '\n[[group]]\nname = "g"\nhosts = ["c.example"]\nsign_in = { password = { file = "p" } }'
    for name in ("c", "k", "p"):
        own(tmp_path, name, 0o600)
    assert set(told(estate(tmp_path, text, more, mode=0o666))) == {
        "directory.password", "vmm[1].sign_in.password", "group[1].sign_in.password", "host[1].sign_in.key_password",
        "host[1].sign_in.certificate_key",
    }  # fmt: skip


def test_nothing_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark = tmp_path / "ran"
    path = estate(tmp_path, f'password = {{ command = ["/usr/bin/touch", "{mark}"] }}', mode=0o666)
    assert cli.run(["scan", str(path)]) == 2
    assert "sign_in.password" in capsys.readouterr().err
    assert not mark.exists()


@pytest.mark.parametrize(("mode", "wrong"), [(0o777, True), (0o770, True), (0o1777, False), (0o755, False)])
def test_a_folder_in_which_others_may_replace_it_counts(tmp_path: Path, mode: int, wrong: bool) -> None:
    outer = tmp_path / "outer"
    (outer / "inner").mkdir(parents=True)
    path = estate(outer / "inner")
    shared(outer / "inner")
    shared(outer).chmod(mode)
    assert bool(told(path)) is wrong
    outer.chmod(0o755)
    (outer / "inner").chmod(mode)
    assert bool(told(path)) is wrong


def test_a_link_is_as_good_as_its_way(tmp_path: Path) -> None:
    open_, closed = tmp_path / "open", tmp_path / "closed"
    open_.mkdir()
    closed.mkdir()
    (closed / "link").symlink_to("../open/second")
    (open_ / "second").symlink_to(estate(closed))
    assert told(closed / "link") == {}
    open_.chmod(0o777)
    assert str(open_) in told(closed / "link")["sign_in.password"]
    (closed / "round").symlink_to("round")
    assert changeable(closed / "round") == ""


def test_a_folder_above_is_the_one_that_the_system_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a link, ``..`` is another folder than the text of the path tells."""
    (tmp_path / "open" / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to("open/inner")
    own(tmp_path / "open", "secret", 0o666)
    assert (tmp_path / "link" / ".." / "secret").read_text() == "secret\n"
    assert "0666" in changeable(tmp_path / "link" / ".." / "secret")
    monkeypatch.chdir(tmp_path)
    assert "0666" in changeable(Path("link/../secret"))
    assert "0666" in told(estate(tmp_path, 'password = { file = "link/../secret" }'))["sign_in.password"]


def test_all_places_are_told_at_once(tmp_path: Path) -> None:
    path = estate(tmp_path, mode=0o666)
    tmp_path.chmod(0o777)
    (text,) = told(path).values()
    assert f"chmod go-w {tmp_path};" in text
    assert f"chmod go-w {path};" in text


@pytest.fixture
def in_a_group_of_my_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """What is made in the folder is of this account's own group, whoever it is; the group's number."""
    import grp
    import pwd

    if not hasattr(os, "getxattr"):
        pytest.skip("where access lists cannot be looked at, no group is the owner's own")
    number = tmp_path.stat().st_gid or NO_GROUP
    me = pwd.struct_passwd(("me", "x", os.geteuid(), number, "", "/", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", {os.geteuid(): me}.__getitem__)
    monkeypatch.setattr(pwd, "getpwall", lambda: [me])
    mine = grp.struct_group(("me", "x", number, []))
    monkeypatch.setattr(grp, "getgrgid", {number: mine}.__getitem__)
    monkeypatch.setattr(grp, "getgrall", lambda: [mine])
    if os.geteuid() == 0:
        os.chown(tmp_path, 0, number)
    return number


def of_group(path: Path, number: int, mode: int) -> Path:
    os.chown(path, -1, number)
    path.chmod(mode)
    return path


def test_a_group_of_the_owners_own_is_the_owner(
    tmp_path: Path, in_a_group_of_my_own: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Systems that give each account a group of its name make files for that group writable, too (umask 002)."""
    import grp

    number = in_a_group_of_my_own
    path = of_group(estate(tmp_path), number, 0o664)
    for name, gid, members, own in (
        ("me", number, [], True),
        ("me", number, ["me"], True),
        ("me", number, ["another"], False),
        ("me", number + 1, [], False),
        ("staff", number, [], False),
    ):
        group = grp.struct_group((name, "x", gid, members))
        monkeypatch.setattr(grp, "getgrgid", {number: group}.__getitem__)
        assert bool(told(path)) is not own
    monkeypatch.setattr(grp, "getgrgid", {}.__getitem__)
    assert told(path)


@ROOT
@pytest.mark.parametrize("what", ["estate", "folder"])
def test_roots_group_is_not_roots_own(tmp_path: Path, what: str) -> None:
    """Whoever has it as primary group, as a container's accounts do, writes what it may write."""
    path = estate(tmp_path)
    place = path if what == "estate" else tmp_path
    os.chown(place, 0, 0)
    place.chmod(0o775)
    assert (place.stat().st_uid, place.stat().st_gid) == (0, 0)
    assert f"{place} has mode 0775" in told(path)["sign_in.password"]
    place.chmod(0o755)
    assert told(path) == {}


def test_a_group_that_is_anothers_primary_one_is_not_the_owners_own(
    tmp_path: Path, in_a_group_of_my_own: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import grp
    import pwd

    path = of_group(estate(tmp_path), in_a_group_of_my_own, 0o664)
    assert told(path) == {}
    mine = pwd.getpwall()
    another = pwd.struct_passwd(("another", "x", os.geteuid() + 1, in_a_group_of_my_own, "", "/", "/bin/sh"))
    same = pwd.struct_passwd(("also-me", "x", os.geteuid(), in_a_group_of_my_own, "", "/", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwall", lambda: [*mine, same])
    assert told(path) == {}
    monkeypatch.setattr(pwd, "getpwall", lambda: [*mine, another])
    assert f"{path} has mode 0664" in told(path)["sign_in.password"]
    monkeypatch.setattr(pwd, "getpwall", lambda: mine)
    alias = grp.struct_group(("alias", "x", in_a_group_of_my_own, ["another"]))
    monkeypatch.setattr(grp, "getgrall", lambda: [alias])
    assert f"{path} has mode 0664" in told(path)["sign_in.password"]


@pytest.mark.parametrize("what", ["estate", "folder"])
@pytest.mark.parametrize("mode", [0o775, 0o770])
def test_what_bears_an_access_list_is_not_the_owners_own(
    tmp_path: Path, in_a_group_of_my_own: int, what: str, mode: int
) -> None:
    """Its mode shows for the group what any account in the list may do at most."""
    path = of_group(estate(tmp_path), in_a_group_of_my_own, 0o664)
    place = of_group(path if what == "estate" else tmp_path, in_a_group_of_my_own, mode)
    assert told(path) == {}
    give(place, "access", access_list(65534, 6))
    assert stat.S_IMODE(place.stat().st_mode) & stat.S_IWGRP
    assert f"{place} has mode" in told(path)["sign_in.password"]
    place.chmod(mode & ~0o022)
    assert told(path) == {}, "what the mode takes from the group, it takes from all in the list"


@ROOT
def test_what_an_access_list_gives_another_account_is_refused(tmp_path: Path) -> None:
    """It really writes there, though owner and group are root's."""
    for place in (tmp_path, *list(tmp_path.parents)[:3]):
        place.chmod(0o755)
    path = estate(tmp_path, mode=0o644)
    assert told(path) == {}
    give(path, "access", access_list(65534, 6))
    line = 'echo "# mine" >> "$1"'
    subprocess.run(["sh", "-c", line, "sh", path], user=65534, group=65534, extra_groups=[], check=True, timeout=60)
    assert path.read_text(encoding="utf-8").endswith("# mine\n")
    assert f"{path} has mode" in told(path)["sign_in.password"]
    give(path, "access", access_list(65534, 4))
    assert told(path) == {}, "one who may read it writes nothing"


OPEN = 0o1777
"""a folder where everybody may put something, and nobody take another's away"""


@pytest.mark.parametrize("source", ['{{ file = "{}" }}', '{{ command = ["{}"] }}', '{{ command = ["{}/there"] }}'])
def test_what_anybody_may_yet_put_there_is_refused(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    path = estate(tmp_path, "password = " + source.format(folder / "later"))
    assert told(path) == {}
    folder.chmod(OPEN)
    assert f"it is not there, and anybody may put it into {folder}" in told(path)["sign_in.password"]
    (folder / "later").mkdir()
    assert told(path) == {}


@ROOT
@pytest.mark.parametrize("first", ["nothing", "another's"])
def test_an_estate_is_looked_at_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """Another account puts its estate where all may, and takes it away while it is read."""
    tmp_path.chmod(OPEN)
    path = estate(tmp_path)
    assert told(path) == {}
    if first == "nothing":
        path.unlink()
    else:
        os.chown(path, 65534, 65534)

    def opened(place: Path) -> dict[str, Any]:
        os.chown(estate(tmp_path), 65534, 65534)
        found = document(place)
        place.unlink()
        if first == "another's":
            estate(tmp_path)
        return found

    monkeypatch.setattr("scanner.estate.read.document_of", opened)
    assert "is not taken from an estate that others may change" in told(path)["sign_in.password"]


@ROOT
@pytest.mark.parametrize("what", ["estate", "folder", "file", "link"])
def test_another_accounts_things_are_refused(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    secret = own(folder, "secret", 0o600)
    path = estate(folder, f'password = {{ file = "{folder / "link"}" }}')
    (folder / "link").symlink_to(secret)
    assert told(path) == {}
    os.lchown({"estate": path, "folder": folder, "file": secret, "link": folder / "link"}[what], 65534, 65534)
    (text,) = told(path).values()
    assert "belongs to" in text
    assert "65534" in text
    assert "chown" in text


def test_a_file_that_others_may_write_is_refused_and_one_they_may_read_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = own(tmp_path, "secret", 0o622)
    path = estate(tmp_path, f'password = {{ file = "{secret}" }}')
    assert "mode 0622" in told(path)["sign_in.password"]
    secret.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        assert told(path) == {}
    assert "may be read by others (mode 0644)" in caplog.text
    caplog.clear()
    secret.chmod(0o600)
    assert told(path) == {}
    assert not caplog.text


def test_a_program_that_others_may_write_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = own(tmp_path, "getpass-here", 0o777, "#!/bin/sh\necho x\n")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    for name in (str(program), "getpass-here", "./getpass-here"):
        path = estate(tmp_path, f'password = {{ command = ["{name}"] }}')
        program.chmod(0o777)
        assert "mode 0777" in told(path)["sign_in.password"]
        program.chmod(stat.S_IRWXU)
        assert told(path) == {}


@pytest.mark.parametrize(
    "source",
    ['command = ["no-such-program-here"]', 'file = "gone"', 'file = "/dev/stdin"', 'file = "~nobody-here/x"'],
)
def test_what_is_not_there_is_told_by_whoever_needs_it(tmp_path: Path, source: str) -> None:
    assert told(estate(tmp_path, f"password = {{ {source} }}")) == {}


@pytest.mark.parametrize("source", ['{ file = "secrets/hv" }', '{ command = ["./secrets/print"] }'])
def test_what_is_named_relatively_lies_beside_the_estate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    beside, elsewhere = tmp_path / "beside", tmp_path / "elsewhere"
    for folder, secret in ((beside, "right"), (elsewhere, "wrong")):
        (folder / "secrets").mkdir(parents=True)
        own(folder, "secrets/hv", 0o600, secret)
        own(folder, "secrets/print", 0o700, f"#!/bin/sh\necho {secret}\n")
    estate(beside, f"password = {source}")
    for here, path in ((elsewhere, beside / "estate.toml"), (beside, Path("estate.toml"))):
        monkeypatch.chdir(here)
        password = read(path).access.default.password
        assert password is not None
        assert password.value() == "right"


def test_who_may_write_a_secret_is_asked_of_the_file_beside_the_estate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    own(tmp_path, "hv", 0o666)
    own(tmp_path / "elsewhere", "hv", 0o600)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "others may change it" in told(estate(tmp_path, 'password = { file = "hv" }'))["sign_in.password"]
