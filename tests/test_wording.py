"""How our texts say things: nothing is counted by hand, and one thing is no "things"."""

from __future__ import annotations

import ast
import copy
import json
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import requests
from spnego.exceptions import SpnegoError

from checks.network.encryption import by_machine, ipsec_hint
from scanner import plugins
from scanner.collect.transport.ldap import sign_in
from scanner.collect.transport.ldap.answers import DirectoryError, broken
from scanner.collect.transport.psrp import http
from scanner.collect.transport.psrp.failures import classify
from scanner.collect.transport.resolve import Unresolved, resolve
from scanner.collect.transport.tls import unusable, validating
from scanner.estate.access import DirectoryAccess, Names, SignIn
from scanner.estate.mistakes import EstateError, Mistake
from scanner.estate.secret import SecretError, SecretSource
from scanner.facts.host import ComputerSystem
from scanner.facts.network import ConnectionSecurityRule, IPAddress, NetworkAdapter
from scanner.facts.vm import VirtualMachineSettings, VmSecurity
from scanner.plugins import PluginError
from scanner.record.record import RecordError, load
from scanner.words.view import MissingEvidence, View
from scanner.words.wording import counted, lasting, reason
from tests.checks.common.builders import machine, security
from tests.conftest import HV01, evidence
from tests.test_house import ROOT, SHIPPED

CHECKED = plugins.load(third_party=False)

THINGS = (
    "account answer argument byte character check computer day disk domain error fact failure file finding gap group "
    "host hour line machine message mistake more name network object record report route rule row second secret "
    "subject target verdict virtual warning"
)
PLURAL = rf" (?:[a-z-]+ ){{0,3}}?(?:(?:{'|'.join(THINGS.split())})s|queries)\b"
"""A number and the plural of what we count, with up to three words between."""
COUNTED_BY_LANGUAGE = re.compile(r"{% trans (?:(?!{% endtrans).)*{% pluralize %}.*?{% endtrans \+?%}", re.DOTALL)
MARKUP = re.compile(rf"\}}\}}(?:</\w+>)?{PLURAL}")


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 hosts"), (1, "1 host"), (2, "2 hosts"), (1200, "1,200 hosts"), (-1, "-1 hosts")]
)
def test_counted(number, words):
    assert counted(number, "host") == words
    assert counted(number, "query", "queries") == words.replace("hosts", "queries").replace("host", "query")


def _by_hand(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        for number, words in pairwise(parts):
            plural = isinstance(words, ast.Constant) and re.match(PLURAL, str(words.value))
            if isinstance(number, ast.FormattedValue) and plural and _is_number(number):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(number.value)}{words.value}"


def _is_number(part: ast.FormattedValue) -> bool:
    """Whether what is put in looks like one: ``len(x)``, a sum, ``:,``, or a name that counts; not a name of a host."""
    spec = ast.unparse(part.format_spec) if part.format_spec else ""
    text = ast.unparse(part.value)
    names = r"number|count|hours|days|seconds|stuck|hosts|total|size|\w+\.size"
    return "len(" in text or "," in spec or isinstance(part.value, ast.BinOp) or bool(re.fullmatch(names, text))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_counted_by_hand(path):
    assert list(_by_hand(path)) == []


def test_no_page_counts_by_hand():
    pages = list((ROOT / "reports" / "templates").glob("*.html"))
    assert pages
    for path in pages:
        markup = COUNTED_BY_LANGUAGE.sub("", path.read_text(encoding="utf-8"))
        assert MARKUP.findall(markup) == [], path


def test_one_mistake_and_two_rows():
    assert str(EstateError("e.toml", [Mistake("a", "b")])).startswith("e.toml has 1 mistake:")
    assert EstateError("e.toml", [Mistake("a", "b")]).args == ("e.toml has 1 mistake",)
    two = [ComputerSystem("A", "a", "c.x", part_of_domain=True, domain_role=3)] * 2
    for rows, words in ((two, "2 rows where one"), ([], "0 rows where one")):
        with pytest.raises(MissingEvidence, match=words):
            View(evidence({(ComputerSystem, HV01): rows}), (ComputerSystem,)).one(ComputerSystem, HV01)


