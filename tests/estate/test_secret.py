"""Secrets: each source, what is said when there is none, and that no text keeps them."""

from __future__ import annotations

import base64
import os
import resource
import shlex
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.estate import sources
from scanner.estate.secret import HIDDEN, SecretError, SecretSource, redact, remember
from scanner.words.inert import inert
from tests.processes import surroundings, typed


def test_environment(monkeypatch):
    monkeypatch.setenv("HV_TEST", "s3cret-env")
    assert SecretSource(env="HV_TEST").value() == "s3cret-env"
    assert redact("with s3cret-env inside") == f"with {HIDDEN} inside"


def test_file_is_read_up_to_its_first_line_end(tmp_path):
    path = tmp_path / "p"
    path.write_text("s3cret-file\nmore\n", encoding="utf-8")
    assert SecretSource(file=str(path)).value() == "s3cret-file"


def test_command(tmp_path):
    source = SecretSource(command=(sys.executable, "-c", "print('s3cret-command')"))
    assert source.value() == "s3cret-command"


def test_read_once(tmp_path):
    path = tmp_path / "p"
    path.write_text("first-one\n", encoding="utf-8")
    source = SecretSource(file=str(path))
    source.value()
    path.write_text("second-one\n", encoding="utf-8")
    assert source.value() == "first-one"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SecretSource(env="HV_NOT_SET"), "env: the environment variable it names is not set or empty"),
        (SecretSource(file="/no/such/file"), "file: the file it names cannot be read"),
        (
            SecretSource(command=("/no/such/command", "with", "more")),
            "command: the program it names gave no secret",
        ),
        (
            SecretSource(command=(sys.executable, "-c", "import sys; print('s3cret-bad'); sys.exit(1)")),
            "gave no secret",
        ),
    ],
)
def test_a_source_without_a_secret_is_named_and_nothing_else(source, words):
    with pytest.raises(SecretError, match=words) as caught:
        source.value()
    assert "s3cret-bad" not in str(caught.value)


def test_the_value_is_in_no_representation(monkeypatch):
    monkeypatch.setenv("HV_TEST2", "s3cret-repr")
    source = SecretSource(env="HV_TEST2")
    source.value()
    assert "s3cret-repr" not in repr(source)


def test_the_longer_secret_is_hidden_first(monkeypatch):
    monkeypatch.setenv("HV_SHORT", "abc-short")
    monkeypatch.setenv("HV_LONG", "abc-short-and-long")
    SecretSource(env="HV_SHORT").value()
    SecretSource(env="HV_LONG").value()
    assert redact("abc-short-and-long") == HIDDEN


FORMS = {
    "as it is": b"s3cret-%b",
    "line end": b"s3cret-%b\n",
    "CRLF": b"s3cret-%b\r\n",
    "byte order mark": b"\xef\xbb\xbfs3cret-%b\r\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", ["env", "file", "command"])
def test_a_secret_loses_its_mark_and_its_line_end(tmp_path, monkeypatch, form, source):
    word = f"s3cret-{source}{len(form)}"
    data = FORMS[form] % word.removeprefix("s3cret-").encode()
    (tmp_path / "p").write_bytes(data)
    monkeypatch.setenv("HV_FORM", data.decode())
    copy = f"import sys; sys.stdout.buffer.write(open({str(tmp_path / 'p')!r}, 'rb').read())"
    sources = {
        "env": SecretSource(env="HV_FORM"),
        "file": SecretSource(file=str(tmp_path / "p")),
        "command": SecretSource(command=(sys.executable, "-c", copy)),
    }
    assert sources[source].value() == word
    assert redact(data.decode()).strip("\ufeff\r\n") == HIDDEN


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_where_a_mark_says_so(tmp_path, encoding):
    (tmp_path / "p").write_bytes((b"" if encoding == "utf-16" else b"\xff\xfe"[:: 1 if "le" in encoding else -1])
                                 + "s3cret-w\u00efde\r\n".encode(encoding))  # fmt: skip
    assert SecretSource(file=str(tmp_path / "p")).value() == "s3cret-w\u00efde"
    (tmp_path / "p").write_bytes("s3cret-wide".encode("utf-16-le"))
    with pytest.raises(SecretError, match="NUL"):
        SecretSource(file=str(tmp_path / "p")).value()


