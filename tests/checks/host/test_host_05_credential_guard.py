from __future__ import annotations

import pytest

from checks.host.host_05_credential_guard import credential_guard
from checks.migration.lm_03_authentication_and_delegation import fit_together
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VmStorage
from tests.checks.delegation.domain import (
    CREDSSP,
    GUARDED,
    OPEN,
    SIDS,
    UNGUARDED,
    account,
    both,
    known,
    settings,
    system,
    windows,
)
from tests.conftest import CORP, HV01, HV02, HV11, Judge, estate

FULL = account(HV01, *both(HV02), *both(HV02, "cifs"))
ANY = account(HV01, uac=OPEN)
GONE = GapReason.TIMEOUT
LOCAL = estate(remote_initiated=False)


def run(judge: Judge, guard, source=FULL, mode=None, build=17763, there=(), where=None, **more):
    registered = account(HV02, allowed=tuple(there), spns=(*both(HV02), *both(HV02, "HOST")))
    facts = known(source, registered)
    facts |= {(MigrationSettings, host): [mode or settings()] for host in (HV01, HV02)}
    facts |= {(OperatingSystem, HV01): [windows(build)], (VmStorage, HV01): [], (DeviceGuard, HV01): guard}
    return judge(credential_guard, facts | more.get("facts", {}), where, subject=HV01)


@pytest.mark.parametrize("where", [None, LOCAL])
@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        pytest.param([GUARDED], Status.FAIL, id="runs"),
        pytest.param([UNGUARDED], Status.PASS, id="does not"),
        pytest.param([DeviceGuard((2,))], Status.PASS, id="code integrity alone"),
        pytest.param(GONE, Status.UNKNOWN, id="unread"),
        pytest.param([], Status.UNKNOWN, id="no row"),
    ],
)
def test_credssp(judge: Judge, guard, expected, where):
    assert run(judge, guard, mode=CREDSSP, where=where).status is expected


@pytest.mark.parametrize(
    ("source", "there", "expected"),
    [
        pytest.param(FULL, (), Status.PASS, id="names"),
        pytest.param(ANY, (), Status.FAIL, id="any service alone"),
        pytest.param(ANY, (SIDS[HV01],), Status.PASS, id="any service, and resource-based delegation does without"),
        pytest.param(account(HV01, *FULL.delegates_to, uac=OPEN), (), Status.PASS, id="any service, and names"),
        pytest.param(account(HV01, *both(HV02), uac=OPEN), (), Status.FAIL, id="cifs by any service alone"),
        pytest.param(account(HV01), (), Status.PASS, id="no delegation at all is DEL-01's"),
    ],
)
def test_delegation(judge: Judge, source, there, expected):
    assert run(judge, [GUARDED], source, there=there).status is expected
    unread = Status.UNKNOWN if expected is Status.FAIL else Status.PASS
    assert run(judge, GONE, source, there=there).status is unread
    assert run(judge, GONE, source, there=there, build=26100).status is unread
    assert run(judge, [UNGUARDED], source, there=there).status is Status.PASS


def test_what_a_plan_does_not_use_is_not_judged(judge: Judge):
    partly = account(HV01, *both(HV02), uac=OPEN)
    stays = estate(routes=(Route(HV01, HV02, storage=False),))
    assert run(judge, [GUARDED], partly, where=stays).status is Status.PASS
    disks = estate(routes=(Route(HV01, HV02, machines=False),))
    other = account(HV01, *both(HV02, "cifs"), uac=OPEN)
    assert run(judge, [GUARDED], other, where=disks).status is Status.PASS
    assert run(judge, [GUARDED], other).status is Status.FAIL


