"""Where each machine can go and why not, and what is wrong with each host: as routes and vms say it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from reports import html_machines
from reports.html_machines import machines
from reports.html_report import render
from reports.names import Names
from scanner import plugins
from scanner.commands import vms
from scanner.judge import judging, policy
from scanner.judge.machine_moves import MachineMoves
from scanner.record import record
from scanner.words.model import ALL_VMS, Severity, Status
from scanner.words.report import Report
from scanner.words.scope import Subject
from tests.reports.conftest import GUIDS, HOSTILE, HV01, HV02, HV11, build, finding, host, machine, move, route, scopes

ROOT = Path(__file__).parents[2]
OFFER = plugins.load(third_party=False)


@pytest.fixture(scope="module", params=["tests/data/good.hvp", "scanner/data/practice.hvp"], ids=["good", "broken"])
def judged(request) -> Report:
    evidence = record.load((ROOT / request.param).read_bytes(), OFFER.facts)
    findings = judging.judge(OFFER.checks, evidence)
    return policy.report_of(evidence, findings, checks=OFFER.checks, plugins=(), threshold=Severity.LOW)


def said(node) -> str:
    return " ".join(node.text_content().split())


def view(report: Report) -> html_machines.Machines:
    return machines(report, Names(report), MachineMoves.of(report)())


def section(report: Report, name: str = "machines"):
    return html.fromstring(render(report)).get_element_by_id(name)


def entries(report: Report) -> list[str]:
    return [said(li) for li in section(report).xpath("ul[contains(@class, 'vms')]/li")]


def test_the_page_says_what_vms_says(judged):
    moves = {(r.source, r.destination): frozenset(s.profile for s in r.profiles) for r in judged.routes if r.machines}
    told = {
        (row.source, row.vm_id, row.destination, row.profile): row.verdict
        for row in vms.rows(judged.findings, moves, Severity.LOW)
    }
    made = view(judged)
    assert made.moves == len(told)
    assert made.ready == sum(verdict == "ready" for verdict in told.values())
    assert made.number == len({(source, vm_id) for source, vm_id, *_ in told if vm_id})
    for entry in made.entries:
        for way in entry.ways:
            assert bool(way.stops) == (way.verdict == "not ready")
            assert way.verdict != "incomplete" or way.unknown
            assert way.verdict != "ready" or not way.unknown


def test_a_route_is_as_ready_as_the_least_ready_of_its_machines(judged):
    worst = {}
    for one in MachineMoves.of(judged)():
        key = one.source, one.destination, one.profile
        worst[key] = min(worst.get(key, "ready"), one.verdict, key=html_machines.WORST.index)
    for state in judged.routes:
        for kind in state.profiles:
            key = state.source, state.destination, kind.profile
            assert worst.get(key, kind.verdict) == kind.verdict


def test_every_link_of_a_reason_leads_to_its_finding(judged):
    page = html.fromstring(render(judged))
    ids = set(page.xpath("//@id"))
    for name in ("machines", "hosts"):
        links = page.get_element_by_id(name).xpath(".//a/@href")
        assert {link[1:] for link in links} <= ids


def one_move(status: Status, severity: Severity = Severity.CRITICAL, **words: object) -> Report:
    own = finding("VM-02", move(GUIDS[0], "web-1"), status, "5.0", **words)
    return build([replaced(own, severity)], routes=((HV01, HV11),))


def replaced(one, severity: Severity):
    return one.saying(replace(one.said, severity=severity))


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (one_move(Status.PASS), "web-1 on hv01 ready → hv11 live migration"),
        (one_move(Status.FAIL), "web-1 on hv01 not ready → hv11 live migration: VM-02"),
        (one_move(Status.UNKNOWN, note="x"), "web-1 on hv01 not known → hv11 live migration: VM-02"),
        (one_move(Status.ERROR, note="x"), "web-1 on hv01 not known → hv11 live migration: VM-02"),
        (
            one_move(Status.WARN, works="x"),
            "web-1 on hv01 ready → hv11 live migration warning, and stops nothing: VM-02",
        ),
        (
            one_move(Status.FAIL, Severity.LOW),
            "web-1 on hv01 ready → hv11 live migration failed, and stops nothing: VM-02",
        ),
        (one_move(Status.NOT_APPLICABLE, note="x"), "web-1 on hv01 not known → hv11 live migration"),
    ],
)
def test_each_status_in_words(report, told):
    assert entries(report) == [told]


def test_machines_of_which_the_same_is_to_be_said_stand_together():
    found = [finding("VM-02", move(guid, f"web-{n}"), Status.PASS, "8") for n, guid in enumerate(GUIDS[:5])]
    found[4] = finding("VM-02", move(GUIDS[4], "web-4"), Status.FAIL, "5")
    report = build([*found, finding("LM-06", host(HV11), Status.UNKNOWN, note="x")], routes=((HV01, HV11),))
    assert entries(report) == [
        "web-4 on hv01 not ready → hv11 live migration: VM-02; not known besides: LM-06",
        "web-0, web-1, web-2, web-3 on hv01 not known → hv11 live migration: LM-06",
    ]


def test_of_another_destination_something_else_may_be_said():
    report = build(
        [
            finding("VM-02", move(GUIDS[0], "web"), Status.PASS, "8"),
            finding("LM-06", host(HV11), Status.PASS, "2"),
            finding("DEL-01", route(HV01, HV02), Status.FAIL, "none"),
        ],
        routes=((HV01, HV11), (HV01, HV02)),
    )
    assert entries(report) == ["web on hv01 not ready → hv02 live migration: DEL-01 ready → hv11 live migration"]


def test_where_nobody_could_list_them_that_is_said():
    everyone = Subject(scopes.VM_ROUTE, (HV01, ALL_VMS, HV11), "virtual machines of hv01")
    report = build([finding("VM-02", everyone, Status.UNKNOWN, note="not read")], routes=((HV01, HV11),))
    assert entries(report) == ["virtual machines that nobody could list on hv01 not known → hv11 live migration: VM-02"]
    assert "of 1 host nobody could list the machines" in said(section(report))


def test_machines_on_no_planned_move_are_told_apart():
    report = build([finding("VM-06", machine(GUIDS[0], "web"), Status.WARN, "dvd", works="x")])
    told = said(section(report))
    assert "On no planned move web on hv01 1 warning VM-06" in told
    assert not entries(report)


def test_no_machine_at_all():
    assert "No virtual machine is on a planned move." in said(section(build([])))


def test_a_machine_is_found_by_its_place():
    report = one_move(Status.PASS)
    assert section(report).xpath(f"//bdi[@id='vm-hv01_corp_example--{GUIDS[0]}']")[0].text == "web-1"


def test_names_are_no_markup():
    report = build([finding("VM-02", move(GUIDS[0], HOSTILE), Status.FAIL, HOSTILE)], routes=((HV01, HV11),))
    node = section(report)
    assert not node.xpath(".//script")
    assert "\\u202e" in node.text_content()


def test_two_thousand_machines_are_bounded_with_a_word(monkeypatch):
    many = [f"{n:08x}{GUIDS[0][8:]}" for n in range(2_001)]
    found = [finding("VM-02", move(guid, f"vm-{n:04}"), Status.PASS, "8") for n, guid in enumerate(many)]
    report = build(found, routes=((HV01, HV11),))
    assert view(report).left == 2_001, "they stand together, and are more than a page names"
    assert "And 2,001 more virtual machines: hv-preflight vms tells of each." in said(section(report))
    fewer = build(found[:2_000], routes=((HV01, HV11),))
    assert view(fewer).left == 0


def test_worst_first_and_no_more_entries_than_a_page_takes(monkeypatch):
    monkeypatch.setattr(html_machines, "ENTRIES", 1)
    found = [
        finding("VM-02", move(GUIDS[0], "good"), Status.PASS, "8"),
        finding("VM-02", move(GUIDS[1], "bad"), Status.FAIL, "5"),
    ]
    report = build(found, routes=((HV01, HV11),))
    assert [entry.names[0][0] for entry in view(report).entries] == ["bad"]
    assert view(report).left == 1


def test_a_host_tells_where_it_can_send_to_and_receive_from():
    report = build(
        [
            finding("LM-06", host(HV01), Status.PASS, "2"),
            finding("DEL-01", route(HV01, HV11), Status.FAIL, "none"),
            finding("DEL-01", route(HV02, HV01), Status.UNKNOWN, note="x"),
            finding("DEL-01", route(HV01, HV02), Status.PASS, "y"),
            finding("VM-02", move(GUIDS[0], "web"), Status.FAIL, "5"),
        ],
        routes=((HV01, HV11), (HV01, HV02), (HV02, HV01)),
    )
    hosts = {li.get("id"): said(li) for li in section(report, "hosts").xpath("ul/li")}
    mine = hosts["host-hv01_corp_example"]
    assert "Can send to hv02; not ready hv11" in mine
    assert "Can receive from none now; not known hv02" in mine
    assert "On its virtual machines failed VM-02" in mine
    assert "failed DEL-01 hv01 → hv11" in mine
    assert "Can send to" not in hosts["host-hv11_branch_example"]


def test_a_host_tells_all_that_is_wrong(monkeypatch):
    """However many checks fail on it, each is named."""
    report = build([finding(check.id, host(HV01), Status.FAIL, "x") for check in build([]).checks])
    mine = said(section(report, "hosts").xpath("ul/li[1]")[0])
    assert all(check.id in mine for check in report.checks)
