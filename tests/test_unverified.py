"""``verify = false`` stands in every output: whoever reads a verdict sees that anybody may have answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.windows.wsman.certificates import Certificates, make
from scanner import cli
from scanner.estate.access import DirectoryAccess
from scanner.words.source import unverified_words
from tests.wire import HOSTS, HV01, HV11, Wire, wire

BLOCK = 94
WORDS = "certificates were NOT verified (verify = false)"


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS)


@pytest.fixture
def lab(pki: Certificates, tmp_path: Path) -> Iterator[Wire]:
    with wire(BLOCK, pki, tmp_path) as running:
        yield running


def outputs(lab: Wire, estate: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What every output says of a scan, by its name."""
    places = {kind: lab.folder / f"r.{kind}" for kind in ("html", "junit", "json", "save")}
    options = [text for kind, path in places.items() for text in (f"--{kind}", str(path))]
    assert cli.run(["scan", str(estate), *options]) in (1, 3)
    said = {"terminal": capsys.readouterr().out}
    assert cli.run(["judge", str(places["save"])]) in (1, 3)
    said["judged again"] = capsys.readouterr().out
    assert cli.run(["why", "host", HV01, "--to", HV11, "--record", str(places["save"])]) in (1, 3)
    said["why"] = capsys.readouterr().out
    assert cli.run(["collect", str(estate), "--save", str(lab.folder / "c.hvp")]) in (0, 3)
    said["collect"] = capsys.readouterr().err
    assert cli.run(["estate", str(estate)]) == 0
    said["estate"] = capsys.readouterr().out
    return said | {kind: path.read_text(encoding="utf-8") for kind, path in places.items()}


def unverified(lab: Wire) -> Path:
    general = f'user = "admin"\npassword = {{ file = "{lab.folder / "password"}" }}\nverify = false'
    return lab.estate(sign_in=general)


def test_it_stands_in_every_output(lab, capsys):
    said = outputs(lab, unverified(lab), capsys)
    for kind in ("terminal", "judged again", "why", "collect", "html", "junit"):
        assert WORDS.lower() in " ".join(said[kind].split()).lower(), kind
    assert said["estate"].count("certificates are NOT verified") == len(HOSTS)
    assert said["html"].count("<strong>NOT verified</strong>") == len(HOSTS)
    assert {t["name"] for t in json.loads(said["json"])["targets"] if t["unverified"]} == {HV01, HV11}
    assert {t["name"] for t in json.loads(said["save"])["targets"] if t["unverified"]} == {HV01, HV11}
    assert f'name="certificates_not_verified" value="{HV01}, {HV11}"' in said["junit"]


def test_nothing_says_so_where_they_were_verified(lab, capsys):
    said = outputs(lab, lab.estate(), capsys)
    assert not [kind for kind, text in said.items() if "NOT verified" in text or "not verified" in text]
    assert 'name="certificates_not_verified" value="none"' in said["junit"]


def test_many_are_named_and_counted():
    assert unverified_words(f"hv0{number}" for number in range(8)).endswith("hv00, hv01, hv02, hv03, hv04 and 3 more")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"verify": False}, False),  # sealed by Kerberos: there is no certificate
        ({"verify": False, "method": "simple"}, True),
        ({"verify": False, "transport": "starttls"}, True),
        ({"verify": False, "transport": "ldaps"}, True),
        ({"method": "simple"}, False),
    ],
)
def test_a_directory_is_unverified_where_tls_carries_it(words, expected):
    assert DirectoryAccess(**words).unverified is expected