def test_only_what_moves_from_here_to_members_counts(judge: Judge):
    """What HV11 sends says nothing of HV01; a destination in no domain is delegated nothing, and hides no other."""
    names = account(HV01, *both(HV02), *both(HV02, "cifs"), uac=OPEN)
    elsewhere = {(fact, HV11): rows for fact, rows in ((ComputerSystem, [system(HV11)]), (VmStorage, []))}
    elsewhere[MigrationSettings, HV11] = [settings()]
    hosts = (HV01, HV02, HV11)
    others_way = estate(hosts=hosts, routes=(Route(HV02, HV11), Route(HV01, HV02)))
    assert run(judge, [GUARDED], names, where=others_way, facts=elsewhere).status is Status.PASS
    alone = elsewhere | {(ComputerSystem, HV11): [system(HV11, joined=False)]}
    outside_first = estate(hosts=hosts, routes=(Route(HV01, HV11), Route(HV01, HV02)))
    assert run(judge, [GUARDED], names, where=outside_first, facts=alone).status is Status.PASS
    assert run(judge, [GUARDED], ANY, where=outside_first, facts=alone).status is Status.FAIL


@pytest.mark.parametrize(
    ("build", "guard", "expected"),
    [
        (9200, [], Status.NOT_APPLICABLE),
        (9600, [], Status.NOT_APPLICABLE),
        (9600, GONE, Status.NOT_APPLICABLE),
        (14392, [], Status.NOT_APPLICABLE),
        (14393, [], Status.UNKNOWN),
        (14393, [GUARDED], Status.FAIL),
        (20348, [GUARDED], Status.FAIL),
        (26100, [GUARDED], Status.FAIL),
        (26100, GONE, Status.UNKNOWN),
    ],
)
def test_releases(judge: Judge, build, guard, expected):
    assert run(judge, guard, mode=CREDSSP, build=build).status is expected


@pytest.mark.parametrize(
    ("build", "kind", "noted"),
    [
        (26099, ProductType.SERVER, False),
        (26100, ProductType.SERVER, True),
        (26400, ProductType.SERVER, True),
        (26100, ProductType.DOMAIN_CONTROLLER, False),
    ],
)
def test_where_it_is_on_by_default_and_does_not_run_yet(judge: Judge, build, kind, noted):
    finding = run(judge, [UNGUARDED], facts={(OperatingSystem, HV01): [windows(build, kind)]})
    assert finding.status is Status.PASS
    assert ("on by default" in finding.note) is noted


def test_the_destination_does_not_matter(judge: Judge):
    assert run(judge, [UNGUARDED], mode=CREDSSP, facts={(DeviceGuard, HV02): [GUARDED]}).status is Status.PASS


def test_a_host_in_no_domain(judge: Judge):
    facts = {(ComputerSystem, HV01): [system(HV01, joined=False)]}
    for guard in ([GUARDED], [UNGUARDED], GONE):
        assert run(judge, guard, facts=facts).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("fact", "target", "source"),
    [
        (MigrationSettings, HV01, FULL),
        (ComputerSystem, HV01, FULL),
        (ComputerAccount, CORP, ANY),
        (ComputerSystem, HV02, ANY),
        (VmStorage, HV01, ANY),
    ],
)
def test_unread(judge: Judge, fact, target, source):
    stays = estate(routes=(Route(HV01, HV02, storage=False),))
    assert run(judge, [GUARDED], source, facts={(fact, target): GONE}, where=stays).status is Status.UNKNOWN


def test_without_the_release_it_is_not_told_from_one_that_has_none(judge: Judge):
    assert run(judge, [UNGUARDED], facts={(OperatingSystem, HV01): GONE}).status is Status.UNKNOWN
    assert run(judge, [GUARDED], mode=CREDSSP, facts={(OperatingSystem, HV01): GONE}).status is Status.FAIL


def test_what_is_printed(judge: Judge):
    assert "Set-VMHost" in run(judge, [GUARDED], mode=CREDSSP).remedy
    finding = run(judge, [GUARDED], ANY)
    assert all(line.startswith("Set-ADComputer ") for line in finding.remedy.splitlines())
    assert len(finding.remedy.splitlines()) == 2
    assert "HV02" in finding.seen


def test_lm_03_follows_from_it():
    assert credential_guard.id in fit_together.follows
