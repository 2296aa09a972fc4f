"""What ``hv-preflight estate`` shows: every key that is not as by default, found by the form, and no secret."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from scanner import cli
from scanner.estate.file import EstateFile
from tests.estate.test_leaves import places

HOST = "hv01.corp.example"
BASE: dict[str, Any] = {
    "profiles": ["live-migration", "replica", "asr-vmm"],
    "host": [{"name": HOST}, {"name": "hv02.corp.example"}, {"name": "hv09.corp.example"}],
    "group": [{"name": "g", "hosts": ["hv03.corp.example"]}],
    "cloud_pair": [
        {
            "from": "Primary",
            "from_server": "vmm1.corp.example",
            "to": "Recovery",
            "to_server": "vmm1.corp.example",
        }
    ],
    "network_mapping": [{"from": "A", "to": "B"}],
    "storage_mapping": [{"from": "C", "to": "D"}],
    "vmm": [{"name": "vmm2.corp.example"}, {"name": "vmm1.corp.example"}, {"name": "vmm.corp.example"}],
    "file_server": [{"name": "fs.corp.example"}],
    "switch": [{"from": "Production", "to": "Front"}],
    "route": [{"from": HOST, "to": "hv02.corp.example"}],
    "key_file": [{"path": "k.VaultCredentials"}],
}
OTHERWISE: dict[str, Any] = {
    "waivers": "accepted.toml",
    "profiles": ["live-migration", "replica"],
    "method": "negotiate",
    "transport": "http",
    "port": 8443,
    "certificate": "file.pem",
    "certificate_key": "file.pem",
    "ca": "file.pem",
    "verify": False,
    "hosts": ["hv04.corp.example"],
    "name": "other.corp.example",
    "address": "10.0.0.9",
    "from_server": "vmm2.corp.example",
    "to_server": "vmm2.corp.example",
    "frequency": 900,
    "recovery_points": 7,
    "app_consistent": 7,
    "compression": "off",
    "initial": "offline",
    "from": "g",
    "to": "g",
    "both_ways": True,
    "storage": False,
    "domains": ["island.test"],
    "controllers": {"corp.example": ["dc7.corp.example"]},
    "addresses": {"dc7.corp.example": "10.0.0.7"},
    "trusted": ["10.1.0.0/16"],
    "untrusted": ["10.2.0.0/16"],
    "ipsec": ["10.3.0.0/16"],
    "servers": ["10.0.0.5"],
    "remote_initiated": False,
    "authentication": "certificate",
    "configured": False,
    "endpoints": ["more.example"],
    "proxy": "proxy.corp.example:8080",
    "hosts_need_internet": False,
    "registered": True,
    "closed_scenario": "accepted",
    "proxy_signs_in": "2026-11-20 Jane Doe",
    "ip_ranges": "2026-11-21 Jane Doe",
    "friendly_name": ["vmm07"],
    "key_on_server": "C:\\Keys\\else.VaultCredentials",
    "concurrency": 7,
    "key_hours": 7,
    "answer_hours": 7,
    "clock_warn_seconds": 7,
    "clock_fail_seconds": 777,
    "ticket_hours": 7,
    "update_days": 7,
    "memory_reserve_gib": 7,
    "disk_reserve_percent": 7,
    "migrations_at_most": 7,
    "link_mbit": 7,
    "started_from": "admin07.corp.example",
    "account": ["CORP\\ops07"],
    "only": ["web07"],
    "except": ["test07"],
    "lifetime": "7s",
    "host_deadline": "77s",
    "connect_timeout": "7s",
    "run_deadline": "7m",
    "user": "svc-else",
    "site": "Berlin",
    "configuration": "HvElse",
    "vault": "v-else",
    "subscription": "s-else",
    "location": "l-else",
    "path": "else.VaultCredentials",
    "export": r"\\fs07.corp.example\export",
    "import": r"\\fs07.corp.example\import",
    "export_on": "hv01.corp.example",
    "import_on": "hv01.corp.example",
    "service_account": ["CORP\\vmm07"],
    "run_as": ["CORP\\hosts07"],
}
"""A value for each key that it has not by default."""
OF_DIRECTORY = {"transport": "starttls", "method": "simple"}
SHARES = {"export": r"\\fs01.corp.example\e", "import": r"\\fs01.corp.example\i"}
BESIDE: dict[str, dict[str, object]] = {
    "directory.method": {"user": "u", "password": {"env": "HV_X"}},
    "offline.export": {"import": SHARES["import"]},
    "offline.import": {"export": SHARES["export"]},
    "offline.export_on": {**SHARES, "export": "D:\\e"},
    "offline.import_on": {**SHARES, "import": "D:\\i"},
    "offline.service_account": SHARES,
    "offline.run_as": SHARES,
}
"""What must stand beside it."""
UNSEEN = ("group.name",)
"""A name within the file, which decides nothing."""
IN_WORDS = ("route.from", "route.to", "site_recovery.closed_scenario", "limits.")
"""Text of which other words are shown."""
KEYS = [".".join(path) for path, secret in places(EstateFile) if not secret and path[-1] in OTHERWISE]
SECRETS = [".".join(path) for path, secret in places(EstateFile) if secret and path[-1].endswith("password")]


def shown(folder: Path, document: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    (folder / "file.pem").write_text("", encoding="utf-8")
    (folder / "file.pem").chmod(0o600)
    (folder / "accepted.toml").write_text("", encoding="utf-8")
    path = folder / "estate.toml"
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    assert cli.run(["estate", str(path)]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def with_value(key: str, value: object) -> dict[str, Any]:
    """The base with this value at a key; where there are several such tables, in the last."""
    document = deepcopy(BASE)
    *way, word = key.split(".")
    table: Any = document
    for step in way:
        table = table.setdefault(step, {})
        table = table[-1] if isinstance(table, list) else table
    table.update({word: value} | BESIDE.get(key, {}))
    return document


def test_every_key_has_another_value_here():
    missing = {path[-1] for path, secret in places(EstateFile) if not secret} - OTHERWISE.keys()
    tables = {"sign_in", "directory", "networks", "names", "live_migration", "replica", "site_recovery", "limits"}
    rows = {"group", "host", "route", "switch", "vmm", "key_file", "cloud_pair", "network_mapping", "storage_mapping"}
    assert missing == {*tables, *rows, "thresholds", "operator", "vms", "file_server", "offline"}
    assert len(SECRETS) == 11


@pytest.mark.parametrize("key", [key for key in KEYS if key not in UNSEEN])
def test_every_key_that_is_not_as_by_default_is_shown(tmp_path, capsys, key):
    word = key.rpartition(".")[2]
    value = OF_DIRECTORY.get(word, OTHERWISE[word]) if key.startswith("directory.") else OTHERWISE[word]
    before, after = shown(tmp_path, BASE, capsys), shown(tmp_path, with_value(key, value), capsys)
    changed = set(after.splitlines()) - set(before.splitlines())
    new = {line for line in changed if not line.startswith("in all ")}  # how much there is to judge follows from it
    assert new
    if isinstance(value, str) and not key.startswith(IN_WORDS):
        assert any(value in line for line in new)
    told_by_key = [line for line in new if line.startswith("set ")]
    assert not told_by_key or len(new) == 1 or key in BESIDE, "what has a line of its own is told once"


@pytest.mark.parametrize("key", SECRETS)
@pytest.mark.parametrize("word", ["env", "file", "keyring"])
def test_of_a_secret_only_its_kind_is_shown(tmp_path, capsys, monkeypatch, key, word):
    monkeypatch.chdir(tmp_path)
    document = with_value(key, {word: "Sup3rSecretPW"})
    if key.startswith("directory."):
        document["directory"] |= {"method": "simple", "user": "u"}
    after = shown(tmp_path, document, capsys)
    assert f"password = {{ {word} = ... }}\n" in after
    assert "Sup3rSecretPW" not in after


def test_hosts_of_no_route_are_named(tmp_path, capsys):
    assert "\nno route   hv03.corp.example, hv09.corp.example\n" in shown(tmp_path, BASE, capsys)
    everything = BASE | {"route": [{"from": "g", "to": HOST}, {"from": "hv02.corp.example", "to": "hv09.corp.example"}]}
    assert "no route" not in shown(tmp_path, everything, capsys)


def test_nothing_is_set_where_all_is_as_by_default(tmp_path, capsys):
    assert "\nset " not in shown(tmp_path, BASE, capsys)
