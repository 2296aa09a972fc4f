"""A secret that is missing ends the run before anybody is asked, exit 2, each cause told once with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from scanner import cli
from scanner.estate.mistakes import EstateError
from scanner.estate.read import read
from tests.processes import finished

ESTATE = """
[sign_in]
method = "basic"
user = "u"
port = 1
password = { SECRET }
[[group]]
name = "g"
hosts = ["hv01.corp.example", "hv02.corp.example"]
sign_in = { user = "v" }
[[host]]
name = "hv01.corp.example"
address = "127.0.0.1"
[[host]]
name = "hv02.corp.example"
address = "127.0.0.1"
[[host]]
name = "hv03.corp.example"
address = "127.0.0.1"
sign_in = { user = "w", password = { OTHER } }
[[route]]
from = "hv01.corp.example"
to = "hv03.corp.example"
[directory]
method = "simple"
user = "d"
password = { DIRECTORY }
[names]
servers = ["127.0.0.1"]
[limits]
host_deadline = "5s"
connect_timeout = "1s"
"""
GOOD = 'env = "HV_GOOD"'


def estate(folder: Path, secret: str = GOOD, other: str = GOOD, directory: str = GOOD) -> Path:
    path = folder / "estate.toml"
    text = ESTATE.replace("SECRET", secret).replace("OTHER", other).replace("DIRECTORY", directory)
    path.write_text(text, encoding="utf-8")
    return path


HEAD = "nobody was asked anything, since this machine cannot sign in:"
SEE = "    do: see that what the key names holds it for the account that runs this, or name another source: "


def refused(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    """What is told of a run that ends before anybody is asked, and writes nothing: the faults, a line each."""
    report = path.parent / "r.json"
    assert cli.run(["scan", str(path), "--json", str(report), *more]) == 2
    head, *lines, end = capsys.readouterr().err.splitlines()
    assert (head, end) == (HEAD, "exit 2")
    assert not report.exists()
    assert all(line.startswith(SEE) for line in lines[1::2])
    return [line.strip() for line in lines[::2]]


@pytest.fixture(autouse=True)
def good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HV_GOOD", "a-long-enough-password")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('env = "HV_MISSING"', "env: the environment variable it names is not set or empty"),
        ('file = "gone.txt"', "file: the file it names cannot be read: No such file or directory"),
        ('file = "empty.txt"', "file: the file it names is not set or empty"),
        ('file = "unreplaced.txt"', "file: the file it names holds the name of a variable in place of a secret"),
        ('command = ["false"]', "command: the program it names gave no secret: it ended with exit code 1"),
    ],
)
def test_told_once_with_key_and_number_before_anybody_is_asked(tmp_path, capsys, source, what):
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    (tmp_path / "unreplaced.txt").write_text("$(PASSWORD)\n", encoding="utf-8")
    for name in ("empty.txt", "unreplaced.txt"):
        (tmp_path / name).chmod(0o600)
    (line,) = refused(estate(tmp_path, secret=source), capsys)
    assert line.startswith("sign_in.password." + what)
    assert line.endswith("; without it no answer comes from 2 targets")


def test_each_cause_is_told_with_the_key_that_names_it(tmp_path, capsys):
    path = estate(tmp_path, other='env = "HV_MISSING_1"', directory='env = "HV_MISSING_2"')
    assert refused(path, capsys) == [
        "host[3].sign_in.password.env: the environment variable it names is not set or empty; "
        "without it no answer comes from 1 target",
        "directory.password.env: the environment variable it names is not set or empty; "
        "without it no answer comes from 1 target",
    ]


def test_one_cause_of_all_is_one_line(tmp_path, capsys):
    missing = 'env = "HV_MISSING"'
    told = refused(estate(tmp_path, missing, missing, missing), capsys)
    assert [re.sub(r".*(?=without)", "", line) for line in told] == ["without it no answer comes from 4 targets"]


def test_nothing_is_told_of_what_is_not_needed(tmp_path, capsys):
    """All machines bring their answers, or sign in otherwise."""
    path = estate(tmp_path, secret='env = "HV_MISSING"')
    (tmp_path / "answers").mkdir()
    for name in ("hv01", "hv02"):
        (tmp_path / "answers" / f"{name}.corp.example.jsonl").write_text("", encoding="utf-8")
    assert cli.run(["scan", str(path), "--answers", str(tmp_path / "answers")]) == 3
    assert capsys.readouterr().err.startswith("reading: ")


def test_where_all_brought_their_answers_a_domain_that_cannot_be_signed_in_to_is_told_and_the_run_goes_on(
    tmp_path, capsys
):
    path = estate(tmp_path, directory='env = "HV_MISSING"')
    (tmp_path / "answers").mkdir()
    for name in ("hv01", "hv02", "hv03"):
        (tmp_path / "answers" / f"{name}.corp.example.jsonl").write_text("", encoding="utf-8")
    assert cli.run(["scan", str(path), "--answers", str(tmp_path / "answers")]) == 3
    head, fault, _, begun, *_ = capsys.readouterr().err.splitlines()
    assert head == "the domains cannot be read, since this machine cannot sign in:"
    assert fault.startswith("  directory.password.env: the environment variable it names is not set or empty")
    assert begun.startswith("reading: ")


def test_what_has_an_effect_is_left_where_what_is_at_hand_is_missing(tmp_path):
    """A command stands for a prompt: both ask somebody, who would be asked in vain."""
    count = tmp_path / "count"
    command = f'command = ["sh", "-c", "echo once >> {count}; exit 1"]'
    path = estate(tmp_path, secret=command, other='env = "HV_MISSING"')
    told = {"HV_GOOD": "a-long-enough-password"}
    done = finished("collect", path, "--save", tmp_path / "r.hvp", environment=told)
    assert done.returncode == 2
    assert not count.exists()
    assert "host[3].sign_in.password.env: the environment variable it names" in done.stderr
    done = finished("collect", path, "--save", tmp_path / "r.hvp", environment=told | {"HV_MISSING": "a-long-one-too"})
    assert done.returncode == 2
    assert count.read_text(encoding="utf-8") == "once\n"
    assert "sign_in.password.command: the program it names gave no secret: it ended with exit code 1; " in done.stderr
    assert "CalledProcessError" not in done.stderr


def test_a_prompt_without_a_terminal_ends_the_run(tmp_path):
    path = estate(tmp_path, other="prompt = true")
    done = finished(
        "scan", path, environment={"HV_GOOD": "a-long-enough-password"}, input="typed-secret\n", start_new_session=True
    )
    assert done.returncode == 2
    line = done.stderr.splitlines()[1].strip()
    assert line.startswith("host[3].sign_in.password: prompt = true, and nobody is there to type a password")
    assert line.endswith("; without it no answer comes from 1 target")
    assert "Warning" not in done.stderr
    assert "typed-secret" not in done.stdout + done.stderr


def test_a_keyring_that_is_none_is_told_in_words(tmp_path, capsys):
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        (line,) = refused(estate(tmp_path, secret='keyring = "hv"'), capsys)
    finally:
        keyring.set_keyring(before)
    assert line.startswith("sign_in.password.keyring: the keyring entry it names cannot be read: this machine has no ")
    assert "NoKeyringError" not in line


def test_no_secret_is_in_what_is_told(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("HV_ODD", "hunter2-with-a-\N{LATIN SMALL LETTER E WITH ACUTE}")
    (tmp_path / "odd").write_bytes(b"hunter2-\xff\n")
    (tmp_path / "odd").chmod(0o600)
    told = refused(estate(tmp_path, secret='env = "HV_ODD"', other='file = "odd"'), capsys)
    assert "hunter2" not in str(told)
    assert "it is no UTF-8" in str(told)


@pytest.mark.parametrize("source", ['keyring = "k"', "prompt = true", 'env = "E"', 'file = "f"'])
def test_a_source_is_known_by_the_key_that_names_it(tmp_path, source):
    """The group names a user of its own for the password that the general sign-in names."""
    (tmp_path / "f").write_text("x", encoding="utf-8")
    access = read(estate(tmp_path, secret=source, other='env = "HV_OTHER"')).access
    keys = {name: way.password.key for name, way in access.sign_ins.items() if way.password}
    assert keys == {
        "hv01.corp.example": "sign_in.password",
        "hv02.corp.example": "sign_in.password",
        "hv03.corp.example": "host[3].sign_in.password",
    }


PUT = "Sup3rSecretPW"


@pytest.mark.parametrize("more", ["", "!/ "])
@pytest.mark.parametrize("source", ["env = '{}'", "file = '{}'", "keyring = '{}'", "command = ['{}', 'x']", "'{}' = 1"])
def test_a_secret_in_the_place_of_a_name_is_told_nowhere(tmp_path, capsys, source, more):
    """Somebody took the key for the place of the secret itself; what else a name holds would tell it as well."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    names = {kind: str(tmp_path / f"r.{kind}") for kind in ("html", "junit", "json", "save")}
    text = source.format(PUT + more)
    path = estate(tmp_path, text, text, text)
    try:
        code = cli.run(["scan", str(path), *(word for kind in names for word in (f"--{kind}", names[kind]))])
    finally:
        keyring.set_keyring(before)
    told = capsys.readouterr()
    written = [Path(name).read_text(encoding="utf-8") for name in names.values() if Path(name).exists()]
    assert (code, written) == (2, [])
    for said in (told.out, told.err, *written):
        assert PUT not in said.replace("\n", "")
    assert "sign_in.password" in told.err


@pytest.mark.parametrize("name", ["HV_PASSWORD", "_x", "a1"])
def test_a_name_of_a_variable_is_taken(tmp_path, monkeypatch, name):
    monkeypatch.setenv(name, "a-long-enough-password")
    sources = [way.password for way in read(estate(tmp_path, f'env = "{name}"')).access.sign_ins.values()]
    assert "a-long-enough-password" in [source.value() for source in sources if source]


@pytest.mark.parametrize("name", ["1A", "A-B", "$(A)", "A B", "${A}", "ü", "A=1"])
def test_what_is_no_name_of_a_variable_is_not_said(tmp_path, name):
    with pytest.raises(EstateError) as caught:
        read(estate(tmp_path, f'env = "{name}"'))
    why = 'what stands there is no name of an environment variable; write env = "HV_PASSWORD"'
    assert [(mistake.key, mistake.text) for mistake in caught.value.mistakes] == [("sign_in.password.env", why)]
