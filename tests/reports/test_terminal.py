from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from reports.terminal import render
from reports.unjudged import nameless
from scanner.plugins import load
from scanner.words.model import Gap, GapReason, Profile, Severity, Status
from scanner.words.report import UNPROVEN, Report
from scanner.words.source import TargetInfo
from scanner.words.wording import READABLE
from tests.reports.conftest import GUIDS, HV01, HV02, HV11, REMEDY, SILENT, build, finding, host, move, route
from tests.reports.strategies import reports

READ = "Read 2026-11-21 12:00 UTC"
LIMITS = (
    "As far as judged: 8 of 9 checks of live migration\n"
    "Not judged by any check, ever: 1 passage (hv-preflight checks --not-judged)\n"
    f"{UNPROVEN}\n"
)
"""Ends every report that a terminal shows."""


@pytest.mark.parametrize(
    ("form", "same"),
    [
        ("{0}; {1}", True),  # two facts, as a check that needs both says
        ("DEL-01: {0}; DEL-02: {0}", True),  # verdicts that another check rests on
        ("{0}; {2}", True),  # of two targets: nobody of either answers
        ("{0}; {3}", False),
        ("{0}; and its switch is not known", False),
    ],
)
def test_one_cause_is_told_once_however_many_facts_it_costs(form: str, same: bool):
    other = replace(SILENT, fact="VmStorage")
    dead, refused = replace(SILENT, target=HV01), replace(SILENT, fact="X", reason=GapReason.ACCESS_DENIED)
    note = form.format(SILENT, other, dead, refused)
    found = [finding("ID-01", host(HV11), Status.UNKNOWN, note=str(SILENT))]
    found.append(finding("LM-06", host(HV11), Status.UNKNOWN, note=note))
    told = render(build(found, gaps=(SILENT, other, dead, refused)), width=200)
    assert told.count("no answer on 5986") == (1 if same else 1 + note.count("no answer on 5986"))
    assert ("also    LM-06" in told) == same


def test_a_line_a_route_worst_first(report: Report):
    last = render(report).split("\n\n")[-1].splitlines()
    assert last[:4] == [
        "live migration   NOT READY    hv01 → hv11   1 blocker, 1 lesser failed, 2 warnings, 6 unknown",
        "                 NOT READY    hv02 → hv11   1 blocker, 2 unknown",
        "                 NOT READY    hv01 → hv02   1 blocker, 1 lesser failed, 2 warnings",
        "                 INCOMPLETE   hv11 → hv01   1 lesser failed, 1 warning, 4 unknown",
    ]


def test_a_blocker_tells_all(report: Report):
    assert (
        render(report)
        .split("\n\n")[0]
        .startswith(
            "✖ DEL-01  critical  hv01 → hv11   Source may delegate the migration service\n"
            "          seen    cifs/hv11.branch.example\n"
            '          wanted  "Microsoft Virtual System Migration Service/hv11.branch.example"\n'
            "          why     Source may delegate the migration service: without it a move ends in an error.\n"
            "          do      Set-ADComputer -Identity 'hv11' -Server 'branch.example' `\n"
            "                    -PrincipalsAllowedToDelegateToAccount (Get-ADComputer 'hv01')\n"
            "✖ NET-01  high      hv02   "
        )
    )


def test_without_a_command_the_general_remedy_is_told(report: Report):
    assert "          do      In general, see to it: migration traffic is not sent in clear text.\n" in render(report)


def test_what_is_unknown_is_told_once_for_each_reason(report: Report):
    lines = [line for line in render(report, width=140).splitlines() if line.startswith("?")]
    reason = "hv11: unreachable (no answer on 5986 within 10 s)"
    assert lines == [
        "? ID-03   hv01 ↔ hv11   not judged: the check failed: KeyError: 'x'",
        f"? DEL-01  hv11 → hv01   not judged: {reason}",
        "? ID-01   hv11   not judged: as above",
        "? VM-02   3 VMs → hv11   not judged: as above",
    ]
    assert "as above\n          also    LM-06\n" in render(report)


