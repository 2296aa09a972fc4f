"""What the estate file says of Site Recovery beside machines: statements, names, the key's place on the server."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scanner.estate.mistakes import EstateError
from scanner.estate.read import read
from scanner.words.recovery import SiteRecovery
from tests.estate.test_mistakes import mistakes

HEAD = 'profiles = ["asr-vmm"]\n[[vmm]]\nname = "vmm01.corp.example"\n[site_recovery]\n'


def said(folder: Path, text: str) -> SiteRecovery:
    path = folder / "estate.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return read(path).estate.site_recovery


def test_nothing_said(tmp_path):
    told = said(tmp_path, "")
    assert (told.ip_ranges, told.friendly_names, told.key_on_server, told.ranges_seen) == ("", (), "", None)


def test_all_of_it(tmp_path):
    text = "ip_ranges = '2026-11-20 Jane Doe'\nfriendly_name = 'vmm-ha'\nkey_on_server = 'C:\\Keys\\a.VaultCredentials'"
    told = said(tmp_path, text)
    assert told.ranges_seen == (date(2026, 11, 20), "Jane Doe")
    assert told.friendly_names == ("vmm-ha",)
    assert told.key_on_server == "C:\\Keys\\a.VaultCredentials"


def test_several_names(tmp_path):
    assert said(tmp_path, 'friendly_name = ["a", "b", "a"]').friendly_names == ("a", "b")


@pytest.mark.parametrize("path", ["d:\\k.vaultcredentials", "\\\\files\\keys\\k.VaultCredentials"])
def test_a_key_may_lie_on_a_drive_or_a_share(tmp_path, path):
    assert said(tmp_path, f"key_on_server = '{path}'").key_on_server == path


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ip_ranges", '"yes"'),
        ("ip_ranges", '"2026-11-20"'),
        ("ip_ranges", '"20.11.2026 Jane Doe"'),
        ("ip_ranges", "true"),
        ("friendly_name", '""'),
        ("friendly_name", "7"),
        ("friendly_name", '["a", 7]'),
        ("key_on_server", '"k.VaultCredentials"'),
        ("key_on_server", "'C:\\Keys'"),
        ("key_on_server", "'C:\\Keys\\key.txt'"),
        ("key_on_server", "'C:\\Keys\\*.VaultCredentials'"),
        ("key_on_server", "'C:\\..\\k.VaultCredentials'"),
        ("key_on_server", "'\\\\files\\k.VaultCredentials'"),
        ("key_on_server", "7"),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path, key, value):
    (name,) = mistakes(tmp_path, f"{HEAD}{key} = {value}\n")
    assert name == f"site_recovery.{key}"


def test_every_mistake_is_told_at_once(tmp_path):
    path = tmp_path / "estate.toml"
    path.write_text(f'{HEAD}ip_ranges = "yes"\nproxy_signs_in = "no"\nkey_on_server = "x"\n', encoding="utf-8")
    with pytest.raises(EstateError) as caught:
        read(path)
    assert [mistake.key.rpartition(".")[2] for mistake in caught.value.mistakes] == [
        "proxy_signs_in", "ip_ranges", "key_on_server",
    ]  # fmt: skip
