"""Files, names, waiting and texts that Windows wants otherwise, each tried with what can be had here."""

from __future__ import annotations

import io
import json
import os
import queue
import threading
import time
from pathlib import Path

import pytest
from packaging.markers import Marker

from scanner import cli
from scanner.commands import console, files, fix, given, handles, on_windows, options, setup
from scanner.commands.console import UsageError
from scanner.estate.access import SignIn
from scanner.estate.document import document
from scanner.estate.mistakes import EstateError
from scanner.estate.read import read
from scanner.estate.secret import SecretSource
from scanner.estate.sources import from_file
from scanner.estate.waivers import WANTED
from scanner.files.waiting import next_of
from scanner.words.trouble import Kind
from tests.processes import ROOT, finished

PAIR = """\
[[host]]
name = "hv01.corp.example"
[[host]]
name = "hv02.corp.example"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
"""


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("report.html", ""),
        ("C:\\reports\\report.html", ""),
        ("\\\\files\\share\\report.html", ""),
        ("..\\out\\report.html", ""),
        ("nul", ""),
        ("console.html", ""),
        ("com10.html", ""),
        ("CON", "device"),
        ("aux.html", "device"),
        ("C:\\reports\\Lpt1.hvp", "device"),
        ("out\\COM1\\report.html", "device"),
        ("nul.html", "device"),
        ("report-10:30.html", "':'"),
        ("what?.html", "'?'"),
        ("report.", "dot or a space"),
        ("report ", "dot or a space"),
    ],
)
def test_names_that_windows_would_not_write_to_or_elsewhere(name: str, why: str) -> None:
    said = on_windows.no_name(Path(name))
    assert why in said
    assert bool(said) == bool(why)


def test_such_a_name_is_told_before_a_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    with pytest.raises(UsageError, match=r"aux\.html is the name of a device of Windows"):
        files.writable([tmp_path / "aux.html"])
    files.writable([handles.output(Path("-")), tmp_path / "report.html"])


def test_one_name_in_two_cases_is_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os.path, "normcase", lambda path: str(path).lower())
    (tmp_path / "run.hvp").touch()
    with pytest.raises(UsageError, match="is what is read"):
        files.writable([tmp_path / "RUN.hvp"], [tmp_path / "run.hvp"])
    with pytest.raises(UsageError, match="named twice"):
        files.writable([tmp_path / "a.html", tmp_path / "A.html"])


def test_a_file_that_somebody_holds_is_tried_again_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_windows, "PAUSES", (0.0, 0.0))
    tries: list[int] = []

    def held(times: int) -> None:
        tries.append(1)
        if len(tries) <= times:
            raise PermissionError(13, "Zugriff verweigert")

    on_windows.again(lambda: held(2), windows=True)
    assert len(tries) == 3
    tries.clear()
    with pytest.raises(PermissionError) as told:
        on_windows.again(lambda: held(9), windows=True)
    assert (len(tries), told.value.strerror) == (3, "another program has it open, or it is read-only")
    tries.clear()
    with pytest.raises(PermissionError, match="verweigert"):
        on_windows.again(lambda: held(9), windows=False)
    assert len(tries) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (0, ""),
        (50, ""),
        (32, "another program has it open"),
        (1175, "another program has it open"),
        (87, "Windows gives error 87"),
    ],
)
def test_the_list_of_the_old_file_is_handed_on_by_windows_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int, told: str
) -> None:
    asked: list[tuple[object, ...]] = []

    class Kernel:
        def ReplaceFileW(self, place: str, new: str, *rest: object) -> int:  # noqa: N802 - Windows' name
            asked.append((place, new, *rest))
            if not code:
                os.replace(new, place)
            return int(not code)

    monkeypatch.setattr(on_windows, "WINDOWS", True)
    monkeypatch.setattr(on_windows, "PAUSES", ())
    monkeypatch.setattr(on_windows, "_kernel", lambda: (Kernel(), lambda: code))
    path = tmp_path / "report.html"
    files.write(path, "old")
    assert asked == []
    if told:
        with pytest.raises(files.NotWritten, match=told):
            files.write(path, "new")
    else:
        files.write(path, "new")
    assert path.read_text() == ("old" if told else "new")
    assert [one[0] for one in asked] == [str(path)]
    assert list(tmp_path.iterdir()) == [path]