def test_last_the_counts(report: Report):
    counts = "2 passed · 3 failed · 2 warnings · 2 not applicable · 6 unknown · 1 error"
    assert render(report, width=140).endswith(f"\n8 checks on 3 hosts, 4 routes, 3 VMs: {counts}. {READ}\n{LIMITS}")


def test_many_subjects_of_one_check_are_named_not_repeated():
    hosts = [f"hv{number:02}.corp.example" for number in range(12)]
    text = render(build([finding("ID-01", host(name), Status.FAIL, "WORKGROUP") for name in hosts]))
    assert text.count("seen    WORKGROUP") == 3
    assert "          also    hv03, hv04, hv05, hv06, hv07, 4 more\n" in text


def test_many_routes_are_counted():
    ends = [(HV01, f"hv{number:02}.corp.example") for number in range(30, 55)]
    text = render(build([finding("DEL-01", route(*pair), Status.PASS) for pair in ends], routes=ends))
    assert "… and 5 more moves: 5 ready\n" in text


def test_short_names_only_where_they_are_unambiguous():
    twins = ("hv01.corp.example", "hv01.branch.example")
    text = render(build([finding("DEL-01", route(*twins), Status.FAIL, "x")], routes=(twins,)))
    assert "✖ DEL-01  critical  hv01.corp.example → hv01.branch.example" in text


def test_machines_of_one_name_stay_apart():
    found = [finding("VM-02", move(guid, "web"), Status.FAIL, "x") for guid in GUIDS[:2]]
    text = render(build(found))
    assert "web on hv01 → hv11 (00000001)" in text
    assert "web on hv01 → hv11 (00000002)" in text


@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_it_fits_but_commands_stay_whole(report: Report, width):
    for line in render(report, width=width).splitlines():
        assert len(line) <= max(width, 40) or line.lstrip().startswith(("do ", "-Principals"))
    assert all(line in render(report, width=width) for line in REMEDY.splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252", "utf-8"])
def test_any_encoding_can_say_it(report: Report, encoding):
    text = render(report, encoding=encoding)
    assert text.encode(encoding).decode(encoding) == text
    assert ("✖" in text) is (encoding == "utf-8")
    assert ("x DEL-01  critical  hv01 -> hv11" in text) is (encoding != "utf-8")


def test_colour_only_on_demand(report: Report):
    plain, painted = render(report), render(report, color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mNOT READY" in painted


@settings(max_examples=50, deadline=None)
@given(reports())
def test_nothing_hostile_reaches_the_terminal(made: Report):
    assert all(char.isprintable() or char in READABLE for char in render(made))


def test_markup_of_others_is_text(report: Report):
    assert "[bold]b[/bold]" in render(report, width=300)
    assert "\\u202egnp.exe" in render(report, width=300)
    assert len(render(report)) < 20_000, "a megabyte is not printed"


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ({}, "INCOMPLETE   Nothing was judged."),
        ({"interrupted": True}, "INTERRUPTED   The run was ended early; what had been read by then is judged."),
    ],
)
def test_without_routes_the_verdict_stands_first(words, start):
    text = render(build([], **words))
    assert text == f"{start}\n0 checks on nothing: no verdict. {READ}\n{LIMITS}"


def test_a_ready_estate_is_three_lines_and_how_far_they_reach():
    found = [finding("ID-01", host(name), Status.PASS, "member") for name in (HV01, HV02)]
    text = render(build(found, routes=((HV01, HV02),)))
    counts = f"1 check on 2 hosts, 1 route: 2 passed. {READ}"
    assert text == f"live migration   READY   hv01 → hv02\n{counts}\n{LIMITS}"


def test_what_no_check_lacks_is_not_told():
    assert "As far as judged" not in render(build([], not_judged=()))
    assert "Not judged by any check" not in render(build([], not_judged=()))
    assert UNPROVEN in render(build([], not_judged=()), width=140)


def test_each_kind_of_move_has_its_own_line():
    both = frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA})
    found = [
        finding("ID-01", host(HV01), Status.PASS, "member", profiles=both),
        finding("DEL-01", route(HV01, HV02), Status.FAIL, "x", profiles=frozenset({Profile.LIVE_MIGRATION})),
    ]
    text = render(build(found, routes=((HV01, HV02),), profiles=both))
    assert text.split("\n\n")[-1].startswith(
        "live migration    NOT READY   hv01 → hv02   1 blocker\nHyper-V Replica   READY       hv01 → hv02\n"
    )


