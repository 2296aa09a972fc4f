"""Pairs of clouds and what is mapped: read as they are written, each mistake told."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.estate.read import Declared, read
from scanner.words.clouds import CloudPair, Mapping
from tests.estate.test_mistakes import mistakes

ONE = 'profiles = ["asr-vmm"]\n[[vmm]]\nname = "VMM01.corp.example"\n'
TWO = f'{ONE}[[vmm]]\nname = "vmm02.corp.example"\n'
PAIR = '[[cloud_pair]]\nfrom = "Primary"\nto = "Recovery"\n'
SERVERS = 'from_server = "vmm01.corp.example"\nto_server = "VMM02.corp.example"\n'


def read_in(folder: Path, text: str) -> Declared:
    path = folder / "estate.toml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_the_only_server_is_meant_where_none_is_named(tmp_path):
    estate = read_in(tmp_path, ONE + PAIR).estate
    assert estate.cloud_pairs == (CloudPair("vmm01.corp.example", "Primary", "vmm01.corp.example", "Recovery"),)


def test_all_of_a_plan_is_read(tmp_path):
    more = (
        "frequency = 30\nrecovery_points = 4\napp_consistent = 2\n"
        'authentication = "certificate"\nport = 8084\ncompression = "off"\ninitial = "offline"\n'
    )
    (pair,) = read_in(tmp_path, TWO + PAIR + SERVERS + more).estate.cloud_pairs
    assert pair == CloudPair(
        "vmm01.corp.example", "Primary", "vmm02.corp.example", "Recovery",
        30, 4, 2, "certificate", 8084, "off", "offline",
    )  # fmt: skip


def test_a_pair_that_stands_twice_counts_once(tmp_path):
    assert len(read_in(tmp_path, ONE + PAIR + PAIR).estate.cloud_pairs) == 1


@pytest.mark.parametrize("frequency", [0, 30, 300, 900])
def test_the_frequencies_that_there_are(tmp_path, frequency):
    (pair,) = read_in(tmp_path, f"{ONE}{PAIR}frequency = {frequency}\n").estate.cloud_pairs
    assert pair.frequency == frequency


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (f"{ONE}{PAIR}frequency = 60\n", "cloud_pair[1].frequency", "write 30, 300 or 900"),
        (f"{ONE}{PAIR}frequency = 901\n", "cloud_pair[1].frequency", "from 0 to 900"),
        (f"{ONE}{PAIR}recovery_points = 25\n", "cloud_pair[1].recovery_points", "from -1 to 24"),
        (f"{ONE}{PAIR}app_consistent = 13\n", "cloud_pair[1].app_consistent", "from -1 to 12"),
        (f'{ONE}[[cloud_pair]]\nfrom = " "\nto = "R"\n', "cloud_pair[1].to", "blank"),
        (f'{ONE}{PAIR}to_server = "vmm02.corp.example"\n', "cloud_pair[1].to_server", "no VMM server of the estate"),
        (TWO + PAIR, "cloud_pair[1].from_server", "name the one that holds the cloud"),
        (TWO + PAIR, "cloud_pair[1].to_server", "name the one that holds the cloud"),
        (
            'profiles = ["asr-vmm"]\n[[host]]\nname = "hv01.corp.example"\n' + PAIR,
            "cloud_pair[1].from_server", "write [[vmm]]",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told(tmp_path, text, key, words):
    assert words in mistakes(tmp_path, text)[key]


@pytest.mark.parametrize("kind", ["network", "storage"])
def test_mappings(tmp_path, kind):
    rows = "".join(f'[[{kind}_mapping]]\nfrom = "{a}"\nto = "{b}"\n' for a, b in (("A", "X"), ("B", "X"), ("A", "X")))
    assert getattr(read_in(tmp_path, ONE + rows).estate, f"{kind}_mappings") == (Mapping("A", "X"), Mapping("B", "X"))


@pytest.mark.parametrize("kind", ["network", "storage"])
def test_what_is_mapped_to_two_things(tmp_path, kind):
    rows = "".join(f'[[{kind}_mapping]]\nfrom = "{a}"\nto = "{b}"\n' for a, b in (("A", "X"), ("a", "Y")))
    found = mistakes(tmp_path, ONE + rows)
    assert list(found) == [f"{kind}_mapping[2].to"]
    assert "is mapped to" in found[f"{kind}_mapping[2].to"]