@pytest.mark.parametrize(
    "text", ["$(HV_PASSWORD)", "${HV_PASSWORD}", "%HV_PASSWORD%", "${{ secrets.HV }}", "$env:HV", " ", "\r\n", ""]
)
def test_what_stands_in_place_of_a_secret_is_none(tmp_path, text):
    (tmp_path / "p").write_text(text)
    with pytest.raises(SecretError, match=r"not set or empty|as a pipeline leaves it") as caught:
        SecretSource(file=str(tmp_path / "p")).value()
    assert not text.strip() or text not in str(caught.value)


@pytest.mark.parametrize("text", ["$(a b)", "pa$(ss)", "100%sure%", "$money", "${a", "%%"])
def test_a_password_that_only_looks_a_little_like_it_is_one(tmp_path, text):
    (tmp_path / "p").write_text(text)
    assert SecretSource(file=str(tmp_path / "p")).value() == text


def test_pipes_and_devices_are_no_files_of_secrets(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero", tmp_path):
        with pytest.raises(SecretError, match="cannot be read"):
            SecretSource(file=str(path)).value()


LATIN = "p\xe4ssw\xf6rd-latin".encode("latin-1")
"""no UTF-8"""


@pytest.mark.parametrize("source", ["env", "file", "command", "prompt"])
def test_a_secret_in_another_encoding_is_told(tmp_path, source):
    """Whatever it lies in; a defect of ours would end the run without a report."""
    (tmp_path / "p").write_bytes(LATIN + b"\n")
    table = {
        "env": "env='HV_LATIN'",
        "file": f"file='{tmp_path / 'p'}'",
        "command": f"command=('cat', '{tmp_path / 'p'}')",
        "prompt": "prompt=True",
    }[source]
    program = [sys.executable, "-c", PROMPT.format(user="admin").replace("prompt=True", table)]
    if source == "prompt":
        _, said, told, shown = typed(program, "password of", LATIN)
    else:
        env = {os.fsencode(name): os.fsencode(value) for name, value in surroundings().items()} | {b"HV_LATIN": LATIN}
        done = subprocess.run(program, env=env, capture_output=True, check=True, timeout=60)
        said, told, shown = done.stdout.decode(), done.stderr.decode(), ""
    assert said.startswith("sign_in.password: " if source == "prompt" else f"sign_in.password.{source}: ")
    assert "no UTF-8" in said or "no text in the encoding" in said
    assert "rd-latin" not in said + told + shown


def test_a_command_that_prints_without_end_takes_no_memory():
    """It is ended at the bound; it would fill the memory of this machine until its time is over."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SecretError, match="the program it names gave no secret: it printed more than 64 KiB"):
        SecretSource(command=("yes",)).value()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 << 10


def test_a_command_that_prints_nothing_and_stays_is_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "SECONDS", 0.5)
    script = f"echo $$ > {tmp_path / 'pid'}; exec sleep 300"
    with pytest.raises(SecretError, match=r"the program it names gave no secret: no answer within 0\.5 s"):
        SecretSource(command=("sh", "-c", script)).value()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize("source", [SecretSource(command=("echo", "x")), SecretSource(keyring="entry")])
def test_a_machine_that_starts_no_more_threads_is_told(monkeypatch, source):
    def none(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none)
    with pytest.raises(
        SecretError, match=r"^(command|keyring): the .* it names .*: this machine starts no more threads"
    ):
        source.value()


def test_a_source_that_fails_is_asked_once(tmp_path):
    count = tmp_path / "count"
    count.touch()
    source = SecretSource(command=("sh", "-c", f"echo x >> {count}; exit 1"))
    for _ in range(3):
        with pytest.raises(SecretError, match="gave no secret"):
            source.value()
    assert count.read_text() == "x\n"


def test_no_text_waits_for_a_source_that_is_slow(tmp_path):
    """The program hides secrets, and other sources give theirs, while one takes its time."""
    os.mkfifo(tmp_path / "gate")
    slow = SecretSource(command=("cat", str(tmp_path / "gate")))
    reading = threading.Thread(target=slow.value)
    reading.start()
    done = threading.Event()

    def others() -> None:
        redact("some text")
        remember("s3cret-other")
        done.set()

    threading.Thread(target=others, daemon=True).start()
    try:
        assert done.wait(20)
        assert reading.is_alive()
    finally:
        (tmp_path / "gate").write_text("s3cret-slow\n")
        reading.join()
    assert slow.value() == "s3cret-slow"


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=8, max_size=20), st.text(max_size=9)
)
def test_a_basic_header_gives_no_secret_away_whoever_is_named_in_it(secret, user):
    remember(secret, "somebody else")
    header = base64.b64encode(f"{user}:{secret}".encode()).decode()
    shown = redact(header)
    assert HIDDEN in shown
    assert len(shown.replace(HIDDEN, "")) <= len(base64.b64encode(f"{user}:".encode())) + 4


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_names_a_secret_is_none_in_the_next(time):
    assert redact("n4med-in-one-test") == "n4med-in-one-test", time
    remember("n4med-in-one-test")


def test_nobody_at_a_prompt_is_told(monkeypatch):
    def nobody(_text: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    with pytest.raises(SecretError, match="nobody is there"):
        SecretSource(prompt=True).value("admin")


PROMPT = """
from scanner.estate.secret import SecretError, SecretSource
try:
    print("read", SecretSource(prompt=True, key="sign_in.password").value({user!r}))
except SecretError as error:
    print(error)
"""


TERMINAL = """
import sys
from pathlib import Path
from scanner.estate.secret import SecretError, SecretSource
try:
    said = SecretSource(prompt=True).value("admin")
except (SecretError, KeyboardInterrupt) as error:
    said = type(error).__name__
Path(sys.argv[1]).write_text(said, encoding="utf-8")
"""


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize(
    ("what", "outcome"), [("typed\n", "typed"), ("\x04", "SecretError"), (None, "KeyboardInterrupt")],
    ids=["typed", "end of text", "gone"],
)  # fmt: skip
def test_a_terminal_that_goes_away_interrupts(tmp_path, what, outcome):
    """Its SIGHUP may come later than the end of what is read, or, as with ``nohup``, never."""
    ours, theirs = os.openpty()
    said = tmp_path / "said"
    program = ["env", "--ignore-signal=HUP", "setsid", "--ctty", sys.executable, "-c", TERMINAL, str(said)]
    with subprocess.Popen(
        program, stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings()
    ) as process:  # fmt: skip
        os.close(theirs)
        seen = b""
        while b"password of" not in seen:
            seen += os.read(ours, 4096)
        if what:
            os.write(ours, what.encode())
            process.wait(60)
        os.close(ours)
        process.wait(60)
    assert said.read_text(encoding="utf-8") == outcome


@pytest.mark.parametrize("stdin", ["pipe", "nothing", "closed", "file"])
def test_without_a_terminal_nothing_is_read(tmp_path, stdin):
    """Else what somebody types, or a pipe brings, stands on the screen or in the log of a job."""
    (tmp_path / "typed").write_text("typed-secret\n", encoding="utf-8")
    program = [sys.executable, "-c", PROMPT.format(user="admin")]
    how = {"pipe": "cat typed |", "nothing": "", "closed": "", "file": ""}[stdin]
    end = {"pipe": "", "nothing": "< /dev/null", "closed": "<&-", "file": "< typed"}[stdin]
    done = subprocess.run(
        ["bash", "-c", f"{how} {shlex.join(program)} {end}"], cwd=tmp_path, env=surroundings(), text=True,
        capture_output=True, check=True, start_new_session=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.startswith("sign_in.password: prompt = true, and nobody is there to type a password")
    for way in ("env", "file", "keyring", "command"):
        assert f"{{ {way} = " in done.stdout
    assert "typed-secret" not in done.stdout + done.stderr
    assert done.stderr == ""


def test_the_name_at_a_prompt_is_no_command_to_a_terminal_or_a_pipeline():
    """And the terminal shows nothing of what is typed."""
    user = "x\n##vso[task.setvariable variable=P]y\n::error::z\x1b[31m"
    program = [sys.executable, "-c", PROMPT.format(user=user)]
    code, said, told, shown = typed(program, "password of", "typed-secret")
    assert (code, said) == (0, "read typed-secret\n")
    assert "typed-secret" not in told + shown
    assert "# #vso[" in told
    assert inert(told) == told
    assert "\x1b" not in told