@pytest.mark.parametrize("width", [100, 60])
def test_routes_of_one_kind_of_move_stand_together_live_migration_first(width):
    every = frozenset(Profile)
    found = [
        finding("ID-01", host(HV01), Status.PASS, "member", profiles=every),
        finding("DEL-01", route(HV02, HV01), Status.FAIL, "x", profiles=frozenset({Profile.REPLICA})),
    ]
    text = render(build(found, routes=((HV01, HV02), (HV02, HV01)), profiles=every), width=width)
    moves, _ = text.split("\n\n")[-1].split("\n2 checks on")
    ready = ["READY hv01 → hv02", "READY hv02 → hv01"]
    stopped = ["NOT READY hv02 → hv01 1 blocker", "READY hv01 → hv02"]
    wanted = ["live migration", *ready, "Hyper-V Replica", *stopped, "Site Recovery", *ready]
    assert " ".join(moves.split()) == " ".join(wanted)


def test_many_routes_of_several_kinds_are_counted_for_each():
    ends = [(HV01, f"hv{number:02}.corp.example") for number in range(30, 40)]
    text = render(build([], routes=ends, profiles=("live-migration", "replica")))
    assert text.count("… and") == 0
    text = render(build([], routes=[*ends, (HV01, HV02)], profiles=("live-migration", "replica")))
    assert text.count("\n                  … and 1 more move: 1 incomplete\n") == 2


def test_what_a_person_has_to_do_is_text_and_no_command():
    words = "Join 'hv01.corp.example' to a domain that the other hosts are in or trust, as someone who may in it."
    one = finding("ID-01", host(HV01), Status.FAIL, "x", remedy=f"{words}\n{REMEDY}")
    text = render(build([one]), width=60)
    assert words not in text
    assert words in " ".join(text.split())
    assert "          do      Join 'hv01.corp.example' to a domain" in text
    assert all(line in text for line in REMEDY.splitlines())


def test_several_subjects_of_one_kind_of_move_are_told_apart():
    found = [
        finding("ID-01", host(name), Status.FAIL, "x", profiles=frozenset({profile}), by_profile=True)
        for name in (HV01, HV02, HV11)
        for profile in (Profile.REPLICA, Profile.LIVE_MIGRATION)
    ]
    text = render(build(found, profiles=("live-migration", "replica")))
    assert "also    hv02 (Hyper-V Replica), hv11 (live migration), hv11 (Hyper-V Replica)\n" in text


def test_of_a_verdict_for_each_kind_of_move_the_kind_is_told():
    one = finding("ID-01", host(HV01), Status.FAIL, "x", profiles=frozenset({Profile.REPLICA}), by_profile=True)
    assert "✖ ID-01   critical  hv01 (Hyper-V Replica)" in render(build([one], profiles=("replica",)))


def test_why_a_warning_does_not_stop_the_move():
    one = finding("NET-02", host(HV01), Status.WARN, "Public", works="the category decides nothing by itself")
    assert "works   the category decides nothing by itself" in render(build([one]))


def test_threshold_decides_what_blocks():
    found = [
        finding("LM-06", host(HV01), Status.FAIL, "x"),
        finding("LM-06", host(HV11), Status.UNKNOWN, note=str(SILENT)),
    ]
    assert "✖ LM-06" in render(build(found, threshold=Severity.LOW))
    assert "! LM-06" in render(build(found))


def test_a_finding_of_an_unknown_check_is_printed(report: Report):
    assert "✖ DEL-01" in render(replace(report, checks=()))


def test_the_command_line_gets_it_by_the_hook(report: Report):
    (text,) = [reporter for reporter in load(third_party=False).reporters if reporter.paint]
    assert text.paint is not None
    assert text.render(report) == render(report)
    assert "DEL-01" in text.paint(report, 80, False)


