"""A password command or file is taken only from where nobody else could have put it."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from scanner import cli
from scanner.estate.document import document
from scanner.estate.mistakes import EstateError
from scanner.estate.owners import changeable
from scanner.estate.read import read

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes and owners are those of POSIX")
ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
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


def test_a_group_of_the_owners_own_is_the_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Systems that give each account a group of its name make files for that group writable, too (umask 002)."""
    import grp
    import pwd

    account, of = pwd.getpwuid(os.geteuid()), tmp_path.stat().st_gid
    path = estate(tmp_path, mode=0o664)
    for name, number, members, own in (
        (account.pw_name, account.pw_gid, [], True),
        (account.pw_name, account.pw_gid, [account.pw_name], True),
        (account.pw_name, account.pw_gid, ["another"], False),
        (account.pw_name, account.pw_gid + 1, [], False),
        ("staff", account.pw_gid, [], False),
    ):
        group = grp.struct_group((name, "x", number, members))
        monkeypatch.setattr(grp, "getgrgid", {of: group}.__getitem__)
        assert bool(told(path)) is not own
    monkeypatch.setattr(grp, "getgrgid", {}.__getitem__)
    assert told(path)


OPEN = 0o1777
"""a folder where everybody may put something, and nobody take another's away"""


@pytest.mark.parametrize("source", ['{{ file = "{}" }}', '{{ command = ["{}"] }}', '{{ command = ["{}/there"] }}'])
def test_what_anybody_may_yet_put_there_is_refused(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    path = estate(tmp_path, "password = " + source.format(folder / "later"))
    assert told(path) == {}
    folder.chmod(OPEN)
    assert f"{folder / 'later'} is not there, and anybody may put it there" in told(path)["sign_in.password"]
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