def test_one_thing_in_what_a_check_saw():
    rule = ConnectionSecurityRule("r", "v2.31|Action=Secure|Active=TRUE|")
    facts = {
        (VirtualMachineSettings, HV01): [machine()],
        (VmSecurity, HV01): [security(encrypts=False)],
        (ConnectionSecurityRule, HV01): [rule],
    }
    needs = (VirtualMachineSettings, VmSecurity, ConnectionSecurityRule, IPAddress, NetworkAdapter)
    view = View(evidence(facts), needs)
    assert by_machine(view, HV01).text == f"1 of 1 virtual machine of {HV01} without encryption of its own"
    assert ipsec_hint(view, HV01, HV01).text.endswith("by 1 active connection security rule")


# ---- the words of the language the program is written in

PYTHON = re.compile(
    r"`|\b\w+(?:Error|Exception|Warning|Expired|Interrupt)\b|\[Errno|Traceback|\bNone\b|\b(?:int|str|dict|codec)\b"
    r"|NoneType|null byte|\bgot\b|No module named"
)
OF_A_DEFECT = {
    "guard.py": "a format failed: its author reads it",
    "jobs.py": "a collector failed: its author reads it",
    "judging.py": "a check or a scope failed: its author reads it",
    "origins.py": "what a plugin's own lines raised: its author reads it",
    "query.py": "a plugin handed over what is no query",
    "rounds.py": "a defect between the rounds: its author reads it",
    "scope.py": "a plugin made a scope or a subject wrongly: its author reads it",
    "readonly.py": "a plugin asks for what is not known to only read",
    "sources.py": "the name is looked up, and not shown",
}


def test_no_message_names_an_exception():
    found: set[str] = set()
    for path in SHIPPED:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            shown = isinstance(node, ast.FormattedValue | ast.Call) and "__name__" in ast.unparse(node)
            if shown and re.search(r"type\(\w+\)\.__name__|__class__\.__name__", ast.unparse(node)):
                found.add(path.name)
    assert found == set(OF_A_DEFECT)


ERRORS = (
    FileNotFoundError(2, "No such file or directory", "/x"), PermissionError(13, "Permission denied", "/x"),
    TimeoutError(), OSError(), ConnectionResetError(), ValueError("embedded null byte"),
    OSError(5, "Input/output error"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    RuntimeError("Could not determine home directory."),
    ConnectionAbortedError("the answer is longer than 256 MiB"),
)  # fmt: skip


def test_a_file_without_a_certificate_is_told_in_words(tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate", encoding="utf-8")
    for name, words in (("ca.pem", "it holds no certificate or key"), ("gone.pem", "No such file")):
        with pytest.raises(OSError, match=r"PEM|CERT|X509|No such file") as caught:
            validating(str(tmp_path / name))
        assert words in unusable(caught.value)
        assert not PYTHON.search(unusable(caught.value))
        with pytest.raises(DirectoryError, match=words):
            sign_in.context_of(DirectoryAccess(ca=str(tmp_path / name)))
        with pytest.raises(SecretError, match=words):
            http.context_of(SignIn(ca=str(tmp_path / name)))


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_reasons_are_in_words(error):
    for words in (reason(error), str(broken("dc1", error)) if isinstance(error, OSError) else "", unusable(error)):
        assert not PYTHON.search(words), words
    assert reason(error)
    told = classify(requests.ConnectionError(error))[1] + classify(error)[1]
    assert not PYTHON.search(told), told


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (requests.ConnectionError(OSError(113, "No route to host")), "the connection failed: No route to host"),
        (KeyError("stdout"), "the answer is not what Windows sends"),
        (AttributeError("'NoneType' object has no attribute 'text'"), "the answer is not what Windows sends"),
        (ModuleNotFoundError("No module named 'krb5'", name="krb5"), "the library krb5 is not installed; install"),
        (ImportError("requests-credssp is not installed: No module named 'x'"), "requests-credssp is not installed;"),
        (SpnegoError(error_code=16, context_msg="while it was made"), "no sign-in: "),
    ],
)
def test_failures_of_a_session_are_in_words(error, words):
    detail = classify(error)[1]
    assert words in detail
    assert not PYTHON.search(detail)


