"""What an estate file declares twice: the same counts once, with a word; contradictions are refused, all at once."""

from __future__ import annotations

import logging
from itertools import permutations
from pathlib import Path

import pytest

from scanner.api import Estate, KeyFile
from scanner.estate.mistakes import EstateError
from scanner.estate.read import read

HOSTS = '[[host]]\nname = "a.x"\n[[host]]\nname = "b.x"\n[[route]]\nfrom = "a.x"\nto = "b.x"\n'
USER = 'method = "basic", password = { env = "P" }, user = '


def declared(folder: Path, text: str) -> Estate:
    path = folder / "estate.toml"
    path.write_text(text, encoding="utf-8")
    return read(path).estate


def mistakes(folder: Path, text: str) -> dict[str, str]:
    with pytest.raises(EstateError) as caught:
        declared(folder, text)
    return {mistake.key: mistake.text for mistake in caught.value.mistakes}


def key_file(path: str = "k.VaultCredentials", **words: str) -> str:
    return "[[key_file]]\n" + "".join(f'{word} = "{text}"\n' for word, text in {"path": path, **words}.items())


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ('[[host]]\nname = "A.x."\n', "host[3]"),
        ('[[vmm]]\nname = "v.x"\n[[vmm]]\nname = "V.x"\n', "vmm[2]"),
        ('[[vmm]]\nname = "v.x"\naddress = "::1"\n[[vmm]]\nname = "v.x"\naddress = "0:0::1"\n', "vmm[2]"),
        (key_file(vault="V") + key_file("./k.VaultCredentials", vault="v"), "key_file[2]"),
        ('[[group]]\nname = "g"\nhosts = ["a.x"]\n' * 2, "group[2]"),
        ('[[group]]\nname = "g"\nhosts = ["a.x", "c.x", "A.x"]\n', "group[1].hosts[3]"),
        ('[directory]\ndomains = ["x", "X."]\n', "directory.domains[2]"),
        ('[directory.controllers]\nx = ["d.x", "e.x"]\nX = ["E.x", "d.x"]\n', 'directory.controllers."X"'),
        ('[directory.addresses]\n"d.x" = "10.0.0.1"\n"D.x" = "10.0.0.1"\n', 'directory.addresses."D.x"'),
    ],
)
def test_the_same_again_counts_once_with_a_word(tmp_path, caplog, more, where):
    with caplog.at_level(logging.WARNING):
        estate = declared(tmp_path, HOSTS + more)
    (word,) = caplog.messages
    assert word.startswith(f"{where}: ")
    assert word.endswith("already; it counts once")
    for names in (estate.hosts, estate.vmm_servers, estate.domains, [key.path for key in estate.key_files]):
        assert len(names) == len(set(names))
    assert len(estate.key_files) <= 1


@pytest.mark.parametrize(
    ("more", "key", "text"),
    [
        ('[[host]]\nname = "c.x"\naddress = "10.0.0.1"\n[[host]]\nname = "C.x"\naddress = "10.0.0.2"\n', "host[4]",
         'says otherwise about "c.x" than host[3]: address'),
        ('[[host]]\nname = "c.x"\naddress = "10.0.0.1"\n[[vmm]]\nname = "c.x"\naddress = "10.0.0.2"\n', "vmm[1]",
         'says otherwise about "c.x" than host[3]: address'),
        (f'[[vmm]]\nname = "v.x"\nsign_in = {{ {USER}"u" }}\n[[vmm]]\nname = "v.x"\nsign_in = {{ {USER}"w" }}\n',
         "vmm[2]", 'says otherwise about "v.x" than vmm[1]: user'),
        ('[[group]]\nname = "g"\nhosts = ["a.x"]\n[[group]]\nname = "g"\nhosts = ["b.x"]\n', "group[2]",
         'says otherwise about "g" than group[1]: hosts'),
        (f'[[group]]\nname = "g"\nhosts = ["a.x"]\nsign_in = {{ {USER}"u" }}\n'
         f'[[group]]\nname = "h"\nhosts = ["b.x", "a.x"]\nsign_in = {{ {USER}"w" }}\n', "group[2].sign_in",
         'says otherwise about "a.x" than group[1].sign_in: user'),
        ('[directory.controllers]\nx = ["d.x"]\nX = ["e.x"]\n', 'directory.controllers."X"',
         'says otherwise about "x" than directory.controllers."x": controllers'),
        ('[directory.addresses]\n"d.x" = "10.0.0.1"\n"D.x" = "10.0.0.2"\n', 'directory.addresses."D.x"',
         'says otherwise about "d.x" than directory.addresses."d.x": address'),
    ],
)  # fmt: skip
def test_a_contradiction_is_a_mistake(tmp_path, more, key, text):
    assert mistakes(tmp_path, HOSTS + more) == {key: text}


def test_key_files_that_contradict_each_other(tmp_path):
    found = mistakes(tmp_path, HOSTS + key_file(vault="v", location="l") + key_file(vault="w", location="m"))
    assert set(found) == {"key_file[2]"}
    assert found["key_file[2]"].endswith("than key_file[1]: vault, location")


def test_all_contradictions_at_once_and_beside_other_mistakes(tmp_path):
    text = HOSTS + key_file(vault="v") + key_file(vault="w") + '[[vmm]]\nname = "v v"\n'
    text += '[[host]]\nname = "c.x"\naddress = "10.0.0.1"\n[[host]]\nname = "c.x"\naddress = "10.0.0.2"\n'
    assert set(mistakes(tmp_path, text)) == {"key_file[2]", "host[4]", "vmm[1].name"}


def test_what_one_leaves_open_the_other_says(tmp_path):
    tables = [key_file(vault="v"), key_file(location="l"), key_file()]
    for order in permutations(tables):
        estate = declared(tmp_path, HOSTS + "".join(order))
        assert estate.key_files == (KeyFile("k.VaultCredentials", vault="v", location="l"),)


def test_three_are_held_against_each_other(tmp_path):
    text = HOSTS + key_file(vault="v") + key_file(location="l") + key_file(location="m")
    assert set(mistakes(tmp_path, text)) == {"key_file[3]"}


def test_a_host_that_is_a_vmm_server_too_is_declared_once_each(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        declared(tmp_path, HOSTS + '[[vmm]]\nname = "a.x"\n')
    assert caplog.messages == []


def test_a_host_of_two_groups_may_say_itself_what_they_disagree_about(tmp_path):
    groups = "".join(
        f'[[group]]\nname = "{name}"\nhosts = ["a.x"]\nsign_in = {{ {USER}"{name}" }}\n' for name in ("g", "h")
    )
    own = HOSTS.replace('name = "a.x"', f'name = "a.x"\nsign_in = {{ {USER}"own" }}')
    assert declared(tmp_path, own + groups).hosts
    assert set(mistakes(tmp_path, HOSTS + groups)) == {"group[2].sign_in"}
    assert declared(tmp_path, HOSTS + groups.replace('user = "h"', 'user = "g"')).hosts


def test_mistaken_names_are_not_taken_for_one(tmp_path):
    assert set(mistakes(tmp_path, HOSTS + "[[vmm]]\n[[vmm]]\n")) == {"vmm[1].name", "vmm[2].name"}
