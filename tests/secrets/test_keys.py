"""Private keys and registration key files: of neither is anything secret kept or shown."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from lab.keys import site_recovery
from tests.secrets.marks import (
    Outcome,
    assert_hidden,
    in_file,
    scan,
)
from tests.wire import HV01, HV11


@pytest.mark.parametrize("right", [True, False])
def test_the_client_certificates_key_and_its_password(start, mark, log, capsys, pki, right):
    lab = start("another-passw0rd")
    key = load_pem_private_key(Path(pki.client.key).read_bytes(), None)
    protection = BestAvailableEncryption(mark.encode())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
    (lab.folder / "client.key").write_bytes(pem)
    (lab.folder / "secret").write_text(mark if right else f"not {mark}", encoding="utf-8")
    sign_in = f'certificate = "{pki.client.certificate}"\ncertificate_key = "{lab.folder / "client.key"}"\n'
    sign_in += f'key_password = {{ file = "{lab.folder / "secret"}" }}'
    code = scan(lab.estate(method="certificate", sign_in=sign_in), lab.folder)
    assert code in (1, 3) if right else code == 2, "a wrong password is told before anybody is asked"
    assert lab.server.traffic.count("Create", HV01) == (2 if right else 0), "one session in each of two rounds"
    outcome = Outcome(lab.folder, capsys, log)
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).splitlines()
    lines = [line for line in (*plain, *pem.splitlines()) if b"-----" not in line]
    assert lines
    assert_hidden(outcome.outputs, mark)
    assert not [name for name, content in outcome.outputs.items() if any(line in content for line in lines)]


KEYS: dict[str, Callable[[str], str]] = {
    "good": lambda text: text,
    "expired": lambda text: text,
    "cut": lambda text: text[: text.index("</ChannelIntegrityKey>") + 10],
    "broken xml": lambda text: text.replace("</ManagementCert>", "</ManagementCert"),
    "broken base64": lambda text: text.replace("<ManagementCert>", "<ManagementCert>!"),
    "another root": lambda text: text.replace("RSVaultAsrCreds", "Something"),
    "in two lines": lambda text: re.sub("(<ManagementCert>.{40})", "\\1\n  ", text),
}


@pytest.mark.parametrize("kind", KEYS)
def test_a_registration_key_file_keeps_its_secrets(start, log, capsys, kind):
    lab = start("another-passw0rd")
    channel = f"channel-{uuid.uuid4().hex}"
    made = datetime.now(UTC) - timedelta(days=9 if kind == "expired" else 0)
    text = site_recovery(made, vault="practice")
    coded = base64.b64encode(channel.encode()).decode()
    text = re.sub("<ChannelIntegrityKey>.*?</", f"<ChannelIntegrityKey>{coded}</", text)
    found = re.search("<ManagementCert>(.*?)</", text)
    assert found
    blob = base64.b64decode(found[1])
    key, _, _ = pkcs12.load_key_and_certificates(blob, None)
    assert key
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    (lab.folder / "v.VaultCredentials").write_text(KEYS[kind](text), encoding="utf-8")
    more = '\n[[key_file]]\npath = "v.VaultCredentials"\nvault = "practice"\n'
    more += f'[[vmm]]\nname = "{HV11}"\naddress = "{lab.where(HV11)}"\n'
    path = lab.estate(sign_in=in_file(lab), more=more)
    path.write_text('profiles = ["asr-vmm"]\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert scan(path, lab.folder) in (1, 3)
    outcome = Outcome(lab.folder, capsys, log)
    assert "v.VaultCredentials" in outcome.text("r.json")
    pieces = [found[1][at : at + 48] for at in range(0, len(found[1]) - 48, 24)]
    assert not [name for name, content in outcome.outputs.items() for p in pieces if p.encode() in content]
    assert_hidden(outcome.outputs, channel, secret[-48:])
