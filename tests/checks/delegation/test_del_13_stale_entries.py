from __future__ import annotations

import pytest

from checks.delegation.del_13_stale_entries import stale
from scanner.api import Ask, GapReason, Route, Status
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationSettings
from scanner.judge.judging import asks_of
from tests.checks.delegation.domain import CREDSSP, account, both, known, settings, system
from tests.checks.delegation.test_del_12_file_servers import named
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate, evidence

GONE = "old.corp.example"


def base(*entries: str):
    facts = known(account(HV01, *entries), account(HV02)) | {(MigrationSettings, HV01): [settings()]}
    return facts | {(NamedAccount, CORP): []}


def run(judge: Judge, *entries: str, facts=None, where=None):
    return judge(stale, base(*entries) | (facts or {}), where, subject=HV01)


def test_every_machine_is_known(judge: Judge):
    finding = run(judge, *both(HV02), *both(HV02, "cifs"), facts={(NamedAccount, CORP): GapReason.TIMEOUT})
    assert (finding.status, finding.note) == (Status.PASS, ""), "nobody had to be looked for"
    assert finding.seen == "msDS-AllowedToDelegateTo of HV01: 4 entries"
    assert run(judge).status is Status.PASS


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (f"cifs/{GONE}", True),
        ("cifs/OLD", True),
        (f"cifs/{GONE}:445/x", True),
        ("no slash", True),
        ("http/hv02.corp.example:80", False),
        ("cifs/HV02", False),
        ("cifs/hv02.corp.example.", False),
        ("cifs/hv02.corp.example/corp.example", False),
        ("ldap/dc.corp.example/corp.example", True),
        ("ldap/corp.example", False),
    ],
)
def test_who_is_named(judge: Judge, entry, told):
    finding = run(judge, entry, *both(HV02))
    assert finding.status is Status.PASS
    assert (entry in finding.note) is told


@pytest.mark.parametrize("found", [named(GONE), named("x.corp.example", spns=("cifs/old.corp.example", "HOST/OLD"))])
def test_who_was_found_is_not_stale(judge: Judge, found):
    assert run(judge, f"cifs/{GONE}", facts={(NamedAccount, CORP): [found]}).note == ""


def test_names_that_could_not_be_looked_for(judge: Judge):
    finding = run(judge, f"cifs/{GONE}", facts={(NamedAccount, CORP): GapReason.TIMEOUT})
    assert finding.status is Status.NOT_APPLICABLE
    assert GONE in finding.note
    far = {(ComputerAccount, BRANCH): [], (NamedAccount, BRANCH): GapReason.TIMEOUT}
    assert run(judge, "cifs/old.branch.example", facts=far).status is Status.NOT_APPLICABLE


def test_many_names(judge: Judge):
    entries = [f"cifs/old{number:02}" for number in range(18)]
    finding = run(judge, *entries)
    assert finding.note.endswith("; 2 more machines not looked for")
    asked = list(asks_of([stale], evidence(base(*entries), estate())))
    assert asked == [Ask(NamedAccount, CORP, f"old{number:02}") for number in range(16)]


@pytest.mark.parametrize(
    ("further", "facts", "expected", "ends"),
    [
        ((), {(NamedAccount, BRANCH): GapReason.TIMEOUT}, Status.PASS, " and 6 more"),
        (("cifs/old16",), {(NamedAccount, BRANCH): GapReason.TIMEOUT}, Status.PASS, "; 1 more machine not looked for"),
        (("cifs/z.branch.example",), {}, Status.PASS, "; 1 more machine not looked for"),
        (("cifs/a.branch.example",), {}, Status.NOT_APPLICABLE, ""),
        (
            ("cifs/old16",),
            {(NamedAccount, CORP): [named("old16.corp.example", spns=("cifs/old16",))]},
            Status.PASS,
            " and 6 more",
        ),
    ],
)
def test_what_is_beyond_the_limit_is_not_looked_for(judge: Judge, further, facts, expected, ends):
    """No gap where it would have been looked for matters, and who found it for another reason did find it."""
    far = {(ComputerAccount, BRANCH): [], (NamedAccount, BRANCH): GapReason.TIMEOUT}
    finding = run(judge, *(f"cifs/old{number:02}" for number in range(16)), *further, facts=far | facts)
    assert finding.status is expected
    assert finding.note.endswith(ends)


def test_who_was_found_leaves_no_room_for_those_that_were_not_looked_for(judge: Judge):
    entries = [f"cifs/old{number:02}" for number in range(18)]
    found = [named(f"old{number:02}.corp.example", spns=(f"cifs/old{number:02}",)) for number in range(16)]
    some = run(judge, *entries, facts={(NamedAccount, CORP): found[:4]})
    assert some.note.endswith("; 2 more machines not looked for")
    assert "old16" not in some.note
    assert run(judge, *entries, facts={(NamedAccount, CORP): found}).note == "2 more machines not looked for"


def test_what_is_asked():
    facts = base(*both(HV02), "cifs/OLD", "cifs/no name", "cifs/x.branch.example") | {(ComputerAccount, BRANCH): []}
    asked = list(asks_of([stale], evidence(facts, estate())))
    far = [Ask(NamedAccount, domain, "x.branch.example") for domain in (CORP, BRANCH)]
    assert asked == [Ask(NamedAccount, CORP, "old"), *far]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN),
        ({(ComputerAccount, CORP): []}, Status.UNKNOWN),
        ({(ComputerSystem, HV01): [system(HV01, joined=False)]}, Status.NOT_APPLICABLE),
    ],
)
def test_gaps(judge: Judge, facts, expected):
    assert run(judge, "cifs/OLD", facts=facts).status is expected


def test_nobody_delegates_with_credssp(judge: Judge):
    facts = {(MigrationSettings, HV01): [CREDSSP]}
    assert run(judge, facts=facts, where=estate(remote_initiated=False)).status is Status.NOT_APPLICABLE


def test_moves_of_others_are_no_reason_to_look(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)), remote_initiated=False)
    facts = {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, HV02): [settings()]}
    assert run(judge, "cifs/OLD", facts=facts, where=where).status is Status.NOT_APPLICABLE
