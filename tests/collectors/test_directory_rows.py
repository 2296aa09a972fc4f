"""From what a controller says to rows, and from machines to filters; no controller needed."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.directory.accounts import account_filters
from scanner.collect.directory.basics import Root, dns_name, escape
from scanner.collect.directory.kerberos import moment
from scanner.collect.directory.rows import READERS
from scanner.collect.transport.ldap.answers import Entry
from scanner.facts.directory import ComputerAccount, CrossRef, DirectoryServer, DomainInfo, Trust
from scanner.facts.kerberos import ControllerClock, KerberosAccount
from tests.transport.ldap_peer import Peer, connected, done, entry

SID = bytes.fromhex("010500000000000515000000") + struct.pack("<IIII", 1, 2, 3, 1110)
GROUP = SID[:-4] + struct.pack("<I", 515)
ROOT = Root("corp.example", "corp.example", "DC=corp,DC=example", "CN=Configuration,DC=corp,DC=example", 7)
MACHINE = "hv01.corp.example"
ACCOUNT: Mapping[str, list[str | bytes]] = {
    "sAMAccountName": ["HV01$"],
    "dNSHostName": ["HV01.Corp.Example"],
    "objectSid": [SID],
    "userAccountControl": ["16781312"],
    "servicePrincipalName": ["HOST/HV01"],
    "msDS-AllowedToDelegateTo": ["cifs/HV02", " cifs/hv02.corp.example"],
}
TRUST: Mapping[str, list[str | bytes]] = {
    "trustPartner": ["Branch.Example"],
    "flatName": ["BRANCH"],
    "trustDirection": ["3"],
    "trustType": ["2"],
    "trustAttributes": ["8"],
}


def rows(fact: Any, objects: Mapping[str, Mapping[str, Any]], machines: tuple[str, ...] = (MACHINE,)) -> Any:
    """What a reader makes of these objects; a base search gets the groups."""

    def answer(request: bytes) -> list[bytes]:
        if b"tokenGroups" in request:
            return [entry("CN=any", {"tokenGroups": [GROUP]}), done()]
        return [*(entry(dn, values) for dn, values in objects.items()), done()]

    with connected(answer) as (session, _):
        return READERS[fact](session, ROOT, machines).rows


def test_an_account() -> None:
    (row,) = rows(ComputerAccount, {"CN=HV01": ACCOUNT})
    assert row == ComputerAccount(
        dn="CN=HV01",
        sam_name="HV01$",
        dns_name=MACHINE,
        sid="S-1-5-21-1-2-3-1110",
        user_account_control=0x1001000,
        spns=("HOST/HV01",),
        delegates_to=("cifs/HV02", " cifs/hv02.corp.example"),
        allowed_sids=(),
        denied_sids=(),
        has_resource_delegation=False,
        group_sids=("S-1-5-21-1-2-3-515",),
    )
    assert row.protocol_transition


def test_a_signed_user_account_control() -> None:
    (row,) = rows(ComputerAccount, {"CN=HV01": {**ACCOUNT, "userAccountControl": [str(-(2**31) + 0x1002)]}})
    assert row.user_account_control == 0x80001002
    assert row.disabled


def test_a_descriptor_without_a_list_is_told_apart_from_none() -> None:
    empty = struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)
    (row,) = rows(ComputerAccount, {"CN=HV01": {**ACCOUNT, "msDS-AllowedToActOnBehalfOfOtherIdentity": [empty]}})
    assert (row.has_resource_delegation, row.allowed_sids) == (True, ())


def test_conflict_objects_are_rows_of_their_own() -> None:
    conflict = "CN=HV01\\0ACNF:b7b6bc3b-7d1f-4d0f-8f4e-0c9b2f4a7d11"
    found = rows(ComputerAccount, {"CN=HV01": ACCOUNT, conflict: {**ACCOUNT, "sAMAccountName": ["$DUPLICATE-45c"]}})
    assert [row.dn for row in found] == ["CN=HV01", conflict]


@pytest.mark.parametrize(
    "wrong",
    [
        {"objectSid": [b"\x01"]},
        {"objectSid": []},
        {"userAccountControl": ["many"]},
        {"userAccountControl": ["1_0"]},
        {"userAccountControl": []},
        {"msDS-AllowedToActOnBehalfOfOtherIdentity": [b"not a descriptor"]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_value_that_cannot_be_read_costs_its_row_and_no_other(wrong: Mapping[str, list[str | bytes]]) -> None:
    """The row stays, and says so: an account that vanished would be one that does not exist."""
    other = {**ACCOUNT, "sAMAccountName": ["HV02$"]}
    broken, whole = rows(ComputerAccount, {"CN=HV01": {**ACCOUNT, **wrong}, "CN=HV02": other})
    assert (broken.dn, broken.sam_name, broken.dns_name) == ("CN=HV01", "HV01$", MACHINE)
    assert broken.unread.startswith(next(iter(wrong)))
    assert (whole.sam_name, whole.unread) == ("HV02$", "")


def test_a_name_that_is_no_utf_8_is_kept_and_equals_no_name() -> None:
    """Its octets are shown; a list entry or a service name that is none of ours changes nothing else."""
    wrong = {"servicePrincipalName": [b"HOST/HV\xff1", "HOST/HV01"], "dNSHostName": [b"hv01.corp\xff.example"]}
    (row,) = rows(ComputerAccount, {"CN=HV01": {**ACCOUNT, **wrong}})
    assert row.spns == ("HOST/HV\\xff1", "HOST/HV01")
    assert (row.dns_name, row.unread) == ("hv01.corp\\xff.example", "")


def test_groups_that_are_refused_for_one_account_cost_that_account() -> None:
    def answer(request: bytes) -> list[bytes]:
        if b"tokenGroups" in request:
            return [done(50)] if b"CN=HV01" in request else [entry("CN=HV02", {"tokenGroups": [GROUP]}), done()]
        return [entry("CN=HV01", ACCOUNT), entry("CN=HV02", ACCOUNT), done()]

    with connected(answer) as (session, _):
        first, second = READERS[ComputerAccount](session, ROOT, (MACHINE,)).rows
    assert first.unread.startswith("tokenGroups: dc1.corp.example refused")  # type: ignore[attr-defined]
    assert second.unread == ""  # type: ignore[attr-defined]


def test_a_trust() -> None:
    (row,) = rows(Trust, {"CN=branch.example": {**TRUST, "trustAttributes": ["-2147483640"]}})
    assert row == Trust("branch.example", "BRANCH", 3, 2, 0x80000008)
    assert row.forest


@pytest.mark.parametrize(
    "wrong",
    [
        {"msDS-TrustForestTrustInfo": [b"\x02\0\0\0\0\0\0\0"]},
        {"trustDirection": []},
        {"trustType": ["two"]},
        {"trustAttributes": [b"\xff"]},
        {"trustPartner": []},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_trust_that_cannot_be_read_whole_is_there_and_says_so(wrong: Mapping[str, list[str | bytes]]) -> None:
    broken, whole = rows(Trust, {"CN=branch.example": {**TRUST, **wrong}, "CN=island.example": TRUST})
    assert broken.unread.startswith(next(iter(wrong)))
    assert broken.partner == ("" if "trustPartner" in wrong else "branch.example")
    assert whole.unread == ""


@pytest.mark.parametrize(("told", "types"), [([], None), (["0"], 0), (["4"], 4), (["28"], 28)])
def test_encryption_types_that_are_not_set_are_told_from_none(told: list[str | bytes], types: int | None) -> None:
    values = {"msDS-SupportedEncryptionTypes": told}
    (trust,) = rows(Trust, {"CN=branch.example": {**TRUST, **values}})
    (account,) = rows(KerberosAccount, {"CN=HV01": {**ACCOUNT, **values}})
    assert trust.encryption_types == account.encryption_types == types
    assert trust.unread == account.unread == ""


def test_encryption_types_that_are_no_number_are_told() -> None:
    wrong = {"msDS-SupportedEncryptionTypes": ["AES"]}
    (trust,) = rows(Trust, {"CN=branch.example": {**TRUST, **wrong}})
    (account,) = rows(KerberosAccount, {"CN=HV01": {**ACCOUNT, **wrong}})
    assert trust.unread == account.unread == "msDS-SupportedEncryptionTypes is no number"


@pytest.mark.parametrize(
    ("control", "controller"), [("4096", False), ("532480", True), ("83890176", True), ("16781312", False)]
)
def test_who_is_a_controller(control: str, controller: bool) -> None:
    values = {"userAccountControl": [control], "operatingSystemVersion": ["10.0 (26100)"]}
    (row,) = rows(KerberosAccount, {"CN=DC1": {**ACCOUNT, **values}})
    assert (row.controller, row.build) == (controller, 26100)


@pytest.mark.parametrize(
    ("version", "build"), [("10.0 (17763)", 17763), ("6.3 (9600)", 9600), ("4.17.12-Debian", 0), ("", 0), ("10.0", 0)]
)
def test_builds(version: str, build: int) -> None:
    assert KerberosAccount("CN=DC1", "DC1$", True, None, version).build == build


def test_a_controllers_clock() -> None:
    before = datetime.now(UTC)
    (row,) = rows(ControllerClock, {"": {"currentTime": ["20261121120000.0Z"]}})
    assert (row.domain, row.told) == ("corp.example", datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    assert before <= row.asked <= row.received <= datetime.now(UTC)


@pytest.mark.parametrize("text", ["", "20261121120000", "20261121120000.0+0100", "20261321120000.0Z", "x"])
def test_what_is_no_time_in_utc(text: str) -> None:
    with pytest.raises(ValueError, match=r"no time in UTC|does not match|unconverted"):
        moment(text)


def test_a_domain_of_the_forest_whose_flags_cannot_be_read_says_so() -> None:
    values = {"dnsRoot": ["child.corp.example"], "nETBIOSName": ["CHILD"], "systemFlags": ["x"]}
    (row,) = rows(CrossRef, {"CN=CHILD": values})
    assert (row.dns_root, row.unread) == ("child.corp.example", "systemFlags is no number")


def test_only_domains_of_the_forest_are_cross_references() -> None:
    objects = {
        "CN=CORP": {"dnsRoot": ["Corp.Example"], "nETBIOSName": ["CORP"], "systemFlags": ["3"]},
        "CN=CHILD": {"dnsRoot": ["child.corp.example"], "nETBIOSName": ["CHILD"], "systemFlags": ["19"]},
        "CN=Schema": {"dnsRoot": ["corp.example"], "systemFlags": ["1"]},
        "CN=Outside": {"dnsRoot": ["elsewhere.example"]},
    }
    assert rows(CrossRef, objects) == (CrossRef("corp.example", "CORP"), CrossRef("child.corp.example", "CHILD"))


def test_domain_info() -> None:
    assert rows(DomainInfo, {}) == (DomainInfo("corp.example", "corp.example", "DC=corp,DC=example", 7),)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"defaultNamingContext": b"DC=x", "rootDomainNamingContext": b"DC=x"},
        {
            "defaultNamingContext": b"O=x",
            "rootDomainNamingContext": b"DC=x",
            "configurationNamingContext": b"CN=C",
            "domainFunctionality": b"7",
        },
    ],
    ids=["nothing", "no configuration", "no domain"],
)
def test_no_root_of_active_directory(values: Mapping[str, bytes]) -> None:
    with pytest.raises(ValueError, match=r"names no domain|no number|DC components"):
        Root.of(Entry("", {name.lower(): (value,) for name, value in values.items()}))


def test_names() -> None:
    assert dns_name("DC=Corp,DC=Example") == "corp.example"
    with pytest.raises(ValueError, match="DC components"):
        dns_name("CN=Users,DC=corp")


def test_filters_name_every_machine_both_ways_and_not_too_many_at_once() -> None:
    machines = tuple(f"a-host-with-a-long-name-{number}.corp.example" for number in range(100))
    filters = tuple(account_filters(machines))
    assert len(filters) == 3
    assert all(f"(dNSHostName={name})" in "".join(filters) for name in machines)
    assert "(sAMAccountName=A-HOST-WITH-A-L$)" in filters[0]
    assert tuple(account_filters(())) == ()


def test_no_machine_asks_nothing() -> None:
    def heard(peer: Peer) -> int:
        return len(peer.asked)

    with connected(lambda _: [done()]) as (session, peer):
        assert READERS[ComputerAccount](session, ROOT, ()).rows == ()
        assert heard(peer) == 0


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("a*b", "a\\2ab"), ("(x)\\\0", "\\28x\\29\\5c\\00"), ("hö", "h\\c3\\b6"), ("hv-01.x", "hv-01.x")],
)
def test_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text(max_size=30))
def test_no_name_breaks_out_of_its_filter(name: str) -> None:
    (made,) = account_filters((name,))
    assert made.count("(") == made.count(")") == 5
    assert "*" not in made
    assert "\0" not in made


SITE = "CN=Servers,CN=HQ,CN=Sites,CN=Configuration,DC=corp,DC=example"


def a_server(name: str, domain: str = "DC=corp,DC=example", *, settings: bool = True, **more: str) -> dict[str, Any]:
    """A server object of a site, with the NTDS settings that a controller has."""
    dn, account = f"CN={name},{SITE}", f"CN={name},OU=Domain Controllers,{domain}"
    values = {key: [value] for key, value in {"serverReference": account, **more}.items()}
    return {dn: values} | ({f"CN=NTDS Settings,{dn}": {}} if settings else {})


def servers(objects: Mapping[str, Any], read_only: Mapping[str, Any] | None = None) -> list[DirectoryServer]:
    def answer(request: bytes) -> list[bytes]:
        found = objects if b"nTDSDSA" in request else read_only or {}
        return [*(entry(dn, values) for dn, values in found.items()), done()]

    with connected(answer) as (session, _):
        return list(READERS[DirectoryServer](session, ROOT, ()).rows)  # type: ignore[arg-type]


def test_the_controllers_of_the_domain_as_the_directory_lists_them() -> None:
    found = servers(
        a_server("DC2", dNSHostName="DC2.Corp.Example.")
        | a_server("DC1", dNSHostName="dc1.corp.example", **{"msDS-isRODC": "FALSE"})
        | a_server("RODC1", dNSHostName="rodc1.corp.example", **{"msDS-isRODC": "TRUE"})
        | a_server("NAMELESS")
        | a_server("CHILD", "DC=emea,DC=corp,DC=example", dNSHostName="child.emea.corp.example")
        | a_server("GONE", settings=False, dNSHostName="gone.corp.example")
        | {f"CN=NTDS Settings,CN=ORPHAN,{SITE}": {}}
    )
    assert found == [
        DirectoryServer("dc1.corp.example", "corp.example", False),
        DirectoryServer("dc2.corp.example", "corp.example", False),
        DirectoryServer("nameless.corp.example", "corp.example", False),
        DirectoryServer("rodc1.corp.example", "corp.example", True),
    ]


def test_a_read_only_controller_is_found_by_its_account_alone() -> None:
    accounts = {
        "CN=RODC2,OU=Domain Controllers,DC=corp,DC=example": {
            "dNSHostName": ["RODC2.corp.example"],
            "userAccountControl": [str(0x5001000)],
        },
        "CN=HV01,DC=corp,DC=example": {"dNSHostName": [MACHINE], "userAccountControl": ["4096"]},
    }
    known = a_server("RODC2", dNSHostName="rodc2.corp.example")
    for objects in ({}, known):
        assert servers(objects, accounts) == [DirectoryServer("rodc2.corp.example", "corp.example", True)]


@pytest.mark.parametrize("account", ["CN=X", "", "CN=a\\,DC=fake,CN=X,DC=other,DC=example"])
def test_a_server_whose_account_is_elsewhere_is_none_of_the_domain(account: str) -> None:
    assert servers(a_server("DC9", dNSHostName="dc9.corp.example", serverReference=account)) == []


def test_the_two_questions_are_told() -> None:
    with connected(lambda _request: [done()]) as (session, _):
        query = READERS[DirectoryServer](session, ROOT, ()).query
    base = "ldap://dc1.corp.example/CN=Sites,CN=Configuration,DC=corp,DC=example??sub?"
    assert query == (
        f"{base}(|(objectClass=nTDSDSA)(objectClass=server)) and ldap://dc1.corp.example/DC=corp,DC=example??sub?"
        "(userAccountControl:1.2.840.113556.1.4.803:=67108864)"
    )
