"""Registration key files of every variant and of none, generated here: what is kept, what is said, what is hidden."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.collect.keyfile import COLLECTOR, NAMESPACE, file_time, registration_key
from scanner.estate.access import Access
from scanner.estate.secret import redact
from scanner.facts.keyfile import RegistrationKey
from scanner.hooks import Task
from scanner.record.record import dump
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.languages import LANGUAGES
from scanner.words.model import Gap, GapReason
from scanner.words.recovery import KeyFile
from scanner.words.told import speaking

BEGIN = datetime(2026, 11, 20, 8, 50, tzinfo=UTC)
END = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NAME = "vault-example_2026-11-20T09-00-00.VaultCredentials"
CHANNEL_KEY = "UGxhbnRlZC1DaGFubmVsLUtleQ=="
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def certificate(begin: datetime, end: datetime) -> x509.Certificate:
    key, name = private_key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Windows Azure Tools")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begin).not_valid_after(end)
    return builder.sign(key, hashes.SHA256())


@cache
def packed(password: bytes | None = None, begin: datetime = BEGIN, end: datetime = END, *, key: bool = True) -> str:
    protection = BestAvailableEncryption(password) if password else NoEncryption()
    private = private_key() if key else None
    data = pkcs12.serialize_key_and_certificates(b"vault", private, certificate(begin, end), None, protection)
    return base64.b64encode(data).decode()


def bare() -> str:
    return base64.b64encode(certificate(BEGIN, END).public_bytes(Encoding.DER)).decode()


ACS = (
    "<AcsNamespace><HostName>accesscontrol.windows.net</HostName><Namespace>weupod01rrp1users01</Namespace>"
    "<ResourceProviderRealm>http://windowscloudbackup/m3</ResourceProviderRealm></AcsNamespace>"
)
AAD = (
    "<AadAuthority>https://login.windows.net</AadAuthority><AadTenantId>aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
    "</AadTenantId>"
)
VAULT = f"<SubscriptionId>{SUBSCRIPTION}</SubscriptionId><ResourceName>vault-example</ResourceName>"
PLACE = "<ResourceGroup>rg-dr</ResourceGroup><Location>westeurope</Location>"
CHANNEL = f"<ChannelIntegrityKey>{CHANNEL_KEY}</ChannelIntegrityKey>"


def wrap(root: str, body: str, namespace: str = NAMESPACE) -> str:
    space = f' xmlns="{namespace}"' if namespace else ""
    return f'<{root} xmlns:i="http://www.w3.org/2001/XMLSchema-instance"{space}>{body}</{root}>'


def v3(secret: str | None = None, *, before: str = "", after: str = "") -> str:
    secret = packed() if secret is None else secret
    details = f"<AadDetails>{AAD}<ArmManagementEndpoint>https://pod01-id1.we.backup.windowsazure.com/restapi/"
    details += "</ArmManagementEndpoint></AadDetails>"
    body = f"<VaultDetails>{VAULT}{PLACE}</VaultDetails><ManagementCert>{secret}</ManagementCert>{details}{CHANNEL}"
    return wrap("RSVaultAsrCreds", before + body + "<SiteId></SiteId>" + after)


def read(text: str | bytes, name: str = NAME) -> RegistrationKey:
    data = text if isinstance(text, bytes) else text.encode()
    return registration_key(name, data, len(data))


def collected(path: Path | str) -> Evidence:
    now = datetime.now(UTC)
    evidence = Evidence(Estate(key_files=(KeyFile(str(path)),)), started=now, finished=now)
    task = Task(
        target=str(path), kind="key-file", facts=(RegistrationKey,), arguments={}, evidence=evidence, deadline=0.0
    )
    COLLECTOR.collect(task, Access())
    return evidence


def gap_of(path: Path | str) -> Gap:
    answer = collected(path).ask(RegistrationKey, str(path))
    assert isinstance(answer, Gap)
    return answer


def test_the_current_variant(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(HEAD + v3())
    evidence = collected(path)
    answer = evidence.ask(RegistrationKey, str(path))
    assert not isinstance(answer, Gap)
    assert answer == (
        RegistrationKey(
            file_name=NAME,
            size=path.stat().st_size,
            problem="",
            root="RSVaultAsrCreds",
            namespace=True,
            vault="vault-example",
            subscription=SUBSCRIPTION,
            location="westeurope",
            resource_group="rg-dr",
            endpoints=("login.windows.net", "pod01-id1.we.backup.windowsazure.com"),
            thumbprint=certificate(BEGIN, END).fingerprint(hashes.SHA1()).hex().upper(),
            certificate_problem="",
            not_before=BEGIN,
            not_after=END,
            site="",
            file_time=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        ),
    )
    assert evidence.target(str(path)).kind == "key-file"


@pytest.mark.parametrize(
    ("root", "body", "group", "endpoints"),
    [
        ("ASRVaultCreds", VAULT + ACS, "", ("weupod01rrp1users01.accesscontrol.windows.net",)),
        (
            "ASRVaultCreds",
            VAULT + ACS + "<ARMResourceType>vaults</ARMResourceType><ResourceGroupName>rg-dr</ResourceGroupName>",
            "rg-dr",
            ("weupod01rrp1users01.accesscontrol.windows.net",),
        ),
        ("RSBackupVaultAADCreds", VAULT + AAD + PLACE, "rg-dr", ("login.windows.net",)),
        ("BackupVaultCreds", VAULT + ACS, "", ("weupod01rrp1users01.accesscontrol.windows.net",)),
    ],
    ids=["V1", "V2", "V4", "V5"],
)
def test_the_other_variants(root: str, body: str, group: str, endpoints: tuple[str, ...]) -> None:
    row = read(wrap(root, f"<ManagementCert>{packed()}</ManagementCert>" + body))
    assert (row.problem, row.root, row.vault, row.subscription) == ("", root, "vault-example", SUBSCRIPTION)
    assert (row.resource_group, row.endpoints, row.certificate_problem) == (group, endpoints, "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark"])
def test_saved_anew_by_an_editor(encoding: str) -> None:
    """The declaration still says utf-8: an editor does not touch it."""
    codec, _, mark = encoding.rpartition("-mark")[0] or encoding, "", encoding.endswith("-mark")
    data = (("\ufeff" if mark else "") + HEAD + v3()).encode(codec)
    assert (read(data).problem, read(data).vault) == ("", "vault-example")


def test_order_unknown_and_nil_elements() -> None:
    nil = '<Location i:nil="true">nowhere</Location><More><Inner>x</Inner></More>'
    row = read(v3(before='<o:ResourceName xmlns:o="urn:other">other</o:ResourceName>' + nil, after="<Last/>"))
    assert (row.problem, row.vault, row.certificate_problem) == ("", "vault-example", "")
    assert row.location == "westeurope"


@pytest.mark.parametrize(("element", "site"), [("<SiteName/>", ""), ("<SiteName> Site A </SiteName>", "Site A")])
def test_the_site_that_a_key_was_made_for(element: str, site: str) -> None:
    assert read(v3(after=element)).site == site
    assert read(v3()).site == ""


def test_without_namespace_and_with_another() -> None:
    assert not read(wrap("RSVaultAsrCreds", VAULT, namespace="")).namespace
    assert read(wrap("RSVaultAsrCreds", VAULT, namespace="")).vault == "vault-example"
    assert not read(wrap("RSVaultAsrCreds", VAULT, namespace="urn:other")).namespace


def test_guid_forms() -> None:
    row = read(v3(before="<SubscriptionId>{AAAAAAAA-2222-3333-4444-555555555555}</SubscriptionId>"))
    assert row.subscription == "aaaaaaaa-2222-3333-4444-555555555555"


def test_expired() -> None:
    begin = datetime(2026, 10, 1, 8, 50, tzinfo=UTC)
    end = begin + timedelta(days=5, minutes=10)
    row = read(v3(packed(None, begin, end)))
    assert (row.not_before, row.not_after, row.certificate_problem) == (begin, end, "")


@pytest.mark.parametrize(
    ("secret", "problem", "dated"),
    [
        (lambda: "", "no certificate", False),
        (lambda: "\n   ", "no certificate", False),
        (bare, "no private key", True),
        (lambda: packed(key=False), "no private key", True),
        (lambda: packed(b"word"), "no PKCS#12 with an empty password", False),
        (lambda: "!!!no base64!!!", "not base64", False),
        (lambda: base64.b64encode(b"something else entirely").decode(), "no PKCS#12 with an empty password", False),
    ],
    ids=["empty", "blank", "DER only", "PKCS#12 without key", "password", "not base64", "garbage"],
)
def test_certificate_problems(secret: object, problem: str, dated: bool) -> None:
    row = read(v3(secret()))  # type: ignore[operator]
    assert (row.problem, row.certificate_problem) == ("", problem)
    assert (row.not_after is not None) == dated
    assert bool(row.thumbprint) == dated


def test_base64_in_lines() -> None:
    secret = packed()
    assert read(v3("\r\n".join(secret[i : i + 64] for i in range(0, len(secret), 64)))).certificate_problem == ""


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + wrap("RSVaultAsrCreds", "&b;")
OUTSIDE = '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">' + wrap("RSVaultAsrCreds", VAULT)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", "it is empty"),
        (b" \r\n", "it is empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "it is an HTML page"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "it is an HTML page"),
        (b'{"error": "expired"}', "it is JSON, no XML"),
        (HEAD.encode() + BOMB.encode(), "it contains a document type declaration"),
        (HEAD.encode() + OUTSIDE.encode(), "it contains a document type declaration"),
        (b"<RSVaultAsrCreds><VaultDetails>", "it ends early"),
        (b"<RSVaultAsrCreds><Vau", "it ends early"),
        (b"<Other/>", "its root element is none of a vault's key file"),
        (b"<a>" * 40 + b"</a>" * 40, "its elements are nested too deep"),
        (b"\xff\xfe<\x00\xd8", "its encoding cannot be read"),
        (b'<?xml version="1.0" encoding="nonsense"?><RSVaultAsrCreds/>', "its encoding cannot be read"),
        (b"MZ\x90\x00\x03", "it is no well-formed XML: "),
    ],
    ids=range(14),
)
def test_no_key_file(text: bytes, problem: str) -> None:
    row = read(text)
    assert row.problem.startswith(problem)
    assert (row.vault, row.endpoints, row.thumbprint) == ("", (), "")


def test_cut_short_in_the_middle_of_the_secret() -> None:
    text = (HEAD + v3()).encode()
    assert read(text[: text.index(b"</ManagementCert>") - 20]).problem == "it ends early"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"<a>" + b" " * 2 * 2**20)
    answer = collected(path).ask(RegistrationKey, str(path))
    assert not isinstance(answer, Gap)
    assert (answer[0].problem, answer[0].size) == ("it is larger than 1 MiB", 2 * 2**20 + 3)


def test_endpoints_that_are_no_host_names() -> None:
    strange = "<AadAuthority>https://evil host/</AadAuthority><ArmManagementEndpoint>javascript:alert(1)"
    row = read(wrap("RSVaultAsrCreds", VAULT + strange + "</ArmManagementEndpoint>"))
    assert row.endpoints == ()


@pytest.mark.parametrize(
    ("name", "when"),
    [
        (NAME, datetime(2026, 11, 20, 9, 0, tzinfo=UTC)),
        ("SiteA_my_vault_2026-11-20T09-00-00.vaultcredentials", datetime(2026, 11, 20, 9, 0, tzinfo=UTC)),
        ("vault_2026-13-40T09-00-00.VaultCredentials", None),
        ("vault_Fri Nov 20 2026.VaultCredentials", None),
        ("key.xml", None),
    ],
)
def test_time_in_the_name(name: str, when: datetime | None) -> None:
    assert file_time(name) == when


def row_of(path: Path | str) -> RegistrationKey:
    answer = collected(path).ask(RegistrationKey, str(path))
    assert not isinstance(answer, Gap), answer
    return answer[0]


def test_a_file_that_is_not_there_is_an_answer(tmp_path: Path) -> None:
    assert row_of(tmp_path / "none").problem == "there is no such file"
    assert row_of(tmp_path).problem == "it is no file"
    os.mkfifo(tmp_path / "pipe")
    assert row_of(tmp_path / "pipe").problem == "it is no file"
    assert row_of("a\0b").problem == "there is no such file"


@contextmanager
def unprivileged() -> Iterator[None]:
    """As somebody who is not root: root may read everything."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(v3())
    path.chmod(0)
    with unprivileged():
        gap = gap_of(path)
    assert gap.reason is GapReason.ACCESS_DENIED


