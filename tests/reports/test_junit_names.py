"""What dashboards follow a case by: the same in every run, no two alike, and without what a reader splits at."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reports.junit_names import LONGEST
from reports.junit_report import render
from scanner.judge import scopes
from scanner.words.baseline import Change, Difference
from scanner.words.junit_choice import WITH_PROFILES, WITHOUT_PROFILES, JunitChoice
from scanner.words.model import Profile, Status
from scanner.words.report import Report
from scanner.words.scope import Subject
from tests.reports.conftest import END, GUIDS, HOSTILE, HV01, HV02, HV11, build, finding, host, machine, move, route
from tests.reports.strategies import reports
from tests.reports.test_junit_report import assert_strict

FORMS = (WITH_PROFILES, WITHOUT_PROFILES)
EACH = tuple({"profiles": frozenset({profile}), "by_profile": True} for profile in Profile)
LONG = "A" * 500


def tree(report: Report, form: int = WITHOUT_PROFILES, **words: str):
    return etree.fromstring(render(report, JunitChoice(form, **words)).encode())


def identities(report: Report, form: int = WITHOUT_PROFILES, **words: str) -> list[tuple[str, str]]:
    return [(case.get("classname"), case.get("name")) for case in tree(report, form, **words).iter("testcase")]


@pytest.mark.parametrize(
    ("form", "profiles", "name"),
    [
        (1, (Profile.LIVE_MIGRATION,), "live-migration.run"),
        (1, (Profile.ASR_VMM, Profile.REPLICA), "asr-vmm_replica.run"),
        (1, (), "hv-preflight.run"),
        (2, (Profile.LIVE_MIGRATION,), "hv-preflight.run"),
        (2, (Profile.ASR_VMM, Profile.REPLICA), "hv-preflight.run"),
    ],
)
def test_kinds_of_move_are_in_the_class_in_form_1_alone(form, profiles, name):
    assert tree(build([], profiles=profiles), form).xpath("//testsuite/@name") == [name]


def test_another_kind_of_move_changes_no_name_in_form_2(report: Report):
    more = replace(report, profiles=(*report.profiles, Profile.REPLICA))
    assert identities(report) == identities(more)
    assert not set(identities(report, 1)) & set(identities(more, 1))


@pytest.mark.parametrize("form", FORMS)
def test_what_each_kind_of_move_is_judged_by_stands_behind_the_title(form):
    made = build([finding("ID-01", host(HV01), Status.PASS, **words) for words in EACH])
    assert_strict(tree(made, form))
    title = "ID-01 Host is joined to an Active Directory domain"
    assert [name for _, name in identities(made, form) if name.startswith("ID-01")] == [
        f"{title} (asr-vmm)",
        f"{title} (live-migration)",
        f"{title} (replica)",
    ]


def test_a_title_has_no_dot_where_readers_split():
    made = build([replace_title(finding("ID-01", host(HV01), Status.PASS), "TLS 1.2 is used")])
    assert ("hv-preflight.hv01_corp_example", "ID-01 TLS 1_2 is used") in identities(made)
    assert ("live-migration.hv01_corp_example", "ID-01 TLS 1.2 is used") in identities(made, 1)


def replace_title(found, title: str):
    return found.saying(replace(found.said, title=title))


@pytest.mark.parametrize("title", [LONG, f"{LONG[:230]}. {HOSTILE}", "…" * 300])
def test_a_long_title_keeps_the_kind_of_move(title):
    made = build([replace_title(finding("ID-01", host(HV01), Status.PASS, **words), title) for words in EACH])
    assert_strict(tree(made))
    names = [name for _, name in identities(made) if name.startswith("ID-01")]
    assert {name.rsplit(" ", 1)[-1] for name in names} == {"(asr-vmm)", "(live-migration)", "(replica)"}
    assert {len(name) for name in names} == {LONGEST}


TITLES = st.text(st.characters(exclude_categories=()), min_size=1, max_size=400)


@settings(max_examples=60, deadline=None)
@given(
    reports(),
    TITLES,
    st.sampled_from([HV01, "hv01_corp.example", "10.0.0.7", "hv01", HOSTILE]),
    st.sampled_from(["strict", "extended"]),
)
def test_whatever_it_is_called_no_two_cases_are_alike_and_readers_find_one_dot(made, title, name, profile):
    ends = zip(EACH, (Status.PASS, Status.FAIL, Status.UNKNOWN), strict=True)
    added = [replace_title(finding("ID-01", host(name), status, **words), title) for words, status in ends]
    found = identities(replace(made, findings=(*made.findings, *added)), profile=profile)
    assert set(Counter(found).values()) == {1}
    for classname, case in found:
        assert classname.count(".") == 1
        assert "." not in case
        assert len(case) <= 250
        assert case == " ".join(case.split())
        assert case.isprintable()


def test_scopes_of_a_plugin_that_share_a_suite_share_no_name():
    strange = replace(scopes.PAIR, name="x.pairs", between="--")
    twins = (Subject(strange, (HV01, HV11)), route(HV01, HV11))
    for status in (Status.PASS, Status.FAIL):
        made = build([finding("DEL-01", twins[0], status), finding("DEL-01", twins[1], Status.FAIL)])
        root = tree(made)
        assert_strict(root)
        assert len(root.xpath("//failure")) == [status, Status.FAIL].count(Status.FAIL)
        found = [case for _, case in identities(made) if case.startswith("DEL-01")]
        assert len({case.rsplit("-", 1)[0] for case in found}) == 1
        assert found == [case for _, case in identities(made) if case.startswith("DEL-01")]


def test_what_the_baseline_knows_by_the_name_of_a_case_is_no_second_one():
    now = finding("DEL-01", route(HV01, HV11), Status.FAIL)
    of_before = Subject(replace(scopes.PAIR, between="--"), (HV01, HV11))
    gone = [
        Change(check="DEL-01", subject=subject, profile="", title=now.title, before=Status.FAIL, now=None)
        for subject in (of_before, route(HV02, HV11))
    ]
    made = replace(build([now]), baseline=Difference(file="b.hvp", taken=END, unjudged=tuple(gone)))
    root = tree(made)
    assert_strict(root)
    assert len(root.xpath("//failure")) == 1
    assert [case.get("message")[:10] for case in root.iter("skipped")].count("NOT JUDGED") == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_machine_that_passed_is_named_beside_its_id(form):
    found = [
        finding("VM-06", machine(GUIDS[0], "web"), Status.PASS),
        finding("VM-02", move(GUIDS[1], "db"), Status.PASS),
        finding("ID-01", host(HV01), Status.PASS),
    ]
    told = {suite.get("name").split(".")[1]: suite.findtext("system-out") for suite in tree(build(found), form)}
    assert told[f"hv01_corp_example--{GUIDS[0]}"] == "Subject: web on hv01"
    assert told[f"hv01_corp_example--{GUIDS[1]}--hv11_branch_example"] == "Subject: db on hv01 → hv11"
    assert not told["hv01_corp_example"], "its name stands in the suite's"


def test_what_a_machine_is_called_is_no_name_of_a_case():
    one, other = (build([finding("VM-06", machine(GUIDS[0], label), Status.PASS)]) for label in ("web", HOSTILE * 90))
    assert identities(one) == identities(other)
    (told,) = tree(other).xpath("//testsuite[contains(@name, '--')]/system-out/text()")
    assert told.startswith("Subject: red \\u009b31m nul\\u0000 ]]>")
    assert len(told) <= len("Subject: ") + 201
    assert "\n" not in told


FETCHED = ("[[ATTACHMENT|/etc/shadow]]", "[[ attachment|x]]", "[[PROPERTY|a=b]]", "[[[ATTACHMENT|x]]]", "[[/PROPERTY]]")


@pytest.mark.parametrize("text", FETCHED)
@pytest.mark.parametrize("profile", ["strict", "extended"])
def test_no_reader_fetches_the_file_that_a_machine_is_called_by(text, profile):
    words = {"seen": text, "note": text, "remedy": text, "wanted": text}
    made = build([finding("VM-06", machine(GUIDS[0], text), status, **words) for status in (Status.PASS, Status.FAIL)])
    for choice in (JunitChoice(profile=profile),):
        written = render(replace(made, besides=(text,)), choice)
        assert text not in written
        assert text.replace("[[", "[ [", 1) in written or "[[ [" in written
