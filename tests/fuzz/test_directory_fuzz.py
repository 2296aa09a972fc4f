"""Whatever a controller or a host says about names, accounts and trusts: rows that say what they lack, or a reason.

``HV_FUZZ=100000 python -m pytest tests/fuzz`` tries more than the suite does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence

import dns.name
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.directory.accounts import ACCOUNT, account_filters
from scanner.collect.directory.basics import Root, dns_name, escape
from scanner.collect.directory.rows import CROSS_REF, TRUST
from scanner.collect.directory.security import dacl_of, sid_text
from scanner.collect.directory.trustinfo import suffixes_of
from scanner.collect.transport.ldap.answers import Entry
from scanner.collect.widening import beyond
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, Trust
from scanner.facts.host import ComputerSystem
from scanner.plugins import load
from scanner.record.record import dump
from scanner.record.record import load as read
from scanner.words.estate import Estate
from scanner.words.model import Fact
from scanner.words.names import is_host_name, within
from tests.collectors.test_directory_rows import ACCOUNT as GOOD_ACCOUNT
from tests.collectors.test_directory_rows import TRUST as GOOD_TRUST
from tests.collectors.test_directory_rows import rows
from tests.conftest import CORP, HV01, NOW, ended, evidence

OFFER = load(third_party=False)
VALUES = st.lists(st.one_of(st.binary(max_size=40), st.text(max_size=20).map(lambda t: t.encode(errors="ignore"))))
LABEL = st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True)
NAMES = st.one_of(st.text(max_size=300), st.lists(LABEL, min_size=1, max_size=5).map(".".join))
GOOD: Mapping[type[Fact], Mapping[str, Sequence[str | bytes]]] = {
    ComputerAccount: GOOD_ACCOUNT,
    CrossRef: {"dnsRoot": ["corp.example"], "nETBIOSName": ["CORP"], "systemFlags": ["3"]},
    Trust: GOOD_TRUST,
}
ATTRIBUTES: Mapping[type[Fact], Sequence[str]] = {ComputerAccount: ACCOUNT, CrossRef: CROSS_REF, Trust: TRUST}
ROOT = ("defaultNamingContext", "rootDomainNamingContext", "configurationNamingContext", "domainFunctionality")


@pytest.mark.parametrize("fact", GOOD)
@given(data=st.data())
def test_any_values_are_a_row_and_leave_the_other_alone(fact: type[Fact], data: st.DataObject) -> None:
    wrong = data.draw(st.dictionaries(st.sampled_from(ATTRIBUTES[fact]), VALUES, max_size=3))
    found = rows(fact, {"CN=broken": {**GOOD[fact], **wrong}, "CN=whole": GOOD[fact]})
    (whole,) = rows(fact, {"CN=whole": GOOD[fact]})
    assert whole in found
    assert len(found) == 2 or fact is CrossRef  # flags may say that it is no domain
    record = ended(evidence({(fact, CORP): found}))
    assert read(dump(record), OFFER.facts).ask(fact, CORP) == tuple(found)


@given(st.dictionaries(st.sampled_from(ROOT), VALUES))
def test_any_root_is_one_or_is_refused(values: Mapping[str, Sequence[bytes]]) -> None:
    try:
        root = Root.of(Entry("", {name.lower(): tuple(found) for name, found in values.items()}))
    except ValueError:
        return
    assert root.domain
    assert root.forest


@given(NAMES)
def test_any_naming_context_is_a_name_or_is_refused(text: str) -> None:
    for dn in (text, f"DC={text}", f"DC={text},DC=example"):
        try:
            name = dns_name(dn)
        except ValueError:
            continue
        assert name == name.lower()


@given(st.text(max_size=60))
def test_an_escaped_value_comes_back_and_holds_nothing_of_a_filter(text: str) -> None:
    escaped = escape(text)
    assert not set(escaped) & set("()*&|!\0<>=~")
    octets = re.sub(rb"\\([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), escaped.encode("ascii"))
    assert octets == text.encode("utf-8", "replace")
    assert all(made.count("(") == made.count(")") for made in account_filters([text]))


@given(st.binary(max_size=400))
def test_any_octets_of_a_descriptor_an_identifier_or_a_trust(octets: bytes) -> None:
    for reader in (dacl_of, sid_text, suffixes_of):
        try:
            reader(octets)
        except ValueError:
            continue


@given(NAMES)
def test_what_counts_as_a_name_can_be_looked_up_and_written(text: str) -> None:
    if is_host_name(text):
        assert dns.name.from_text(text).to_text(omit_final_dot=True) == text
        assert tomllib.loads(f'x = ["{text}"]') == {"x": [text]}
        assert within(text, text)
        assert within(f"a.{text}", text)
        assert not within(f"a{text}", text)


@given(st.lists(NAMES, max_size=3), NAMES, NAMES, st.booleans())
def test_no_host_chooses_whom_we_ask(told: list[str], root: str, partner: str, follows: bool) -> None:
    """What hosts, and a declared domain's controllers, may say: only the latter add a domain, and only to Kerberos."""
    hosts = tuple(f"hv{number}.corp.example" for number in range(len(told)))
    record = evidence({}, Estate(hosts=(HV01, *hosts)))
    for host, domain in zip(hosts, told, strict=True):
        record.put(ComputerSystem, host, [ComputerSystem("HV", "hv", domain, True, 3)], at=NOW)
    record.put(DomainInfo, CORP, [DomainInfo(CORP, root, "DC=corp", 7)], at=NOW)
    record.put(Trust, CORP, [Trust(partner, "X", 3, 2, 8)], at=NOW)
    more = beyond(OFFER.checks, record, follows_trusts=follows)
    allowed = {name.lower().rstrip(".") for name in (root, partner)} if follows else set[str]()
    assert {want.target for want in more.wants} <= {name for name in allowed if is_host_name(name)}
    for name, why in more.left.items():
        assert len(why) < 600
        for cure in re.findall(r"domains = \[.*", why):
            assert tomllib.loads(cure) == {"domains": [name]}