def test_secrets_are_kept_nowhere(tmp_path: Path) -> None:
    secret = packed()
    texts = [
        HEAD + v3(secret),
        v3(secret, before=f"<ResourceName>{secret}</ResourceName><Location>{CHANNEL_KEY}</Location>"),
        v3(secret)[:-9],
        v3("!" + secret),
        wrap("Other", f"<ManagementCert>{secret}</ManagementCert>{CHANNEL}"),
    ]
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.VaultCredentials"
        path.write_text(text)
        evidence = collected(path)
        evidence.close()
        shown = repr(evidence.answers()) + repr(evidence.gaps()) + dump(evidence).decode()
        for row in evidence.answer(RegistrationKey, str(path)).rows:
            shown += repr(row) + str(asdict(row))  # type: ignore[call-overload]
        for part in (secret, secret[:80], secret[-80:], CHANNEL_KEY):
            assert part not in shown
    assert redact(f"x {secret} y {CHANNEL_KEY}") == "x [hidden] y [hidden]"


def test_a_short_key_hides_nothing_else() -> None:
    read(wrap("RSVaultAsrCreds", "<ChannelIntegrityKey>host</ChannelIntegrityKey>"))
    assert redact("hv01 is a host") == "hv01 is a host"


@settings(deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4000))
def test_any_octets_give_a_row(noise: bytes, at: int) -> None:
    whole = (HEAD + v3()).encode()
    for data in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        row = read(data)
        assert row.size == len(data)
        assert (row.problem == "") <= (row.root in ("RSVaultAsrCreds",))


@pytest.mark.parametrize("text", ["<a/>", v3("no base64!"), v3(bare()), v3(""), "", "x" * (1 << 21), None])
def test_what_is_wrong_with_a_file_is_kept_in_the_record_in_english(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / NAME
    if text is not None:
        path.write_text(text)
    evidence = collected(path)
    ((row,),) = (answer.rows for answer in evidence.answers())
    assert isinstance(row, RegistrationKey)
    evidence.close()
    with speaking(LANGUAGES["de"]):
        (kept,) = json.loads(dump(evidence))["answers"]
    assert kept["rows"][0]["problem"] == row.problem
    assert kept["rows"][0]["certificate_problem"] == row.certificate_problem
    assert row.problem or row.certificate_problem
