"""The files that say what stands in the directories: every mistake is told, the digest follows what they declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab import directory, practice
from lab.directory import declarations

MIGRATION = "Microsoft Virtual System Migration Service"


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "directory.toml"
    path.write_text(
        '[[computer]]\nname = "HV01"\ndomain = "nowhere.example"\n'
        '[[computer]]\nname = "HV02"\ndomain = "corp.example"\nservces = []\n'
        '[[computer]]\nname = "HV03"\ndomain = "corp.example"\nallows = "HV02"\n'
        '[[replication_fault]]\ncomputer = "HV09"\nattribute = "msDS-AllowedToDelegateTo"\nvalues = []\n'
        '[[usr]]\nname = "x"\n'
    )
    with pytest.raises(ValueError, match="servces") as caught:
        declarations.load([str(path)])
    for word in ("nowhere.example", "allows must be list[str]", "HV09", "usr"):
        assert word in str(caught.value)


def test_the_digest_follows_what_is_declared_not_how(tmp_path: Path) -> None:
    text = '[[computer]]\nname = "HV01"\ndomain = "corp.example"\n'
    texts = text, f"# a comment\n{text}disabled = false\n", f"{text}disabled = true\n"
    digests = []
    for number, written in enumerate(texts):
        path = tmp_path / f"{number}.toml"
        path.write_text(written)
        digests.append(declarations.digest(declarations.load([str(path)])))
    assert digests[0] == digests[1] != digests[2]


def test_a_service_stands_under_both_names() -> None:
    row = declarations.Computer("HV01", "corp.example", services=[MIGRATION], spns=["cifs/other"])
    assert {f"{MIGRATION}/HV01", f"{MIGRATION}/hv01.corp.example", "HOST/HV01", "cifs/other"} <= set(row.principals())
    assert declarations.Computer("HV01", "corp.example", services="none", spns=["cifs/other"]).principals() == [
        "cifs/other"
    ]


def test_the_scan_user_is_always_there() -> None:
    users = declarations.load([str(directory.HERE / "example.toml")]).user
    assert {user.domain for user in users if user.name == directory.settings().user} == set(declarations.DOMAINS)


def test_the_scan_user_is_a_plain_user_in_every_estate() -> None:
    """So what is green on the wire is so for an account that has no right in any directory."""
    files = sorted(map(str, practice.ESTATES.glob("*/directory.toml")))
    told = declarations.load(files)
    mine = [user for user in told.user if user.name == declarations.SCAN_USER]
    assert {user.domain for user in mine} == set(declarations.DOMAINS)
    assert [user.groups for user in mine if user.groups] == []
    members = {member.partition("@")[0] for group in told.group for member in group.members}
    assert declarations.SCAN_USER not in members


def test_what_two_files_declare_alike_counts_once(tmp_path: Path) -> None:
    text = '[[user]]\nname = "operator"\ndomain = "corp.example"\n'
    files = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for file in files:
        file.write_text(text)
    users = declarations.load([str(file) for file in files]).user
    assert [user.name for user in users].count("operator") == 1
    files[1].write_text(text + "disabled = true\n")
    with pytest.raises(ValueError, match="declared twice and differently"):
        declarations.load([str(file) for file in files])