def test_every_cause_is_told_with_its_own_remedy():
    """What mends one route does not mend another, although one check found both."""
    within, across = "Set-ADComputer -Identity 'hv01' -Add x", "Enable-VMMigration -ComputerName 'hv11'"
    found = [
        finding("DEL-01", route(HV01, HV02), Status.FAIL, "a", remedy=within),
        finding("DEL-01", route(HV02, HV01), Status.FAIL, "b", remedy=within.replace("hv01", "hv02")),
        finding("DEL-01", route(HV01, HV11), Status.FAIL, "c", remedy=across, note="the domains differ"),
    ]
    text = render(build(found))
    assert text.count("✖ DEL-01") == 2
    assert within in text
    assert across in text
    assert text.index("also    hv02 → hv01") < text.index("hv01 → hv11   Source")


def test_more_causes_than_are_told_are_named():
    found = [finding("DEL-01", route(HV01, f"h{n}.example"), Status.FAIL, "a", note=f"reason {n}") for n in range(5)]
    text = render(build(found))
    assert text.count("✖ DEL-01") == 3
    assert "for other reasons: " in text


def silent_estate(number: int, detail: str) -> Report:
    """Nobody answers: so many hosts that all move to hv11, and their domain."""
    hosts = [f"hv{n:02}.corp.example" for n in range(20, 20 + number)]
    gaps = [Gap("Service", name, GapReason.UNREACHABLE, detail.format(name)) for name in hosts]
    found = [finding("ID-01", host(gap.target), Status.UNKNOWN, note=str(gap)) for gap in gaps]
    found += [finding("DEL-01", route(gap.target, HV11), Status.UNKNOWN, note=f"{gap}; {gap}") for gap in gaps]
    gaps.append(Gap("Trust", "corp.example", GapReason.UNREACHABLE, detail.format("_ldap._tcp.dc._msdcs.corp.example")))
    return build(
        found,
        gaps=gaps,
        routes=[(name, HV11) for name in hosts],
        targets=(TargetInfo(name="corp.example", kind="domain"),),
    )


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("no DNS server answered for {} within 2 s", "no DNS server answered within 2 s"),
        ("no answer on 5986 within 10 s", "no answer on 5986 within 10 s"),
        ("{} cannot be looked up: no", "it cannot be looked up: no"),
    ],
)
def test_one_cause_of_many_targets_is_told_once_with_what_it_costs(detail: str, told: str):
    text = render(silent_estate(12, detail), width=200)
    assert [line for line in text.splitlines() if line.startswith("?")] == [
        f"? DEL-01  12 routes → hv11   not judged: 12 hosts, corp.example: unreachable ({told})",
        "? ID-01   12 hosts   not judged: as above",
    ]


def test_lines_do_not_grow_with_those_who_share_a_cause():
    few, many = (len(render(silent_estate(n, "no answer for {}")).splitlines()) - n for n in (4, 12))
    assert few == many


def test_a_name_that_only_begins_like_the_target_is_no_name_of_it():
    gaps = [
        Gap("Trust", name, GapReason.UNREACHABLE, f"dc1.{name} timed out; {name}.old, {name}-x, ab-{name}, for {name}.")
        for name in ("a.example", "b.example")
    ]
    assert [nameless(gap) for gap in gaps] == [
        f"dc1.{gap.target} timed out; {gap.target}.old, {gap.target}-x, ab-{gap.target},." for gap in gaps
    ]


def test_a_cause_whose_words_name_one_target_for_all_stays_one():
    """Who refused the account is said of every host alike, of that one, too."""
    gaps = [Gap("Service", name, GapReason.ACCESS_DENIED, f"{HV01} refused the sign-in") for name in (HV01, HV02, HV11)]
    found = [finding("ID-01", host(gap.target), Status.UNKNOWN, note=str(gap)) for gap in gaps]
    text = render(build(found, gaps=gaps), width=200)
    assert (
        f"? ID-01   hv01, hv02, hv11   not judged: hv01, hv02, hv11: access denied ({HV01} refused the sign-in)" in text
    )
    assert text.count("?") == 1


