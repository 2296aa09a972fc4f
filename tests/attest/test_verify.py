"""A run is signed and verified as a person does it; a changed byte anywhere is told, and no exit code is green then."""

from __future__ import annotations

import base64
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)  # fmt: skip
from hypothesis import given
from hypothesis import strategies as st

from scanner import cli
from scanner.attest import envelope
from scanner.attest.statement import AttestationError
from scanner.commands import attesting
from scanner.commands import verify as command
from scanner.commands.attesting import Attesting
from tests.reports.situations import SITUATIONS
from tests.test_house import ROOT

READY = ROOT / "tests" / "data" / "good.hvp"
KEYS = {
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "ecdsa": lambda: ec.generate_private_key(ec.SECP256R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
}
PASSWORD = "an open secret of a test"


def keys(folder: Path, make=KEYS["ed25519"], password: str = "", name: str = "key") -> tuple[Path, Path]:
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    key = make()
    how = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


@pytest.fixture
def signed(tmp_path: Path, capsys) -> Path:
    """A folder with a run of which all is signed."""
    private, _ = keys(tmp_path)
    shutil.copy(READY, tmp_path / "run.hvp")
    words = ["judge", tmp_path / "run.hvp", "--html", tmp_path / "report.html", "--junit", tmp_path / "junit.xml",
             "--attest", tmp_path / "run.json", "--sign-with", private]  # fmt: skip
    assert cli.run([str(word) for word in words]) == 0
    capsys.readouterr()
    return tmp_path


def verified(folder: Path, *more: object, key: str = "key.pub") -> int:
    return cli.run([str(word) for word in ("verify", folder / "run.json", "--key", folder / key, *more)])


def test_what_nobody_touched_is_as_attested(signed: Path, capsys) -> None:
    assert verified(signed) == 0
    told = capsys.readouterr().out
    assert "3 files as attested" in told
    assert "ready" in told


def test_what_else_lies_beside_it_is_not_among_what_is_named(signed: Path, capsys) -> None:
    (signed / "report2.html").write_text("ready", encoding="utf-8")
    assert verified(signed) == 0
    told = capsys.readouterr().out
    assert "attested: junit.xml, report.html, run.hvp\n" in told
    assert "report2" not in told


def resigned(folder: Path, place: tuple, value: object) -> None:
    """The statement with another value, signed by the same key."""
    made = json.loads((folder / "run.json").read_bytes())
    statement = json.loads(base64.b64decode(made["payload"]))
    inner = statement
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    signer = envelope.private_key((folder / "key.pem").read_bytes(), None)
    (folder / "run.json").write_bytes(envelope.signed(json.dumps(statement).encode(), signer))


RUN = ("predicate", "hvPreflight")


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ((*RUN, "chosen"), ["checks ID-*"], "as far as chosen, and not the whole estate: checks ID-*"),
        ((*RUN, "waived"), 2, "waived: 2 findings"),
        ((*RUN, "unverified"), 3, "certificates were NOT verified: 3 targets"),
        ((*RUN, "failOn"), "critical", "failures count from critical on"),
        ((*RUN, "verdict"), "not ready", "but for failures that its baseline knows"),
        ((*RUN, "plugins"), [{"name": "ours", "version": "1\u202e", "origin": "x"}], "plug-ins took part: ours 1\n"),
    ],
)
def test_no_ready_is_told_as_more_than_it_is(signed: Path, place: tuple, value: object, told: str, capsys) -> None:
    resigned(signed, place, value)
    if place[-1] == "verdict":
        resigned(signed, (*RUN, "kinds", 0, "verdict"), value)
    assert verified(signed) == 0
    assert told in capsys.readouterr().out


def test_a_look_ahead_is_no_verdict_on_today(signed: Path, capsys) -> None:
    resigned(signed, (*RUN, "judgedAsOf"), "2999-01-01T00:00:00Z")
    assert verified(signed) == 1
    told = capsys.readouterr().out
    assert "it is a look ahead, to 2999-01-01 00:00 UTC" in told
    assert "and not how they stand" in told


@pytest.mark.parametrize("name", ["/etc/hostname", "a\0b", "", ".", "x" * 5_000])
def test_a_file_is_looked_for_beside_it_alone(signed: Path, name: str, capsys) -> None:
    resigned(signed, ("subject", 0, "name"), name)
    assert verified(signed) == 1
    assert "its SHA-256" not in capsys.readouterr().out


