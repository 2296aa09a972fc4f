from __future__ import annotations

from datetime import timedelta

import pytest

from checks.asr.asr_08_host_certificates import PREFIX, host_certificates
from scanner.api import GapReason, Profile, Route, Status
from scanner.facts.certificates import OwnCertificate
from scanner.facts.replica_certificates import ReplicaCertificate
from tests.checks.common.certified import own, planned
from tests.conftest import HV01, HV02, Judge

PLAN = planned(profile=Profile.ASR_VMM)
ROW = {"friendly_name": f"{PREFIX}_1234"}
MADE, OTHER = own(HV02, row=ROW), own(HV02)
OLD = own(HV02, row=ROW, ends="2026-11-20")
NEW = own(HV02, row=ROW, starts="2026-11-22")
BARE = own(HV02, row={**ROW, "private_key": False})
BROKEN = OwnCertificate(own(HV01).path, MADE.blob)


def run(judge: Judge, certificates, chosen="", where=PLAN):
    settings = chosen if isinstance(chosen, GapReason) else [ReplicaCertificate(chosen)]
    facts = {(OwnCertificate, HV02): certificates, (ReplicaCertificate, HV02): settings}
    return judge(host_certificates, facts, where, subject=HV02)


@pytest.mark.parametrize(
    ("certificates", "chosen", "expected"),
    [
        pytest.param([MADE], "", Status.PASS, id="one"),
        pytest.param([own(HV02, row={"friendly_name": PREFIX.lower()})], "", Status.PASS, id="in another case"),
        pytest.param([OLD, MADE], "", Status.PASS, id="an old one beside"),
        pytest.param([OLD], "", Status.FAIL, id="old"),
        pytest.param([NEW], "", Status.FAIL, id="not yet valid"),
        pytest.param([BARE], "", Status.FAIL, id="without its key"),
        pytest.param([], "", Status.FAIL, id="none"),
        pytest.param([OTHER], "", Status.FAIL, id="of another name"),
        pytest.param([own(HV02, row={"friendly_name": f"x{PREFIX}"})], "", Status.FAIL, id="within another name"),
        pytest.param([OTHER], OTHER.thumbprint, Status.UNKNOWN, id="another name, and chosen"),
        pytest.param([OLD, OTHER], OTHER.thumbprint, Status.FAIL, id="old, and another chosen"),
        pytest.param([OTHER], "AB" * 20, Status.FAIL, id="chosen, and not there"),
        pytest.param([OTHER], GapReason.TIMEOUT, Status.FAIL, id="settings unread"),
        pytest.param([BROKEN], "", Status.UNKNOWN, id="unreadable"),
        pytest.param([BROKEN, MADE], "", Status.PASS, id="unreadable beside a good one"),
        pytest.param(GapReason.TIMEOUT, "", Status.UNKNOWN, id="unread"),
    ],
)
def test_certificates(judge: Judge, certificates, chosen, expected):
    assert run(judge, certificates, chosen).status is expected


@pytest.mark.parametrize(
    "where",
    [
        planned("kerberos", profile=Profile.ASR_VMM),
        planned(profile=Profile.ASR_VMM, configured=False),
        planned(profile=Profile.ASR_VMM, routes=(Route(HV01, "hv09.corp.example"),)),
    ],
)
def test_plan(judge: Judge, where):
    assert run(judge, [], where=where).status is Status.NOT_APPLICABLE


def test_one_route_of_several_is_enough(judge: Judge):
    where = planned(profile=Profile.ASR_VMM, routes=(Route(HV01, "hv09.corp.example"), Route(HV01, HV02)))
    assert run(judge, [MADE], where=where).status is Status.PASS
    assert run(judge, [], where=where).status is Status.FAIL


def test_the_first_and_the_last_second(judge: Judge):
    told, second = MADE.certificate, timedelta(seconds=1)
    for when, expected in (
        (told.not_before - second, Status.FAIL),
        (told.not_before, Status.PASS),
        (told.not_after, Status.PASS),
        (told.not_after + second, Status.FAIL),
    ):
        facts = {(OwnCertificate, HV02): [MADE], (ReplicaCertificate, HV02): [ReplicaCertificate("")]}
        assert judge(host_certificates, facts, PLAN, subject=HV02, now=when).status is expected


def test_no_settings_choose_none(judge: Judge):
    facts = {(OwnCertificate, HV02): [OTHER], (ReplicaCertificate, HV02): []}
    assert judge(host_certificates, facts, PLAN, subject=HV02).status is Status.FAIL
