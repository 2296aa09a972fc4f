from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checks.delegation.del_11_new_tickets import new_tickets
from scanner.api import GapReason, Route, Status, Thresholds
from scanner.facts.delegation import DelegationChange
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import CREDSSP, account, across, both, known, settings, system, windows
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, NOW, Judge, estate

MINUTE, HOUR, YEAR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=365)
MINE, THEIRS = account(HV01, *both(HV02)), account(HV02)
LONG_AGO = NOW - YEAR


def changed(host=MINE, **times) -> DelegationChange:
    known_times = {"listed": LONG_AGO, "control": LONG_AGO, "resource": None}
    return DelegationChange(host.dn, host.sid, **(known_times | times))


def run(judge: Judge, *rows: DelegationChange, boot=LONG_AGO, facts=None, where=None):
    base = known(MINE, THEIRS) | {(MigrationSettings, HV01): [settings()]}
    base[OperatingSystem, HV01] = [replace(windows(), last_boot=boot)]
    base[DelegationChange, CORP] = [*(rows or [changed()]), *([] if len(rows) > 1 else [changed(THEIRS)])]
    return judge(new_tickets, base | (facts or {}), where, subject=f"{HV01}/{HV02}")


@pytest.mark.parametrize("changes", [{"unread": "torn"}, {"control": None}, {"control": None, "listed": None}])
def test_what_was_not_read_whole_may_have_changed_since(judge: Judge, changes):
    assert run(judge, replace(changed(), **changes)).status is Status.UNKNOWN
    assert run(judge, changed(), replace(changed(THEIRS), **changes)).status is Status.UNKNOWN


def test_long_ago(judge: Judge):
    assert run(judge).status is Status.PASS


@pytest.mark.parametrize("what", ["listed", "control"])
@pytest.mark.parametrize(
    ("ago", "boot", "expected"),
    [
        pytest.param(10 * HOUR, -YEAR, Status.PASS, id="older than a ticket"),
        pytest.param(10 * HOUR - MINUTE, -YEAR, Status.WARN, id="not yet"),
        pytest.param(15 * MINUTE, -YEAR, Status.WARN, id="a quarter of an hour"),
        pytest.param(14 * MINUTE, -YEAR, Status.UNKNOWN, id="less"),
        pytest.param(0 * MINUTE, -YEAR, Status.UNKNOWN, id="now"),
        pytest.param(2 * HOUR, -2 * HOUR + 15 * MINUTE, Status.PASS, id="it started since then"),
        pytest.param(2 * HOUR, -2 * HOUR + 14 * MINUTE, Status.WARN, id="before the change had reached it"),
        pytest.param(14 * MINUTE, -MINUTE, Status.UNKNOWN, id="it started, and the change is new"),
        pytest.param(1 * MINUTE, YEAR, Status.UNKNOWN, id="a start that is still to come"),
        pytest.param(2 * HOUR, 6 * MINUTE, Status.WARN, id="and of an older change"),
        pytest.param(2 * HOUR, 5 * MINUTE, Status.PASS, id="within what clocks may differ"),
        pytest.param(-5 * MINUTE, -YEAR, Status.UNKNOWN, id="within what clocks may differ"),
        pytest.param(-6 * MINUTE, -YEAR, Status.UNKNOWN, id="still to come"),
        pytest.param(-YEAR, YEAR * 2, Status.UNKNOWN, id="still to come, whatever the clock of the host"),
    ],
)
def test_the_last_change(judge: Judge, what, ago, boot, expected):
    finding = run(judge, changed(**{what: NOW - ago}), boot=NOW + boot)
    assert finding.status is expected
    assert ("klist" in finding.remedy) is (
        expected is Status.WARN or (expected is Status.UNKNOWN and ago >= -5 * MINUTE)
    )