def test_an_attestation_of_another_estate_is_told(tmp_path: Path, capsys) -> None:
    private, _ = keys(tmp_path)
    ours, other = tmp_path / "estate.toml", tmp_path / "other.toml"
    ours.write_text("hosts = []\n", encoding="utf-8")
    other.write_text("hosts = ['x']\n", encoding="utf-8")
    shutil.copy(READY, tmp_path / "run.hvp")
    attestor = Attesting(tmp_path / "run.json", str(private)).ready([ours], tmp_path / "run.hvp")
    assert attestor
    signed = attestor.signed(SITUATIONS["ready"][0], [])
    assert signed
    (tmp_path / "run.json").write_bytes(signed)
    finished = (*RUN, "finished")
    resigned(tmp_path, finished, "2026-01-01T00:00:00Z")
    resigned(tmp_path, (*RUN, "judgedAsOf"), "2026-01-01T00:00:00Z")
    assert verified(tmp_path, "--estate", ours) == 0
    assert verified(tmp_path, "--estate", other) == 1
    assert "it was not told by" in capsys.readouterr().out
    assert verified(tmp_path, "--estate", tmp_path / "none.toml") == 1
    ours.write_text("hosts = ['changed']\n", encoding="utf-8")
    assert verified(tmp_path, "--estate", ours) == 1