def test_each_domain_that_was_not_read_has_a_line():
    ok = finding("ID-01", host(HV01), Status.PASS, "member")
    gap = Gap("Trust", "corp.exmaple", GapReason.UNREACHABLE, "DNS has no such name")
    unread = TargetInfo(name=gap.target, kind="domain")
    line = "! domain corp.exmaple was not read: unreachable (DNS has no such name); "

    def told(found, targets=(unread,), gaps=(gap,)):
        made = build(found, gaps=gaps, targets=targets, routes=((HV01, HV02),))
        return [row for row in render(made, width=200).splitlines() if row.startswith("!")]

    assert told([ok]) == [f"{line}no verdict rests on it"]
    assert told([replace(ok, status=Status.UNKNOWN, note=str(SILENT))]) == [
        f"{line}no verdict is missing for this alone"
    ]
    lacking = [replace(ok, status=Status.UNKNOWN, subject=host(name), note=f"DEL-01: {gap}") for name in (HV01, HV02)]
    assert told(lacking[:1]) == [f"{line}1 verdict lacks it"]
    assert told(lacking) == [f"{line}2 verdicts lack it"]
    assert told([ok], targets=(replace(unread, answered=1),)) == []
    assert told([ok], targets=(replace(unread, kind="controller"),)) == []
    assert told([ok], gaps=()) == []


def test_who_holds_the_run_from_no_route_is_told():
    ok = [finding("DEL-01", route(HV01, HV02), Status.PASS, "x")]
    off = [
        finding("ID-01", host(HV11), Status.UNKNOWN, note="why"),
        finding("LM-06", host(HV11), Status.UNKNOWN, note="why"),
        finding("NET-01", host(HV11), Status.FAIL, "x"),
    ]

    def told(found, routes=((HV01, HV02),)):
        return [row for row in render(build(found, routes=routes), width=200).splitlines() if row.startswith("! on no")]

    assert told([*ok, *off[:2]]) == ["! on no route: hv11 (counts against the run: 2 unknown)"]
    assert told([*ok, *off]) == ["! on no route: hv11 (counts against the run: 1 blocker, 2 unknown)"]
    more = [finding("ID-01", host(name), Status.UNKNOWN, note="why") for name in ("h1", "h2", "h3")]
    assert told([*ok, *off[:1], *more]) == ["! on no route: 4 hosts (count against the run: 4 unknown)"]
    assert told(ok) == []
    assert told([*ok, *off], routes=((HV01, HV02), (HV02, HV11))) == []
    assert told([*ok, *off], routes=()) == []
    assert told([*ok, finding("LM-06", host(HV11), Status.FAIL, "below the threshold")]) == []


def test_a_command_is_printed_once_and_then_referred_to():
    other = "Enable-VMMigration -ComputerName 'hv01'"
    found = [
        finding("DEL-01", route(HV01, HV11), Status.FAIL, "a", remedy=REMEDY),
        finding("ID-01", host(HV01), Status.FAIL, "b", remedy=f"Ask who may.\n{REMEDY}\n{other}"),
        finding("NET-01", host(HV02), Status.FAIL, "c", remedy=f"{REMEDY}\n{REMEDY}\n{other}\nAsk who may."),
    ]
    text = render(build(found), width=60)
    assert text.count(REMEDY.splitlines()[1]) == text.count(other) == 1
    assert "do      Ask who may.\n                  as under DEL-01, hv01 → hv11\n                  Enable-VMM" in text
    assert text.count("as under DEL-01, hv01 → hv11") == 2
    assert "as under ID-01, hv01\n                  Ask who may.\n" in text


def test_what_an_interrupted_run_never_came_to_ask_is_one_cause_with_the_rest():
    gap = Gap("VmStorage", HV02, GapReason.NOT_COLLECTED, "interrupted")
    note = f"{gap}; EndpointProbe of {HV02}: not collected (interrupted)"  # of the second round there is no gap
    found = [finding("ID-01", host(HV02), Status.UNKNOWN, note=str(gap))]
    found.append(finding("DEL-01", route(HV01, HV02), Status.UNKNOWN, note=note))
    text = render(build(found, gaps=(gap,), interrupted=True), width=200)
    assert text.count("hv02: not collected (interrupted)") == 1
    assert text.count("as above") == 1