def test_a_report_that_is_held_stays_and_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def never(_new: Path, _place: Path) -> None:
        raise PermissionError(13, on_windows.HELD)

    path = tmp_path / "report.html"
    path.write_text("old")
    monkeypatch.setattr(on_windows, "replace", never)
    with pytest.raises(files.NotWritten, match=r"another program has it open.*NOT of this run"):
        files.write(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_mode_is_no_wish_that_windows_fulfils(monkeypatch: pytest.MonkeyPatch) -> None:
    assert options.permissions("0644") == 0o644
    monkeypatch.setattr(given, "WINDOWS", True)
    assert options.permissions(None) is None
    with pytest.raises(UsageError, match="Windows knows no modes"):
        options.permissions("0644")


def test_a_wait_is_many_short_ones_and_takes_what_comes() -> None:
    given: queue.SimpleQueue[int] = queue.SimpleQueue()
    threading.Timer(0.7, given.put, (7,)).start()
    assert next_of(given, 20) == 7
    began = time.monotonic()
    with pytest.raises(queue.Empty):
        next_of(given, 0.6)
    assert 0.5 < time.monotonic() - began < 10
    given.put(8)
    assert next_of(given, -1) == 8


class Gone(io.StringIO):
    """What Windows says of a pipe that nobody reads any more."""

    def write(self, _text: str) -> int:
        raise OSError(22, "Invalid argument")


def test_a_reader_that_went_away_is_no_fault_on_windows_either(monkeypatch: pytest.MonkeyPatch) -> None:
    console._send(Gone(), "x", console.OUT)
    assert console.lost() == {console.OUT: "Invalid argument"}
    monkeypatch.setattr(console, "WINDOWS", True)
    console._send(Gone(), "x", console.OUT)
    assert console.lost() == {}


def test_a_console_that_cannot_be_asked_takes_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_windows.takes_sequences(1)
    monkeypatch.setattr(on_windows, "WINDOWS", True)
    assert not on_windows.takes_sequences(1)


@pytest.mark.parametrize("page", ["cp1252", "cp850", "cp437", "cp932", "ascii", "utf-8"])
def test_no_code_page_of_a_console_or_a_redirect_stops_a_report(page: str) -> None:
    demo = finished("demo", environment={"PYTHONIOENCODING": page}, errors="replace")
    assert (demo.returncode, demo.stderr.count("Traceback")) == (1, 0)
    assert "exit 1" in demo.stdout


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_powershell_writes_is_read_whatever_it_is(tmp_path: Path, written: str) -> None:
    """Windows PowerShell 5.1 writes ``>`` in UTF-16 with a mark and CRLF, 7 in UTF-8, ``Set-Content -Encoding`` all."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_bytes(text.replace("\n", "\r\n").encode(written))
        return path

    assert read(write("estate.toml", PAIR)).estate.hosts == ("hv01.corp.example", "hv02.corp.example")
    assert document(write("waivers.toml", "[[waiver]]\nreason = 'Grün'\n"), WANTED)["waiver"][0]["reason"] == "Grün"
    assert from_file(str(write("secret.txt", "Pässwörd\n")), "it") == "Pässwörd"
    record = write("run.hvp", (ROOT / "tests" / "data" / "good.hvp").read_text(encoding="utf-8"))
    report = tmp_path / "old.json"
    done = finished("judge", record, "--json", report)
    assert done.returncode == 0, done.stderr
    baseline = write("baseline.json", json.dumps(json.loads(report.read_bytes()), ensure_ascii=False))
    for before in (baseline, record):
        done = finished("judge", record, "--baseline", before, "-q")
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (r'ca = "C:\new\test.pem"', "holds a line end or a tab"),
        (r'ca = "C:\temp\ca.pem"', "single backslash"),
        (r'ca = "C:\Users\me\ca.pem"', "single backslash"),
        (r'ca = "\\\\files\share\ca.pem"', "single backslash"),
    ],
)
def test_a_path_in_double_quotes_is_told_with_what_would_be_right(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "estate.toml"
    path.write_text(f"[sign_in]\n{line}\n{PAIR}", encoding="utf-8")
    with pytest.raises(EstateError) as told:
        document(path)
    assert why in str(told.value)
    assert r"a path in single quotes, 'C:\folder\file', or with slashes" in str(told.value)


@pytest.mark.parametrize("text", ["C: is full", "C:\\new", "C:/new", "of CORP\\boss,\nuntil May", "a:\\b, c:\\d"])
def test_texts_that_are_no_such_path_stay(tmp_path: Path, text: str) -> None:
    path = tmp_path / "waivers.toml"
    path.write_text(f"reason = {json.dumps(text)}\n", encoding="utf-8")
    assert document(path) == {"reason": text}


def test_setup_on_windows_looks_for_no_ticket_but_at_a_user_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "WINDOWS", True)
    secret = SecretSource(env="HV_TEST_WINDOWS")

    def told(way: SignIn) -> list[tuple[str, str]]:
        return [wrong for trial in setup.at_hand(way) if (wrong := trial()) and wrong[0] != Kind.NO_SECRET]

    assert told(SignIn(verify=False)) == told(SignIn(method="negotiate", verify=False)) == []
    assert told(SignIn(user="CORP\\x", password=secret, verify=False)) == []
    ((kind, why),) = told(SignIn(user="CORP\\x", verify=False))
    assert (kind, "user = stands there without a password" in why) == (Kind.NO_TICKET, True)


WIN32 = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}


@pytest.mark.parametrize("python", ["3.11", "3.13"])
def test_the_lock_brings_to_windows_what_signs_in_there_and_nothing_that_needs_a_compiler(python: str) -> None:
    """Which of them have a wheel for Windows the index alone tells: `make windows` asks it."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    taken: set[str] = set()
    for line in (line for line in lines if line[:1].isalnum()):
        name, _, rest = line.rstrip(" \\").partition("==")
        marker = rest.partition(";")[2].strip()
        here = WIN32 | {"python_version": python, "python_full_version": f"{python}.0"}
        if not marker or Marker(marker).evaluate(here):
            taken.add(name)
    assert {"sspilib", "pyspnego", "pywin32-ctypes", "colorama", "tzdata"} <= taken
    assert not taken & {"gssapi", "krb5", "decorator", "jeepney", "secretstorage", "winkerberos", "pywin32"}


def test_a_script_with_a_name_that_is_not_ascii_bears_a_mark(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    practice = str(ROOT / "scanner" / "data" / "practice.hvp")
    for text, mark in (("Set-VMHost 'zürich'", b"\xef\xbb\xbf"), ("Set-VMHost 'zurich'", b"")):
        monkeypatch.setattr(fix, "script", lambda *_: text)  # noqa: B023 - called at once
        assert cli.run(["fix", practice, "--for", "directory"]) == 0
        assert capsysbinary.readouterr().out == mark + text.encode()


@pytest.mark.parametrize(
    ("words", "led_to", "expected"), [("-", "pipe", 1), ("-", "out", 1), ("out", "out", 1), ("r", "out", 0)]
)
def test_standard_output_is_known_without_numbers_of_devices(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, led_to: str, expected: int
) -> None:
    monkeypatch.setattr(handles, "WINDOWS", True)
    for name in ("out", "r"):
        (tmp_path / name).touch()
    read_end, write_end = os.pipe()
    stream = os.fdopen(write_end, "w") if led_to == "pipe" else (tmp_path / led_to).open("w")
    with stream, os.fdopen(read_end):
        monkeypatch.setattr("sys.stdout", stream)
        path = handles.output(Path(words)) if words == "-" else tmp_path / words
        assert handles.is_standard_output(path) == bool(expected)
        if led_to == "pipe":
            assert not handles.is_standard_output(tmp_path / "out")
        else:
            os.close(write_end)
