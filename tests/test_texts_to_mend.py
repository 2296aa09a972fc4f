"""Texts that people stumbled over, each with the test that reads what stands in its place as they would.

The table is a promise: a test that goes, or is called otherwise, is missed here.
What no other test reads is read below.
"""

from __future__ import annotations

import ast
from functools import cache

import pytest

from scanner import cli
from tests.test_house import ROOT
from tests.test_told_mistakes import HOSTS, OF_THE_LANGUAGE, READY, ROUTE, said

SEEN = {
    "GSSAPIProxy requires the Python gssapi library": "test_setup.py::test_no_gssapi_for_the_default_method",
    "the same, where a session alone misses it": (
        "test_setup.py::test_a_library_that_only_a_session_misses_is_named_as_people_know_it"
    ),
    "no TLS: WRONG_VERSION_NUMBER (https on 5985)": "test_lost.py::test_https_where_plain_http_is_spoken",
    "the machine closed the connection (http on 5986)": "test_lost.py::test_http_where_tls_is_spoken",
    "NO_CERTIFICATE_OR_CRL_FOUND ... _ssl.c": "test_setup.py::test_a_file_of_authorities_that_holds_none",
    "both, on the wire with Kerberos": "e2e/test_troubles.py::test_https_on_5985",
    "a certificate that nobody here vouches for": ("e2e/test_troubles.py::test_a_certificate_that_nobody_vouches_for"),
    "command sh gave no secret: CalledProcessError": (
        "test_missing_secrets.py::test_what_has_an_effect_is_left_where_what_is_at_hand_is_missing"
    ),
    "NoKeyringError": "test_missing_secrets.py::test_a_keyring_that_is_none_is_told_in_words",
    "Expected `object`, got `array` (an estate given to judge)": "test_mixed_up.py::test_in_place_of_a_record",
    "is no TOML (a record given to scan)": "test_mixed_up.py::test_in_place_of_an_estate_file",
    "init, estate, judge and scan know each other's files": (
        "test_told_mistakes.py::test_files_are_known_for_what_they_are_in_every_encoding_of_windows"
    ),
    "u16.toml has 1 mistake: is not UTF-8": "test_texts_to_mend.py::test_every_file_of_powershell_is_read",
    " has 1 mistake: cannot be read: [Errno 21]": "test_texts_to_mend.py::test_a_folder_is_called_one",
    "expected str, got int": "test_told_mistakes.py::test_another_kind_of_value_is_told_in_words",
    "is no host name": "test_told_mistakes.py::test_what_is_no_host_name_is_told_with_one_that_is",
    'trusted = ["10.20.0.0"]': "test_told_mistakes.py::test_an_address_is_no_network",
    "[[host]] twice, the last one winning": (
        "test_told_mistakes.py::test_two_tables_of_one_host_that_say_otherwise_are_no_matter_of_order"
    ),
    "explain DEL-1 proposing del-10": (
        "test_told_mistakes.py::test_an_id_that_is_written_otherwise_is_the_one_that_is_meant"
    ),
    "RCH-02's pointer to a check that is not there": (
        "test_told_mistakes.py::test_texts_of_checks_lead_to_checks_that_are_there"
    ),
    "KEY-01: generate a new key, for a mistyped path": (
        "checks/key/test_key_01_well_formed.py::test_a_path_that_is_mistyped_needs_no_new_key"
    ),
    "3 VMs, where a placeholder is counted": "reports/test_names.py::test_phrases",
    "a command of which only the first line is indented": (
        "test_told_mistakes.py::test_every_line_of_a_command_is_indented_alike"
    ),
    "no ticket: exit 2 before a host is asked": "e2e/test_troubles.py::test_without_a_ticket_nobody_is_asked",
    "no secret: exit 2 before a host is asked": (
        "test_missing_secrets.py::test_told_once_with_key_and_number_before_anybody_is_asked"
    ),
    "no host could be read": "reports/test_lost.py::test_every_format_says_it_once_with_what_to_do",
    "no recipe lets that pass": "test_ci.py::test_a_job_is_green_on_ready_alone",
}


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("text", SEEN)
def test_every_text_has_a_test_that_reads_what_is_told_now(text: str) -> None:
    file, _, name = SEEN[text].partition("::")
    assert name in names_in(file)


@pytest.mark.parametrize("named", ["", ".", "sub"])
@pytest.mark.parametrize("command", ["scan", "estate", "queries", "doctor", "judge", "waivers"])
def test_a_folder_is_called_one(tmp_path, monkeypatch, capsys, command, named):
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    told = said(capsys, command, named)
    assert told.endswith("cannot be read: it is a folder\nexit 2\n") or "the name of an estate file is empty" in told
    assert not told.startswith(" ")


@pytest.mark.parametrize(("command", "advice"), [("scan", "init > estate.toml"), ("judge", "scan --save gone.hvp")])
def test_a_file_that_is_not_there_is_told_with_what_writes_it(tmp_path, capsys, command, advice):
    told = said(capsys, command, tmp_path / "gone.hvp")
    assert f"gone.hvp does not exist; hv-preflight {advice} writes one\n" in told


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_every_file_of_powershell_is_read(tmp_path, capsys, encoding):
    """Of Windows PowerShell 5.1, whose redirects and Out-File write UTF-16, and whose Set-Content may write a mark."""
    kept = tmp_path / "kept.hvp"
    kept.write_bytes(READY.read_bytes())
    report = tmp_path / "before.json"
    cli.run(["judge", str(kept), "--json", str(report)])
    waivers, plan = tmp_path / "waivers.toml", tmp_path / "estate.toml"
    waivers.write_text("# none yet\n", encoding=encoding)
    plan.write_text(HOSTS + ROUTE, encoding=encoding)
    for path in (kept, report):
        path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
    capsys.readouterr()
    assert cli.run(["estate", str(plan)]) == 0
    assert cli.run(["waivers", str(waivers)]) == 0
    assert cli.run(["judge", str(kept), "--baseline", str(report), "--waivers", str(waivers)]) != 2
    assert cli.run(["diff", str(report), str(kept)]) in (0, 1)
    assert not [word for word in (*OF_THE_LANGUAGE, "UTF-8") if word in capsys.readouterr().err]
