from __future__ import annotations

import pytest

from checks.asr.asr_06_tls import tls_12
from checks.asr.tls import schannel
from scanner.api import Status
from scanner.facts.host import OperatingSystem
from scanner.facts.tls import NetFramework, Tls12Client
from tests.checks.asr.builders import VMM, plan, system
from tests.checks.common.builders import GONE
from tests.conftest import HV01, Judge

KEY = "Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\{}Microsoft\\.NETFramework\\v4.0.30319"
WIDE, NARROW = KEY.format(""), KEY.format("WOW6432Node\\")


def net(wide=(1, 1), narrow=(1, 1)):
    return [NetFramework(WIDE, *wide), NetFramework(NARROW, *narrow)]


ON = [Tls12Client(1, 0)]
BOTH = net()


@pytest.mark.parametrize(
    ("build", "client", "frameworks", "expected"),
    [
        # SCHANNEL
        (17763, [], BOTH, Status.PASS),
        (17763, ON, BOTH, Status.PASS),
        (17763, [Tls12Client(-1, 0)], BOTH, Status.PASS),
        (17763, [Tls12Client(None, None)], BOTH, Status.PASS),
        (17763, [Tls12Client(0, 0)], BOTH, Status.FAIL),
        (17763, [Tls12Client(0, None)], BOTH, Status.FAIL),
        (17763, [Tls12Client(1, 1)], BOTH, Status.FAIL),
        (17763, [Tls12Client(None, -1)], BOTH, Status.FAIL),
        (9600, [], BOTH, Status.PASS),
        (9200, ON, BOTH, Status.PASS),
        (9200, [], BOTH, Status.FAIL),
        (9200, [Tls12Client(1, None)], BOTH, Status.FAIL),
        (9200, [Tls12Client(None, 0)], BOTH, Status.FAIL),
        # .NET
        (14393, [], [], Status.PASS),
        (20348, [], [], Status.PASS),
        (14393, [], net((None, None), (None, None)), Status.PASS),
        (14392, [], net((None, None), (None, None)), Status.UNKNOWN),
        (9600, [], [], Status.UNKNOWN),
        (9600, [], BOTH[:1], Status.UNKNOWN),
        (9600, [], net((1, None), (None, 1)), Status.PASS),
        (17763, [], net((0, None)), Status.FAIL),
        (17763, [], net((None, 0)), Status.FAIL),
        (17763, [], net(narrow=(None, 0)), Status.FAIL),
        (17763, [], net((0, 1), (1, 0)), Status.PASS),
        (9200, [], net((None, None)), Status.FAIL),
        # unread
        (17763, GONE, BOTH, Status.UNKNOWN),
        (17763, [], GONE, Status.UNKNOWN),
        (None, [], BOTH, Status.UNKNOWN),
    ],
)
@pytest.mark.parametrize("machine", [VMM, HV01])
def test_tls(judge: Judge, machine, build, client, frameworks, expected):
    known = {
        (OperatingSystem, machine): GONE if build is None else [system(build)],
        (Tls12Client, machine): client,
        (NetFramework, machine): frameworks,
    }
    assert judge(tls_12, known, plan(), subject=machine).status is expected


def test_which_programs_it_is_about_is_told(judge: Judge):
    known = {(OperatingSystem, VMM): [system()], (Tls12Client, VMM): [], (NetFramework, VMM): net(narrow=(None, 0))}
    finding = judge(tls_12, known, plan(), subject=VMM)
    assert finding.seen == ".NET of 32 bits: SchUseStrongCrypto 0, SystemDefaultTlsVersions not set"


def test_what_is_older_than_2012_has_to_be_told_too():
    assert schannel(None, 7601).status is schannel(None, 9200).status is Status.FAIL
    assert schannel(None, 9600).status is Status.PASS
