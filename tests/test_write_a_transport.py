"""Whoever follows docs/transport.md has a transport: the same evidence and the same verdict as over WinRM."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab.windows.wsman.certificates import Certificates, make
from scanner import cli, plugins
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.model import GapReason
from tests.test_three_ways import answers_of, told
from tests.transport.fake_ssh import Answer, Refused, ssh_to
from tests.wire import HOSTS, HV01, HV11, Wire, wire

ROOT = Path(__file__).resolve().parents[1]
BLOCK = 99
PAGE = (ROOT / "docs" / "transport.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^<!-- file: (\S+) -->\n```python\n(.*?)^```$", PAGE, re.M | re.S))
SSH = 'transport = "ssh"\nuser = "admin"'


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS)


@pytest.fixture
def lab(pki: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    ((path, text),) = FILES.items()  # one file is all it takes
    (tmp_path / path).write_text(text, encoding="utf-8")
    with wire(BLOCK, pki, tmp_path) as running:
        yield running


def scan(lab: Wire, name: str, *options: str, **words: str) -> tuple[Evidence, int]:
    """What a whole run read, and how it ended."""
    path = lab.folder / f"{name}.hvp"
    estate = lab.estate(file=f"{name}.toml", **words)
    code = cli.run(["scan", str(estate), "--save", str(path), *options])
    return record.load(path.read_bytes(), plugins.load(third_party=False).facts), code


def over_ssh(lab: Wire, answer: Answer, after: Callable[[], None] = lambda: None, **words: str) -> Evidence:
    plugin = str(lab.folder / "ssh_transport.py")
    with ssh_to(answer, lab.folder) as heard:
        try:
            evidence, code = scan(lab, "ssh", "--plugin", plugin, method="kerberos", sign_in=SSH, **words)
        finally:
            after()
    assert code in (1, 3)
    targets = {arguments[arguments.index("--") + 1] for arguments in heard.arguments}
    assert targets == set(HOSTS)
    return evidence


def findings(capsys: pytest.CaptureFixture[str], lab: Wire, name: str) -> str:
    capsys.readouterr()
    cli.run(["judge", str(lab.folder / f"{name}.hvp")])
    lines = capsys.readouterr().out.replace(f"{name}.hvp", "").splitlines()
    lines.remove(name)  # an estate without a name is called by its file's
    said = "\n".join(lines)
    return re.sub(r"Read \S+\s+\S+\s+UTC", "", said)  # two scans may lie in two minutes


def test_the_same_evidence_and_the_same_verdict(lab: Wire, capsys: pytest.CaptureFixture[str]) -> None:
    by_winrm, _ = scan(lab, "winrm")
    spoken = lab.server.traffic.requests()
    by_ssh = over_ssh(lab, lambda target, script: iter(answers_of(lab.runner, target, script)))
    assert lab.server.traffic.requests() == spoken, "who is read over ssh is not spoken to otherwise"
    assert told(by_ssh) == told(by_winrm)
    assert len([answer for answer in by_ssh.answers() if answer.target in HOSTS]) > len(HOSTS) * 15
    for name in HOSTS:
        ours, theirs = by_ssh.target(name), by_winrm.target(name)
        assert ours is not None
        assert theirs is not None
        assert (ours.how, ours.who, ours.queries, ours.answered) == ("ssh", "admin", theirs.queries, theirs.answered)
    assert [info.name for info in by_ssh.targets()] == [info.name for info in by_winrm.targets()]
    assert findings(capsys, lab, "ssh") == findings(capsys, lab, "winrm")


def test_what_goes_wrong_is_a_gap_with_its_reason(lab: Wire) -> None:
    """One that refuses costs nothing but itself, and what came before a failure counts."""

    def answer(target: str, script: str) -> Iterator[str]:
        if target == HV11:
            raise Refused("Host key verification failed.")
        yield from itertools.islice(answers_of(lab.runner, target, script), 5)
        raise Refused("Connection to it closed.")

    evidence = over_ssh(lab, answer)
    gaps = {gap.detail for gap in evidence.gaps() if gap.target == HV11}
    assert gaps == {"ssh failed: Host key verification failed."}
    assert len([answer for answer in evidence.answers() if answer.target == HV01]) >= 4
    assert {gap.reason for gap in evidence.gaps() if gap.target in HOSTS} == {GapReason.UNREACHABLE}


def test_one_that_hangs_and_one_without_end_are_left_at_the_deadline(lab: Wire) -> None:
    ends = threading.Event()

    def answer(target: str, _script: str) -> Iterator[str]:
        if target == HV11:
            yield "x" * 9 * 2**20
        else:
            ends.wait(60)

    evidence = over_ssh(lab, answer, deadline="2s", after=ends.set)
    reasons = {gap.target: gap.reason for gap in evidence.gaps() if gap.target in HOSTS}
    assert reasons == {HV01: GapReason.TIMEOUT, HV11: GapReason.UNPARSABLE}


def test_without_the_plugin_the_estate_is_refused(lab: Wire, capsys: pytest.CaptureFixture[str]) -> None:
    estate = lab.estate(method="kerberos", sign_in=SSH)
    assert cli.run(["scan", str(estate)]) == 2
    assert 'sign_in.transport  "ssh" is none of https, http, and no plugin brings it' in capsys.readouterr().err
    assert lab.server.traffic.connections == {}


@pytest.mark.parametrize(
    ("name", "words"), [("https", "no plugin takes its place"), ("ssh", "offer the same transport twice: ssh")]
)
def test_a_name_is_taken_once(lab: Wire, name: str, words: str) -> None:
    first = lab.folder / "ssh_transport.py"
    second = lab.folder / "another.py"
    second.write_text(first.read_text(encoding="utf-8").replace('name="ssh"', f'name="{name}"'), encoding="utf-8")
    with pytest.raises(plugins.PluginError, match=words):
        plugins.load([first, second], third_party=False)


def test_the_file_of_the_page_is_as_ours_are(lab: Wire) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--ignore=D1", f"--config={ROOT / 'pyproject.toml'}",
         *(str(lab.folder / name) for name in FILES)], capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
