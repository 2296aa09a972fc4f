"""What else is read about delegation: holders of service names, times of changes, accounts of told names."""

from __future__ import annotations

import struct
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.windows.wsman.certificates import Certificates
from scanner.collect.directory import COLLECTOR
from scanner.collect.directory.accounts import account_filters
from scanner.collect.directory.basics import escape
from scanner.collect.directory.catalogue import AT_ONCE, holders, wanted
from scanner.collect.directory.changes import changes_of
from scanner.collect.directory.rows import READERS
from scanner.collect.transport.ldap.answers import DirectoryError, Entry
from scanner.estate.access import Access
from scanner.facts.delegation import DelegationChange, NamedAccount, ServiceName, service_names
from scanner.facts.directory import ComputerAccount
from scanner.hooks import Task
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason
from tests.checks.delegation.domain import account
from tests.collectors.test_directory_rows import ACCOUNT, MACHINE, ROOT, SID
from tests.collectors.test_many_controllers import NAMES, PLACES, access, healthy, pki, read
from tests.conftest import CORP, HV01, HV02
from tests.transport.controllers_peer import controllers
from tests.transport.dns_peer import dns_server
from tests.transport.ldap_peer import connected, done, entry

assert access  # fixtures of the other file
assert pki
WHEN = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
UAC, LIST, SERVED = "userAccountControl", "msDS-AllowedToDelegateTo", "msDS-AllowedToActOnBehalfOfOtherIdentity"
NUMBERS = {LIST: 0x906FB, UAC: 0x90008, SERVED: 0x90886, "cn": 3}


def xml(name: str, when: str = "2026-11-20T08:30:00Z") -> bytes:
    """One value as Windows writes it: lines, tabs, and a zero at the end."""
    lines = (
        "<DS_REPL_ATTR_META_DATA>",
        f"\t<pszAttributeName>{name}</pszAttributeName>",
        "\t<dwVersion>2</dwVersion>",
        f"\t<ftimeLastOriginatingChange>{when}</ftimeLastOriginatingChange>",
        "\t<uuidLastOriginatingDsaInvocationID>d4b6f0a2-0000-0000-0000-000000000000</uuidLastOriginatingDsaInvocationID>",
        "\t<usnOriginatingChange>12345</usnOriginatingChange>",
        "\t<usnLocalChange>12345</usnLocalChange>",
        "\t<pszLastOriginatingDsaDN></pszLastOriginatingDsaDN>",
        "</DS_REPL_ATTR_META_DATA>",
    )
    return "\n".join(lines).encode() + b"\n\0"