@pytest.mark.parametrize("name", ["a" * 64 + ".x", "a..b", "\udc00.x", "ü" * 70 + ".x"])
def test_names_that_are_none_are_told_in_words(name):
    with pytest.raises(Unresolved) as caught:
        resolve(name, Names(servers=("127.0.0.1",), lifetime=0.2), time.monotonic() + 5)
    assert not PYTHON.search(str(caught.value))


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a document; of a list its first item."""
    items = value.items() if isinstance(value, dict) else list(enumerate(value))[:1] if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _places(inner, (*path, key))


@pytest.mark.parametrize("other", ["text", 7, 1.5, True, None, [], {}, 10**30])
def test_what_is_wrong_in_a_record_is_told_in_words_with_its_key(other):
    good = json.loads((ROOT / "tests" / "data" / "good.hvp").read_bytes())
    small = good | {name: good[name][:1] for name in ("answers", "targets", "gaps")}
    told: list[tuple[tuple[Any, ...], str]] = []
    for path in _places(small):
        document = copy.deepcopy(small)
        inner: Any = document
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = other
        try:
            load(json.dumps(document).encode(), CHECKED.facts)
        except RecordError as error:
            told.append((path, str(error)))
    assert len(told) > 5
    for path, text in told:
        assert not PYTHON.search(text), (path, text)
        assert path[0] == "hv_preflight" or [key for key in path if isinstance(key, str)][-1] in text, (path, text)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it ends early"),
        (b"nothing", "it is no JSON from octet 4 on"),
        (b"\xff", "it is no JSON from octet 0 on"),
        (b'{"hv_preflight": "\xff"}', "it is not UTF-8"),
        (b"[]", "a list stands where a table belongs"),
        (b"{}", "it is not a record of version 1 (it names none)"),
        (b'{"hv_preflight": []}', "hv_preflight: a list stands where a number or text or nothing belongs"),
        (b'{"hv_preflight": 1}', '"version" is missing'),
        (b'{"hv_preflight": 1, "version": 5}', "version: a number stands where text belongs"),
    ],
)
def test_what_is_no_record_says_why(data, words):
    with pytest.raises(RecordError) as caught:
        load(data, CHECKED.facts)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SecretSource(file="/no/such/file"), "file: the file it names cannot be read: No such file or directory"),
        (SecretSource(file="a\0b"), "cannot be read: no file can have that name"),
        (SecretSource(command=("/no/such/program",)), "gave no secret: No such file or directory"),
        (SecretSource(command=("sh", "-c", "echo hunter2-said; exit 3")), "gave no secret: it ended with exit code 3"),
        (SecretSource(command=("sh", "-c", "kill -9 $$")), "gave no secret: it was ended by signal 9"),
        (SecretSource(keyring="nothing-of-this-name"), "keyring: the keyring entry it names "),
    ],
)
def test_why_there_is_no_secret(source, words):
    with pytest.raises(SecretError) as caught:
        source.value("somebody")
    assert words in str(caught.value)
    assert not PYTHON.search(str(caught.value))
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be loaded: No such file or directory"),
        ("def (", "cannot be loaded: line 1 is no Python"),
        ("raise KeyError('x')", "cannot be loaded: KeyError: 'x'"),
    ],
)
def test_why_a_plugin_cannot_be_loaded(tmp_path, content, words):
    path = tmp_path / "p.py"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(PluginError, match=re.escape(words)):
        plugins.load([path], third_party=False)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-1.5, "0 s"), (0.0, "0 s"), (0.0009, "0 s"), (0.001, "0.001 s"), (0.094, "0.09 s"), (0.096, "0.1 s"),
        (0.99, "1 s"), (6.0, "6 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.6, "60 s"),
    ],
)  # fmt: skip
def test_a_time_that_was_waited(seconds: float, told: str):
    assert lasting(seconds) == told
