"""What an estate file may say and probably does not mean is told; nothing is told of what is usual."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from scanner.estate.read import read

HOSTS = """
[[host]]
name = "hv01.corp.example"
{host}
[[host]]
name = "hv02.corp.example"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
"""
CORP = '[directory.controllers]\n"{}" = ["dc1.corp.example"]\n'


def told(folder: Path, caplog: pytest.LogCaptureFixture, more: str, host: str = "") -> list[str]:
    path = folder / "estate.toml"
    path.write_text(HOSTS.format(host=host) + more, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        read(path)
    return caplog.messages


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (
            "[sign_in]\nport = 5985",
            "sign_in.port: 5985 is the port of http, and the transport is https: https has",
        ),
        ("[sign_in]\nport = 5986\ntransport = 'http'", "sign_in.port: 5986 is the port of https, and the transport"),
        ("[limits]\nhost_deadline = '31m'", 'limits.host_deadline: "31m" is never reached: run_deadline is "30m"'),
        (
            "[limits]\nconnect_timeout = '61s'",
            'limits.connect_timeout: "61s" is never reached: host_deadline is "60s"',
        ),
        (
            CORP.format("corp.exmple"),
            'asked only if a trust leads there; did you mean "corp.example"?',
        ),
        (CORP.format("island.test"), 'name "island.test": asked only if a trust leads there'),
        ("[directory.addresses]\n'dc.corp.exmple' = '10.0.0.1'", "is in no domain that the estate names"),
    ],
)
def test_what_is_odd_is_told_once(tmp_path, caplog, more, word):
    (found,) = told(tmp_path, caplog, more)
    assert word in found


def test_the_port_of_one_host_is_told_by_its_key(tmp_path, caplog):
    (found,) = told(tmp_path, caplog, "", host="sign_in = { port = 5985 }")
    assert found.startswith("host[1].sign_in.port: ")


@pytest.mark.parametrize(
    "more",
    [
        "",
        "[sign_in]\nport = 5986",
        "[sign_in]\nport = 5985\ntransport = 'http'",
        "[sign_in]\nport = 443",
        "[limits]\nhost_deadline = '5s'",  # the usual time for a connection is longer, and nobody wrote it
        "[limits]\nrun_deadline = '30s'",
        "[limits]\nhost_deadline = '30m'\nconnect_timeout = '30m'",
        CORP.format("Corp.Example."),
        "[directory]\ndomains = ['island.test']\n" + CORP.format("island.test"),
        CORP.format("corp.example") + "[directory.addresses]\n'dc1.corp.example' = '10.0.0.1'",
        CORP.format("corp.example") + "'branch.example' = ['dc.else.test']\n[directory]\ndomains = ['branch.example']\n"
        "[directory.addresses]\n'DC.else.test' = '10.0.0.1'",
    ],
)
def test_nothing_is_told_of_what_is_usual(tmp_path, caplog, more):
    assert told(tmp_path, caplog, more) == []


def test_a_file_that_only_says_how_to_ask_names_what_it_likes(tmp_path, caplog):
    path = tmp_path / "access.toml"
    path.write_text("profiles = ['asr-vmm']\n[[vmm]]\nname = 'v'\n" + CORP.format("corp.example"), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        read(path)
    assert caplog.messages == []