def test_texts(judge: Judge):
    finding = run(judge, changed(listed=NOW - 2 * HOUR))
    assert finding.seen == "msDS-AllowedToDelegateTo of HV01 was last written at 2026-11-21 10:00 UTC"
    assert finding.note.endswith("comes by 20:00 UTC")
    assert "a quarter of an hour" in finding.works
    assert "still to come" in run(judge, changed(listed=NOW + HOUR)).note


def test_the_threshold(judge: Judge):
    where = estate(thresholds=Thresholds(ticket_hours=1))
    assert run(judge, changed(listed=NOW - HOUR), where=where).status is Status.PASS
    assert run(judge, changed(listed=NOW - HOUR + MINUTE), where=where).status is Status.WARN


def test_a_host_that_does_not_say_when_it_started(judge: Judge):
    assert run(judge, changed(listed=NOW - 2 * HOUR), boot=None).status is Status.WARN
    assert run(judge, boot=None).status is Status.PASS


def test_the_list_of_the_destination_counts_and_its_other_bits_do_not(judge: Judge):
    new = NOW - 2 * HOUR
    assert run(judge, changed(), changed(THEIRS, resource=new)).status is Status.WARN
    assert run(judge, changed(), changed(THEIRS, listed=new, control=new)).status is Status.PASS
    assert run(judge, changed(resource=new), changed(THEIRS)).status is Status.PASS, "the way back is not planned"


def test_a_list_of_another_domain(judge: Judge):
    far = account(HV11)
    base = known(MINE, far, hosts=(HV01, HV11)) | {(MigrationSettings, HV01): [settings()]}
    base |= {(OperatingSystem, HV01): [windows()], (DelegationChange, CORP): [changed()]}
    there = {(DelegationChange, BRANCH): [changed(far, resource=NOW - 2 * HOUR)]}
    late = {(OperatingSystem, HV01): [replace(windows(), last_boot=LONG_AGO)]}
    assert judge(new_tickets, base | there | late, across(), subject=f"{HV01}/{HV11}").status is Status.WARN
    assert judge(new_tickets, base | late, across(), subject=f"{HV01}/{HV11}").status is Status.UNKNOWN


def test_a_destination_that_nobody_read_stops_no_other_move(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV01, HV11)))
    assert run(judge, where=where).status is Status.PASS
    lost = {(DelegationChange, CORP): [changed()]}
    assert run(judge, facts=lost).status is Status.UNKNOWN, "the list on its own destination was not read"


def test_a_list_that_was_never_written(judge: Judge):
    assert run(judge, changed(listed=None)).status is Status.PASS


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({(DelegationChange, CORP): GapReason.ACCESS_DENIED}, Status.UNKNOWN, id="unread"),
        pytest.param({(DelegationChange, CORP): []}, Status.UNKNOWN, id="of nobody"),
        pytest.param({(DelegationChange, CORP): [changed(THEIRS)]}, Status.UNKNOWN, id="of another"),
        pytest.param({(DelegationChange, CORP): [changed()] * 2}, Status.UNKNOWN, id="twice"),
        pytest.param({(DelegationChange, CORP): [changed(unread="hidden")]}, Status.UNKNOWN, id="hidden"),
        pytest.param({(DelegationChange, CORP): [changed(control=None)]}, Status.UNKNOWN, id="no time"),
        pytest.param({(OperatingSystem, HV01): GapReason.TIMEOUT}, Status.UNKNOWN, id="no host"),
        pytest.param({(ComputerAccount, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="no account"),
        pytest.param({(ComputerSystem, HV01): [system(HV01, joined=False)]}, Status.NOT_APPLICABLE, id="work group"),
    ],
)
def test_gaps(judge: Judge, facts, expected):
    assert run(judge, facts=facts).status is expected


def test_nobody_delegates_with_credssp(judge: Judge):
    facts = {(MigrationSettings, HV01): [CREDSSP]}
    assert run(judge, facts=facts, where=estate(remote_initiated=False)).status is Status.NOT_APPLICABLE
