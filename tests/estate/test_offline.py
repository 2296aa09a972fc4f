"""First copies that are carried by hand: what an estate file may say of them, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.collect.plan import first_round, kind_of
from scanner.estate.mistakes import EstateError
from scanner.estate.read import Declared, read
from scanner.judge import judging
from scanner.words.model import TargetKind
from scanner.words.offline import Offline, OfflinePath
from tests.test_asking import OFFER

HEAD = """
profiles = ["asr-vmm"]
[[host]]
name = "hv01.corp.example"
[[vmm]]
name = "vmm01.corp.example"
[[file_server]]
name = "FS01.corp.example"
address = "10.0.0.9"
"""
SHARES = r"""
[offline]
export = '\\fs01.corp.example\export\'
import = '\\fs02.corp.example\import\first'
"""


def declared(folder: Path, text: str) -> Declared:
    path = folder / "estate.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return read(path)


def mistakes(folder: Path, text: str) -> dict[str, str]:
    with pytest.raises(EstateError) as caught:
        declared(folder, text)
    return {mistake.key: mistake.text for mistake in caught.value.mistakes}


def test_nothing_is_planned(tmp_path):
    estate = declared(tmp_path, "").estate
    assert estate.offline == Offline()
    assert estate.offline_paths == estate.accounts == ()


def test_what_is_planned(tmp_path):
    text = SHARES + "service_account = 'CORP\\svc-vmm'\nrun_as = ['CORP\\a', 'corp\\A', 'CORP\\b$x']\n"
    estate = declared(tmp_path, text).estate
    assert [path.path for path in estate.offline_paths] == [
        r"\\fs01.corp.example\export",
        r"\\fs02.corp.example\import\first",
    ]
    assert [path.server for path in estate.offline_paths] == ["fs01.corp.example", "fs02.corp.example"]
    assert estate.offline.service_accounts == ("CORP\\svc-vmm",)
    assert estate.offline.run_as == ("CORP\\a", "CORP\\b$x")
    assert estate.accounts == ("CORP\\svc-vmm", "CORP\\a", "CORP\\b$x")


def test_one_path_for_both_is_one(tmp_path):
    text = "[offline]\nexport = 'D:\\Copies'\nexport_on = 'vmm01.corp.example'\n"
    text += "import = 'd:\\copies'\nimport_on = 'VMM01.corp.example'\n"
    (path,) = declared(tmp_path, text).estate.offline_paths
    assert path == OfflinePath("D:\\Copies", "vmm01.corp.example")
    assert (path.name, path.server) == ("D:\\Copies on vmm01.corp.example", "vmm01.corp.example")


def test_managed_accounts_end_like_computers(tmp_path):
    assert declared(tmp_path, SHARES + "service_account = ['CORP\\gmsa$']\n").estate.accounts == ("CORP\\gmsa$",)


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        (r"export = '\\fs01\e'", "offline.import", "it is missing"),
        (r"import = '\\fs01\e'", "offline.export", "it is missing"),
        (r"export = '\\fs01'", "offline.export", "neither a share nor a folder"),
        (r"export = '\\10.0.0.1\e'", "offline.export", "no name of a server"),
        (r"export = '\\fs01\e\..\f'", "offline.export", "neither a share nor a folder"),
        (r"export = 'D:\e'", "offline.export", "of which machine is not told"),
        (r"export = 'e'", "offline.export", "neither a share nor a folder"),
        ("export = 'D:\\e'\nexport_on = 'fs09.corp.example'", "offline.export", "no machine of the file"),
        ("export = '\\\\fs01\\e'\nexport_on = 'fs01.corp.example'", "offline.export", "names its server itself"),
        ("export_on = 'fs01.corp.example'", "offline.export", "is named beside it"),
        ("service_account = 'CORP\\a'", "offline.service_account", "neither is there"),
        ("run_as = ['CORP\\a']", "offline.run_as", "neither is there"),
    ],
)
def test_paths_that_are_none(tmp_path, text, key, why):
    if "run_as" not in text and "service_account" not in text and "missing" not in why and "import" not in text:
        text += "\nimport = '\\\\fs01\\i'"
    assert why in mistakes(tmp_path, f"[offline]\n{text}\n")[key]


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ("service_account = 'svc'", "offline.service_account", "of which domain"),
        ("service_account = ['CORP\\a', 'vmm01\\svc']", "offline.service_account[2]", "known to one machine alone"),
        ("run_as = ['CORP\\HV01$']", "offline.run_as[1]", "a computer's account"),
        ("run_as = ['fs01\\a']", "offline.run_as[1]", "known to one machine alone"),
        ("service_account = 7", "offline.service_account", "neither the name of an account nor a list"),
        ("exports = 'x'", "offline.exports", "import"),
    ],
)
def test_accounts_and_keys_that_are_none(tmp_path, text, key, why):
    found = mistakes(tmp_path, SHARES + text + "\n")
    assert key in found
    assert why in found[key] or key == "offline.exports"


def test_a_file_server_is_a_machine(tmp_path):
    said = declared(tmp_path, SHARES)
    estate = said.estate
    assert estate.file_servers == ("fs01.corp.example",)
    assert said.access.addresses == {"fs01.corp.example": "10.0.0.9"}
    assert kind_of("fs01.corp.example", estate) is TargetKind.FILE_SERVER
    wants = {
        w.target: {f.__name__ for f in w.facts}
        for w in first_round(judging.enabled(OFFER.checks, estate.profiles), estate)
    }
    assert {"SmbShare", "PrivilegedGroup", "Service"} <= wants["fs01.corp.example"]
    assert not {"VMHost", "VirtualMachineSettings", "MigrationSettings"} & wants["fs01.corp.example"]
    assert "SmbShare" not in wants["hv01.corp.example"]


def test_a_file_server_that_is_a_host_is_read_as_a_host(tmp_path):
    estate = declared(tmp_path, '[[file_server]]\nname = "hv01.corp.example"\n').estate
    assert kind_of("hv01.corp.example", estate) is TargetKind.HOST
    assert mistakes(tmp_path, '[[file_server]]\nname = "10.0.0.1"\n')["file_server[2].name"]
