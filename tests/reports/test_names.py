from __future__ import annotations

import pytest

from reports.names import Names
from scanner.judge import scopes
from scanner.words.model import ALL_VMS, Status
from scanner.words.scope import Subject
from scanner.words.source import TargetInfo
from tests.reports.conftest import GUIDS, HV01, HV02, HV11, build, finding, host, machine, move, route

BRANCH = "hv01.branch.example"


def names(*subjects: Subject) -> Names:
    return Names(build([finding("ID-01", subject, Status.PASS) for subject in subjects]))


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        ([host(HV01), host(HV11)], ["hv01", "hv11"]),
        ([host(HV01), host(BRANCH), host(HV02)], [HV01, BRANCH, "hv02"]),
        ([host("10.20.0.7"), host("fd00::1")], ["10.20.0.7", "fd00::1"]),
        ([route(HV01, HV11)], ["hv01 → hv11"]),
        ([Subject(scopes.PAIR, (HV01, BRANCH))], [f"{HV01} ↔ {BRANCH}"]),
        ([machine(GUIDS[0], "web"), machine(GUIDS[1], "sql")], ["web on hv01", "sql on hv01"]),
        ([machine(g, "web") for g in GUIDS[:2]], ["web on hv01 (00000001)", "web on hv01 (00000002)"]),
        ([Subject(scopes.KEY_FILE, ("C:\\keys\\a.vault",))], ["a.vault"]),
        ([Subject(scopes.KEY_FILE, (f"/{x}/a.vault",)) for x in "xy"], ["/x/a.vault", "/y/a.vault"]),
        ([Subject(scopes.RUN, ("run",), "this run")], ["this run"]),
        ([Subject(scopes.DOMAIN, ("corp.example",))], ["corp.example"]),
    ],
)
def test_titles(subjects, expected):
    known = names(*subjects)
    assert [known.title(subject) for subject in subjects] == expected


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        ([move(guid, "web") for guid in GUIDS[:3]], "3 VMs → hv11"),
        ([machine(guid, "web") for guid in GUIDS[:3]], "3 VMs on hv01"),
        ([move(ALL_VMS, "any")], "any on hv01 → hv11"),
        ([Subject(scopes.VM_ROUTE, (HV01, ALL_VMS, end)) for end in (HV02, HV11)], "virtual machines of hv01"),
        (
            [Subject(scopes.VM_ROUTE, (at, ALL_VMS, HV11)) for at in (HV01, HV02)],
            "virtual machines of hv01, hv02 → hv11",
        ),
        ([Subject(scopes.VM, (f"h{n}.example", ALL_VMS)) for n in range(4)], "virtual machines of 4 hosts"),
        ([machine(GUIDS[0], "web"), Subject(scopes.VM, (HV02, ALL_VMS))], "virtual machines of hv01, hv02"),
        ([host(HV01), host(HV02)], "hv01, hv02"),
        ([host(f"h{number}.corp.example") for number in range(5)], "5 hosts"),
        ([route(f"h{number}.corp.example", HV11) for number in range(4)], "4 routes → hv11"),
        ([route(HV01, f"h{number}.corp.example") for number in range(4)], "4 routes from hv01"),
        ([host(HV01)], "hv01"),
    ],
)
def test_phrases(subjects, expected):
    assert names(*subjects).phrase(subjects) == expected


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([HV11, HV01], "hv01, hv11"),
        (["corp.example", *(f"h{number}.example" for number in range(12))], "12 hosts, corp.example"),
        (["a.example", "b.example", "c.example", "d.example", HV01], "hv01, 4 targets"),
        (["k.vault", HV01], "hv01, k.vault"),
    ],
)
def test_targets_of_every_kind(targets, expected):
    found = [finding("ID-01", host(name), Status.PASS) for name in targets if name[0] == "h"]
    infos = (TargetInfo(name="corp.example", kind="domain"), TargetInfo(name="k.vault", kind="key-file"))
    assert Names(build(found, targets=infos)).targets(targets) == expected
