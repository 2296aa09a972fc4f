"""How our texts say things: nothing is counted by hand, and one thing is no "things"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from checks.network.encryption import by_machine, ipsec_hint
from scanner.estate.mistakes import EstateError, Mistake
from scanner.evidence import MissingEvidence, View
from scanner.facts.host import ComputerSystem
from scanner.facts.network import ConnectionSecurityRule
from scanner.facts.vm import VirtualMachineSettings, VmSecurity
from scanner.wording import counted
from tests.checks.network.builders import machine, security
from tests.conftest import HV01, evidence
from tests.test_house import ROOT, SHIPPED

THINGS = (
    "account answer argument byte character check computer day disk domain error fact failure file finding gap group "
    "host hour line machine message mistake more name network object record report route rule row second secret "
    "subject target verdict virtual warning"
)
PLURAL = rf" (?:[a-z-]+ ){{0,3}}?(?:(?:{'|'.join(THINGS.split())})s|queries)\b"
"""A number and the plural of what we count, with up to three words between."""
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
    for path in (ROOT / "reports" / "templates").glob("*.html"):
        assert MARKUP.findall(path.read_text(encoding="utf-8")) == [], path


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
    view = View(evidence(facts), (VirtualMachineSettings, VmSecurity, ConnectionSecurityRule))
    assert by_machine(view, HV01).text == f"1 of 1 virtual machine of {HV01} without encryption of its own"
    assert ipsec_hint(view, HV01).text.endswith("by 1 active connection security rule")
