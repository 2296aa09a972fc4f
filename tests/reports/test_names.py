from __future__ import annotations

import pytest

from reports.names import Names
from scanner.judge import scopes
from scanner.words.model import Status
from scanner.words.scope import Subject
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
        ([host(HV01), host(HV02)], "hv01, hv02"),
        ([host(f"h{number}.corp.example") for number in range(5)], "5 hosts"),
        ([route(f"h{number}.corp.example", HV11) for number in range(4)], "4 routes → hv11"),
        ([route(HV01, f"h{number}.corp.example") for number in range(4)], "4 routes from hv01"),
        ([host(HV01)], "hv01"),
    ],
)
def test_phrases(subjects, expected):
    assert names(*subjects).phrase(subjects) == expected