def test_it_can_be_moved_as_a_whole(signed: Path, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "all"
    shutil.move(signed, elsewhere)
    assert verified(elsewhere) == 0
    elsewhere.joinpath("run.json").rename(elsewhere.parent / "run.json")
    words = ("verify", elsewhere.parent / "run.json", "--key", elsewhere / "key.pub", "--folder", elsewhere)
    assert cli.run([str(word) for word in words]) == 0


@pytest.mark.parametrize("name", ["run.hvp", "report.html", "junit.xml"])
def test_a_changed_byte_is_told(signed: Path, name: str, capsys) -> None:
    data = bytearray((signed / name).read_bytes())
    data[len(data) // 2] ^= 1
    (signed / name).write_bytes(data)
    assert verified(signed) == 1
    assert f"{name} is another one" in capsys.readouterr().out


def test_a_missing_file_is_told(signed: Path, capsys) -> None:
    (signed / "junit.xml").unlink()
    assert verified(signed) == 1
    assert "junit.xml is not there" in capsys.readouterr().out


def test_another_key_does_not_do(signed: Path, capsys) -> None:
    keys(signed, name="other")
    assert verified(signed, key="other.pub") == 1
    assert "no signature of it is that key's" in capsys.readouterr().out


@given(place=st.floats(0, 0.999), bit=st.integers(0, 7))
def test_no_changed_bit_of_what_is_signed_goes_through(place: float, bit: int) -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = envelope.public_key(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    made = json.loads(envelope.signed(b'{"what": "is signed"}', envelope.private_key(private, None)))
    for part in (made, made["signatures"][0]):
        name = "payload" if part is made else "sig"
        octets = bytearray(base64.b64decode(part[name]))
        octets[int(place * len(octets))] ^= 1 << bit
        changed = json.loads(json.dumps(made))
        (changed if part is made else changed["signatures"][0])[name] = base64.b64encode(octets).decode()
        with pytest.raises(AttestationError):
            envelope.opened(json.dumps(changed).encode(), public)


NAMES = st.sampled_from(["payload", "payloadType", "signatures", "sig", "keyid"])
PARTS = st.recursive(st.text() | st.none(), lambda inner: st.dictionaries(NAMES, inner) | st.lists(inner))


@given(st.binary(max_size=200) | PARTS.map(lambda value: json.dumps(value).encode()))
def test_whatever_is_given_is_no_envelope(data: bytes) -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(b"k" * 32).public_key()
    public = envelope.public_key(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(AttestationError):
        envelope.opened(data, public)


@pytest.mark.parametrize("kind", KEYS)
def test_each_kind_of_key_signs(tmp_path: Path, kind: str) -> None:
    private, public = (path.read_bytes() for path in keys(tmp_path, KEYS[kind]))
    made = envelope.signed(b"{}", envelope.private_key(private, None))
    assert envelope.opened(made, envelope.public_key(public)) == b"{}"


def test_the_signature_is_one_over_the_envelopes_own_encoding(tmp_path: Path) -> None:
    """Held against the words of the specification, by another library."""
    key = ed25519.Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made = json.loads(envelope.signed(b"{}", envelope.private_key(private, None)))
    assert (made["payloadType"], base64.b64decode(made["payload"])) == ("application/vnd.in-toto+json", b"{}")
    key.public_key().verify(
        base64.b64decode(made["signatures"][0]["sig"]), b"DSSEv1 28 application/vnd.in-toto+json 2 {}"
    )


def test_an_encrypted_key_takes_its_password_from_a_variable(tmp_path: Path, monkeypatch, capsys) -> None:
    private, _ = keys(tmp_path, password=PASSWORD)
    monkeypatch.setenv("KEY_WORD", PASSWORD)
    words = ["judge", str(READY), "--attest", str(tmp_path / "run.json"), "--sign-with", str(private)]
    assert cli.run([*words, "--key-password-env", "KEY_WORD"]) == 0
    assert verified(tmp_path) == 0
    capsys.readouterr()
    assert cli.run(words) == 2
    assert "no password is given" in capsys.readouterr().err
    monkeypatch.setenv("KEY_WORD", "another")
    assert cli.run([*words, "--key-password-env", "KEY_WORD"]) == 2
    assert "does not open it" in capsys.readouterr().err
    monkeypatch.delenv("KEY_WORD")
    assert cli.run([*words, "--key-password-env", "KEY_WORD"]) == 2
    assert "no such variable" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--attest", "a.json"), "needs what signs"),
        (("--sign-with", "key.pem"), "there is no --attest"),
        (("--attest", "a.json", "--sign-with", "no-such.pem"), "cannot be read"),
        (("--attest", "a.json", "--sign-with", "key.pub"), "no private key"),
        (("--attest", "key.pem", "--sign-with", "key.pem"), "is what is read"),
        (("--attest", "a.json", "--sign-with", "keyless"), "no identity of a job"),
    ],
)
def test_what_cannot_sign_is_told_before_the_run(tmp_path: Path, words: tuple, why: str, monkeypatch, capsys) -> None:
    keys(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITLAB_CI", raising=False)
    assert cli.run(["judge", str(READY), "--json", "report.json", *words]) == 2
    assert why in capsys.readouterr().err
    assert not (tmp_path / "report.json").exists()


def test_nothing_is_signed_where_a_file_could_not_be_written(tmp_path: Path, capsys) -> None:
    private, _ = keys(tmp_path)
    words = ["judge", READY, "--html", "/dev/full", "--attest", tmp_path / "run.json", "--sign-with", private]
    assert cli.run([str(word) for word in words]) == 4
    assert "nothing is signed where a file is missing" in capsys.readouterr().err
    assert not (tmp_path / "run.json").exists()


def test_what_told_the_run_may_not_change_meanwhile(tmp_path: Path) -> None:
    private, _ = keys(tmp_path)
    waivers = tmp_path / "waivers.toml"
    waivers.write_text("# none\n", encoding="utf-8")
    attestor = Attesting(tmp_path / "a.json", str(private)).ready([waivers], READY)
    assert attestor
    waivers.write_text("# others\n", encoding="utf-8")
    failures: list[str] = []
    assert attestor.signed(None, failures) is None  # pyright: ignore[reportArgumentType]
    assert failures == [f"{tmp_path / 'a.json'} is not written: {waivers} was changed while the run read it"]


def test_no_file_is_left_out_because_another_is_called_alike(tmp_path: Path, monkeypatch) -> None:
    """As of files on two other drives of Windows, which are called by their names alone."""
    private, _ = keys(tmp_path)
    attestor = Attesting(tmp_path / "a.json", str(private)).ready([], READY)
    assert attestor
    attestor.wrote(tmp_path / "one" / "report.html", b"one")
    attestor.wrote(tmp_path / "two" / "report.html", b"two")
    monkeypatch.setattr(attesting, "seen_from", lambda _folder, path: path.name)
    failures: list[str] = []
    assert attestor.signed(SITUATIONS["ready"][0], failures) is None
    assert "two files would be called report.html in it" in failures[0]


def test_a_run_that_was_not_ready_stays_so_when_verified(tmp_path: Path, capsys) -> None:
    private, _ = keys(tmp_path)
    record = ROOT / "scanner" / "data" / "practice.hvp"
    shutil.copy(record, tmp_path / "run.hvp")
    words = ["judge", tmp_path / "run.hvp", "--attest", tmp_path / "run.json", "--sign-with", private]
    assert cli.run([str(word) for word in words]) == 1
    capsys.readouterr()
    assert verified(tmp_path) == 1
    assert "1 file as attested; exit 1 (not ready)" in capsys.readouterr().out


def test_evidence_may_be_too_old(signed: Path, capsys) -> None:
    assert verified(signed, "--max-age", "500ms") == 1
    assert "older than --max-age" in capsys.readouterr().out
    assert verified(signed, "--max-age", "8d") == 2
    assert verified(signed, "--max-age", "soon") == 2


@pytest.mark.parametrize(
    ("finished", "until", "told"),
    [
        (timedelta(hours=-1), None, ""),
        (timedelta(hours=-1), timedelta(seconds=1), ""),
        (timedelta(hours=-1), timedelta(), "and no longer"),
        (timedelta(hours=1), None, "is to come"),
    ],
)
def test_a_verdict_holds_for_as_long_as_it_said(finished: timedelta, until: timedelta | None, told: str) -> None:
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    run = command.Run(
        verdict="ready", gate="ready", exit_code=0, kinds=[], chosen=[], waived=0, fail_on="low", started=now,
        finished=now + finished, judged_as_of=now, version="1", plugins=[],
        until=None if until is None else now + until,
    )  # fmt: skip
    lines = list(command._past(run, None, now))
    assert bool(lines) is bool(told)
    assert told in "".join(lines)


@pytest.mark.parametrize("words", [(), ("--identity", "x"), ("--key", "k", "--identity", "x", "--issuer", "y")])
def test_whose_signature_it_shall_be_must_be_said(signed: Path, words: tuple) -> None:
    assert cli.run(["verify", str(signed / "run.json"), *words]) == 2


def test_a_private_key_is_not_asked_for(signed: Path, capsys) -> None:
    assert verified(signed, key="key.pem") == 2
    assert "private key, which need not lie here" in capsys.readouterr().err