def packed(*names: str, version: int = 1, when: datetime = WHEN) -> bytes:
    seconds = int((when - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds())
    parts = [struct.pack("<IIQ16sQQ", NUMBERS[name], 2, seconds, b"", 1, 1) for name in names]
    return struct.pack("<IIII", version, 0, len(parts), 0) + b"".join(parts)


def object_with(*texts: bytes, octets: bytes = b"") -> Entry:
    values = {"msds-replattributemetadata": texts, "replpropertymetadata": (octets,) if octets else ()}
    return Entry("CN=HV01", values)


def test_times_as_text_and_as_octets_are_the_same():
    names = (UAC, "cn", LIST, SERVED)
    wanted_times = dict.fromkeys((UAC, LIST, SERVED), WHEN)
    assert changes_of(object_with(*map(xml, names))) == wanted_times
    assert changes_of(object_with(octets=packed(*names))) == wanted_times
    assert changes_of(object_with(xml(UAC), octets=packed(*names))) == {UAC: WHEN}
    assert changes_of(object_with(xml(UAC.lower()), xml(UAC.upper() + "X"))) == {UAC: WHEN}


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(object_with(), id="nothing is shown"),
        pytest.param(object_with(xml(LIST)), id="no time of the control bits"),
        pytest.param(object_with(xml(UAC, "yesterday")), id="no time"),
        pytest.param(object_with(xml(UAC, "2026-13-41T08:30:00Z")), id="no day"),
        pytest.param(object_with(xml(UAC, "")), id="an empty time"),
        pytest.param(object_with(xml(UAC, "&#50;026-11-20T08:30:00Z")), id="a time in disguise"),
        pytest.param(object_with(xml(UAC), b"<a>" * 2000), id="a value of thousands of marks"),
        pytest.param(object_with(octets=packed(UAC, version=2)), id="another version"),
        pytest.param(object_with(octets=packed(UAC)[:-1]), id="cut"),
        pytest.param(object_with(octets=b"\1\0\0\0"), id="cut in the head"),
        pytest.param(object_with(octets=packed(UAC)[:24] + b"\xff" * 8 + packed(UAC)[32:]), id="a time of no calendar"),
    ],
)
def test_times_that_cannot_be_read(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        changes_of(wrong)


def test_a_hidden_metadata_names_the_right():
    with pytest.raises(ValueError, match="Read all properties"):
        changes_of(object_with())


def test_hostile_xml_is_text():
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><x><pszAttributeName>userAccountControl&a;</pszAttributeName></x>'
    nested = b"<pszAttributeName><pszAttributeName>cn</pszAttributeName></pszAttributeName>"
    assert changes_of(object_with(bomb, nested, xml(UAC))) == {UAC: WHEN}


@given(st.lists(st.binary(max_size=300), max_size=3), st.binary(max_size=200))
def test_any_octets_are_times_or_refused(texts, octets):
    try:
        found = changes_of(object_with(*texts, octets=octets))
    except ValueError:
        return
    assert UAC in found


def answers(found: Mapping[str, Mapping[str, Any]], one: Mapping[str, Any]):
    """A controller that finds these objects, and shows this of one that is asked by name."""

    def answer(request: bytes) -> list[bytes]:
        if b"replPropertyMetaData" in request or b"isGlobalCatalogReady" in request:
            return [entry("CN=HV01", one), done()]
        return [*(entry(dn, values) for dn, values in found.items()), done()]

    return answer


def test_changes():
    with connected(answers({"CN=HV01": {"objectSid": [SID]}}, {"replPropertyMetaData": [packed(UAC, LIST)]})) as (
        c,
        peer,
    ):
        (row,) = READERS[DelegationChange](c, ROOT, (MACHINE,)).rows
        assert row == DelegationChange("CN=HV01", "S-1-5-21-1-2-3-1110", WHEN, WHEN, None)
        assert b"msDS-ReplAttributeMetaData" in peer.asked[-1]
        assert b"\x04\x07CN=HV01\x0a\x01\x00" in peer.asked[-1], "of the account itself, in a search of its name alone"
    with connected(answers({"CN=HV01": {"objectSid": [SID]}}, {})) as (c, _):
        (row,) = READERS[DelegationChange](c, ROOT, (MACHINE,)).rows
        assert "Read all properties" in row.unread  # type: ignore[attr-defined]


HOSTILE = ["*", "a)(cn=*", "x\\28y", "\\", "müller.corp.example", "\0"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_goes_out_as_the_octets_it_is(name):
    """An escape is for the text of a filter; what the controller compares must be the name itself."""
    with connected(answers({}, {})) as (c, peer):
        READERS[NamedAccount](c, ROOT, (name,))
    (asked,) = peer.asked
    octets = name.encode()
    assert b"\x04\x0bdNSHostName\x04" + bytes([len(octets)]) + octets in asked
    spn = b"cifs/" + octets
    assert b"\x04\x14servicePrincipalName\x04" + bytes([len(spn)]) + spn in asked
    assert asked.count(b"dNSHostName\x04") == 2, "once in the filter, once among what is wanted"


@given(st.text(max_size=40))
def test_any_value_of_a_filter_goes_out_as_it_is(text):
    octets = text.encode("utf-8", "replace")
    with connected(answers({}, {})) as (c, peer):
        c.search("DC=x", f"(cn={escape(text)})", ("cn",))
    assert b"\x04\x02cn\x04" + bytes([len(octets)]) + octets in peer.asked[0] or len(octets) > 127


def test_named_accounts_are_found_by_name_or_by_service():
    (text,) = account_filters(["fs01.corp.example"], ("HOST", "cifs"))
    assert text == (
        "(&(objectCategory=computer)(|(dNSHostName=fs01.corp.example)(sAMAccountName=FS01$)"
        "(servicePrincipalName=HOST/fs01.corp.example)(servicePrincipalName=cifs/fs01.corp.example)))"
    )
    with connected(answers({"CN=HV01": ACCOUNT}, {})) as (c, peer):
        (row,) = READERS[NamedAccount](c, ROOT, ("hv01",)).rows
    assert type(row) is NamedAccount
    assert (row.sam_name, row.group_sids, len(peer.asked)) == ("HV01$", (), 1)


READY = {"isGlobalCatalogReady": ["TRUE"]}


def test_holders():
    found = {
        "CN=HV01,DC=corp": {"servicePrincipalName": ["host/hv01", "x/y"], "objectSid": [SID]},
        "CN=A,DC=apac,DC=corp": {"servicePrincipalName": [" HOST/HV01 "]},
    }
    with connected(answers(found, READY)) as (c, peer):
        rows = holders(c, ("HOST/HV01", "cifs/HV01")).rows
    dns = ("CN=A,DC=apac,DC=corp", "CN=HV01,DC=corp")
    assert rows == (
        ServiceName("HOST/HV01", dns, ("", "S-1-5-21-1-2-3-1110")),
        ServiceName("cifs/HV01", (), ()),
    )
    assert peer.asked[1][peer.asked[1].index(b"\x63") + 2 :][:5] in (
        b"\x04\x00\x0a\x01\x02",
        b"\x82\x04\x00\x0a\x01",
    ) or (b"\x04\x00\x0a\x01\x02" in peer.asked[1]), "all that the catalogue holds is searched"


@pytest.mark.parametrize("said", [{"isGlobalCatalogReady": ["FALSE"]}, {}])
def test_a_controller_that_is_no_complete_catalogue_is_none(said):
    with connected(answers({}, said)) as (c, _), pytest.raises(DirectoryError, match="no global catalogue"):
        holders(c, ("HOST/HV01",))


def test_many_names_are_asked_in_parts():
    names = service_names(*(f"HV{number}" for number in range(AT_ONCE)))
    with connected(answers({}, READY)) as (c, peer):
        assert len(holders(c, names).rows) == len(names)
    assert len(peer.asked) == 1 + 3


def test_what_is_wanted():
    names = wanted(["a-very-long-name-1.corp.example"], [account(HV01, dns="hv01.prod.example"), account(HV02, dns="")])
    hosts = {name.removeprefix("HOST/") for name in names if name.startswith("HOST/")}
    assert hosts == {"A-VERY-LONG-NAM", "a-very-long-name-1.corp.example", "HV01", "hv01.prod.example", "HV02"}
    assert len(names) == 3 * len(hosts)
    assert len(wanted([HV01], [account(HV01)])) == 6, "each name once"


FEW = NAMES[:2]


def catalogue(pki: Certificates, how: Access, facts: tuple[type, ...], *listening: str, **words: Any):
    """The domain read where two controllers listen, and these on 3269 besides; and the controllers."""
    every = {name: healthy(**words) for name in FEW}
    some = {PLACES[name]: every[name] for name in listening}
    with controllers(some, pki.server.certificate, pki.server.key, port=3269):
        return read(every, pki, how, 20, facts), every


def gap_of(evidence: Evidence) -> Gap:
    answer = evidence.ask(ServiceName, CORP)
    assert isinstance(answer, Gap)
    return answer


def two(access: Access) -> Access:
    return replace(access, directory=replace(access.directory, controllers={CORP: FEW}))


def test_a_catalogue_is_asked_on_its_own_port(pki, access):
    evidence, every = catalogue(pki, two(access), (ServiceName,), FEW[1], catalogue=True)
    rows = evidence.ask(ServiceName, CORP)
    assert len(rows) == 12  # type: ignore[arg-type]
    assert {row.holders for row in rows} == {()}  # type: ignore[union-attr]
    assert len(every[FEW[0]].binds) == 0, "where nobody listens as a catalogue, no password is sent"
    assert len(every[FEW[1]].binds) == 1


def test_no_catalogue(pki, access):
    evidence, _ = catalogue(pki, two(access), (ServiceName,))
    gap = gap_of(evidence)
    assert gap.reason is GapReason.UNREACHABLE
    assert gap.detail.startswith("no controller of corp.example answered as a global catalogue: ")
    assert "3269" in gap.detail


def test_a_catalogue_that_is_not_complete(pki, access):
    evidence, _ = catalogue(pki, two(access), (ServiceName,), *FEW)
    assert "says it is complete" in gap_of(evidence).detail


def test_a_refused_password_is_not_tried_at_the_catalogue(pki, access, monkeypatch):
    monkeypatch.setenv("HV_TEST_DIRECTORY", "Pl4nted-wrong-word")
    evidence, every = catalogue(pki, two(access), (ComputerAccount, ServiceName), *FEW)
    assert sum(len(one.binds) for one in every.values()) == 1
    assert gap_of(evidence).reason is GapReason.ACCESS_DENIED


def test_a_name_outside_the_domain_gets_no_password_as_a_catalogue_either(pki, access):
    outside = "dc.evil.example"
    records = {("_ldap._tcp.dc._msdcs.corp.example", "SRV"): [f"0 100 389 {outside}."]}
    with dns_server("127.93.250.252", records) as dns:
        evidence, every = catalogue(pki, replace(access, names=dns.names), (ServiceName,), *FEW)
    assert sum(one.connections for one in every.values()) == 0
    assert gap_of(evidence).reason is GapReason.NOT_COLLECTED


def test_the_second_round_asks_for_the_told_names(pki, access):
    now = datetime.now(UTC)
    evidence = Evidence(Estate(hosts=(HV01,)), started=now, finished=now)
    values = {"CN=FS01,DC=corp,DC=example": {**ACCOUNT, "sAMAccountName": ["FS01$"]}}
    arguments = {NamedAccount: ("fs01.corp.example",)}
    one = {PLACES[FEW[0]]: replace(healthy(), accounts=values)}
    with controllers(one, pki.server.certificate, pki.server.key):
        task = Task(
            target=CORP, kind="domain", facts=(NamedAccount,), arguments=arguments, evidence=evidence,
            deadline=time.monotonic() + 15,
        )  # fmt: skip
        COLLECTOR.collect(task, replace(access, directory=replace(access.directory, controllers={CORP: FEW[:1]})))
    (row,) = evidence.ask(NamedAccount, CORP)  # type: ignore[misc]
    assert row.sam_name == "FS01$"
    assert "dNSHostName=fs01.corp.example" in evidence.answer(NamedAccount, CORP).query
