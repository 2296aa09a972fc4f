"""Sound hosts of every release are ready, in pairs and across releases; a client fails what it must."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from lab import records
from lab.windows.machine.state import State
from scanner.api import Finding, Profile, Status
from scanner.judge import judging
from scanner.record import record
from tests.field.record import OFFER

VERSIONS = {"2012R2": "5.0", "2016": "8.0", "2019": "9.0", "2022": "10.0", "2025": "12.0"}
"""a configuration version that each release makes (domain.md, A7)"""
LOUD = (Status.FAIL, Status.UNKNOWN, Status.ERROR)
PAIRS = [("2012R2", "2016"), ("2016", "2019"), ("2019", "2022"), ("2019", "2025"), ("2022", "2025")]


def judged(releases: dict[str, str], edition: str = "Server Core") -> Iterator[Finding]:
    """The findings of live migration of the good estate's hosts, each of another release."""
    oldest = min(releases.values(), key=list(VERSIONS).index)

    def change(state: State) -> State:
        if state.name not in releases:
            return state
        vms = [msgspec.structs.replace(vm, version=VERSIONS[oldest]) for vm in state.vm]
        return msgspec.structs.replace(state, release=releases[state.name], edition=edition, vm=vms)

    evidence = record.load(records.anew("good", change), OFFER.facts)
    live = {Profile.LIVE_MIGRATION}
    checks = [check for check in OFFER.checks if check.profiles & live]
    return (f for f in judging.judge(checks, evidence) if Profile.LIVE_MIGRATION in f.profiles)


def loud(findings: Iterator[Finding]) -> set[tuple[str, str, str]]:
    """What is not green, but for attempts that only old hosts make: the record has none, the worn estate makes them."""
    told = (f for f in findings if f.status in LOUD and not (f.check == "RCH-04" and "was not probed" in f.note))
    return {(f.check, f.status.value, f"{f.subject.title}: {f.seen or f.note}") for f in told}


@pytest.mark.parametrize("release", VERSIONS)
def test_sound_hosts_of_one_release_are_ready(release):
    assert loud(judged(dict.fromkeys(("hv01", "hv02", "hv03", "hv11"), release))) == set()


@pytest.mark.parametrize(("older", "newer"), PAIRS)
def test_sound_hosts_of_two_releases_are_ready_both_ways(older, newer):
    assert loud(judged({"hv01": older, "hv02": newer, "hv03": older, "hv11": newer})) == set()


def test_sound_hosts_of_azure_local_are_ready():
    assert loud(judged(dict.fromkeys(("hv01", "hv02", "hv03", "hv11"), "2025"), "Azure Local")) == set()


def test_a_client_fails_what_it_must():
    found = loud(judged(dict.fromkeys(("hv01", "hv02", "hv03", "hv11"), "2025"), "Client"))
    assert {check for check, status, _ in found if status == "FAIL"} == {"HOST-02"}
