"""The record: saved and read again it gives the same findings; what is no record is refused with words."""

from __future__ import annotations

import json
import tracemalloc
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.api import Evidence, GapReason, KeyFile, Profile, Severity, TargetInfo, Who, check, passed, scopes
from scanner.estate.secret import remember
from scanner.facts.directory import TopLevelName, Trust
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem, ProductType, Service
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings
from scanner.facts.keyfile import RegistrationKey
from scanner.judge.judging import judge
from scanner.record.record import RecordError, dump, load
from scanner.words.evidence import Answer
from tests.conftest import CORP, HV01, HV02, NOW, ended, estate, evidence

FACTS = (ClusterInfo, ComputerSystem, OperatingSystem, Service, MigrationSettings, Trust, RegistrationKey)
SYSTEM = ComputerSystem("HV01", "hv01", "corp.example", part_of_domain=True, domain_role=3)


def a_record() -> Evidence:
    where = replace(estate(), key_files=(KeyFile("k", vault="v"),), profiles=frozenset(Profile))
    when = datetime(2026, 11, 20, 8, 50, 0, 123456, tzinfo=UTC)
    record = evidence(
        {
            (ComputerSystem, HV01): [SYSTEM],
            (ComputerSystem, HV02): GapReason.TIMEOUT,
            (OperatingSystem, HV01): [OperatingSystem(NOW, 17763, "10.0.17763", ProductType.SERVER, None)],
            (MigrationSettings, HV01): [MigrationSettings(True, MigrationAuthentication.KERBEROS, True, None, 2, 2)],
            (Trust, CORP): [Trust("branch.example", "BRANCH", 3, 2, 8, (TopLevelName("branch.example", True),))],
            (RegistrationKey, "k"): [
                RegistrationKey(
                    "k", 3, "", "RSVaultAsrCreds", True, "v", "s", "l", "r", ("a.b",), "", "", when, when, "", None
                )
            ],
        },
        where,
    )
    record.note(TargetInfo(name=HV01, kind="host", who="CORP\\svc", how="kerberos over https", seconds=0.5))
    return record


def test_what_is_read_again_is_what_was_written():
    first = ended(a_record())
    again = load(dump(first), FACTS)
    assert again.answers() == first.answers()
    assert again.gaps() == first.gaps()
    assert (again.estate, again.targets()) == (first.estate, first.targets())
    assert (again.started, again.finished, again.interrupted) == (NOW, NOW, False)
    assert dump(again) == dump(first)


def test_the_same_record_gives_the_same_findings():
    made = check(
        id="X-01",
        title="t",
        severity=Severity.HIGH,
        who=Who.HOST,
        scope=scopes.HOST,
        seed="s",
        needs=(ComputerSystem,),
        remedy="r",
    )(lambda subject, view: passed(f"{view.one(ComputerSystem, subject.host).name} {view.now}"))
    first = ended(a_record())
    assert judge([made], load(dump(first), FACTS)) == judge([made], first)


@given(st.text())
def test_any_text_survives(text):
    text = text.encode("utf-8", "replace").decode()
    cluster = ClusterInfo(text, None, None)
    record = ended(evidence({(ComputerSystem, HV01): [SYSTEM], (ClusterInfo, HV01): [cluster]}))
    assert load(dump(record), FACTS).ask(ClusterInfo, HV01) == (cluster,)


def test_an_answer_that_became_a_gap_is_not_written():
    record = a_record()
    record.put(ComputerSystem, HV02, [SYSTEM], at=NOW)
    assert load(dump(ended(record)), FACTS).answer(ComputerSystem, HV02) is None


def test_facts_of_a_plugin_that_is_not_here_are_left_out():
    assert load(dump(ended(a_record())), [ComputerSystem]).answer(Trust, CORP) is None


def test_no_secret_is_written():
    remember("pl4nted-in-a-gap")
    record = a_record()
    record.miss(OperatingSystem, HV02, GapReason.NOT_COLLECTED, "said pl4nted-in-a-gap")
    assert b"pl4nted-in-a-gap" not in dump(ended(record))


def test_what_is_still_open_is_not_written():
    """Secrets are hidden when evidence is closed."""
    with pytest.raises(ValueError, match="only closed evidence"):
        dump(a_record())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no record"),
        (b"not json", "no record"),
        (b"[]", "no record"),
        (b"{}", "not a record of version 1"),
        (b'{"hv_preflight": 2}', "not a record of version 1 (2)"),
        (b'{"hv_preflight": 1}', "no record"),
    ],
)
def test_what_is_no_record_is_refused(data, words):
    with pytest.raises(RecordError, match=words.replace("(", r"\(").replace(")", r"\)")):
        load(data, FACTS)


def test_a_row_that_does_not_fit_its_fact_is_refused():
    document = json.loads(dump(ended(a_record())))
    next(a for a in document["answers"] if a["fact"] == "OperatingSystem")["rows"][0]["build"] = "many"
    with pytest.raises(RecordError, match="OperatingSystem of hv01"):
        load(json.dumps(document).encode(), FACTS)


@pytest.mark.parametrize("row", ["[]", "{}", "0", '""', "null"])
@pytest.mark.parametrize("fact", ["OperatingSystem", "NobodyKnowsIt"])
def test_rows_that_fit_nothing_take_no_memory(row, fact):
    document = json.loads(dump(ended(a_record())))
    next(a for a in document["answers"] if a["fact"] == "OperatingSystem").update(rows="HERE", fact=fact)
    data = json.dumps(document).replace('"HERE"', "[" + ",".join([row] * 500_000) + "]").encode()
    tracemalloc.start()
    try:
        with nullcontext() if fact == "NobodyKnowsIt" else pytest.raises(RecordError, match="OperatingSystem of hv01"):
            load(data, FACTS)
        assert tracemalloc.get_traced_memory()[1] < 3 * len(data)
    finally:
        tracemalloc.stop()


def changed(**words: str) -> bytes:
    """A record with other times; `at` is of one answer."""
    document = json.loads(dump(ended(a_record())))
    next(a for a in document["answers"] if a["fact"] == "Trust").update(at=words.pop("at", NOW.isoformat()))
    return json.dumps(document | words).encode()


@pytest.mark.parametrize("key", ["started", "finished", "at"])
@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("0001-01-01T00:00:00Z", "no run is of a year before 2022 or after 2099; was the clock set"),
        ("0001-01-01T00:00:00+14:00", "is no date in UTC"),
        ("1970-01-01T00:00:00Z", "no run is of a year before 2022"),
        ("2022-01-01T00:00:00+00:01", "no run is of a year before 2022"),
        ("2100-01-01T00:00:00Z", "no run is of a year before 2022 or after 2099"),
        ("9999-12-31T23:59:59Z", "no run is of a year before 2022 or after 2099"),
        ("9999-12-31T23:59:59-14:00", "is no date in UTC"),
        ("2026-11-21T12:00:00", "is no date in UTC"),
    ],
)
def test_a_run_is_of_years_that_can_be(key, time, words):
    with pytest.raises(RecordError, match=f"^{key}.*{words}"):
        load(changed(**{key: time}), FACTS)


def test_a_run_is_not_finished_before_it_is_started():
    with pytest.raises(RecordError, match="is before started"):
        load(changed(started="2026-11-21T12:00:01Z", finished="2026-11-21T12:00:00Z"), FACTS)
    load(changed(started="2026-11-21T13:00:00+01:00", finished="2026-11-21T12:00:00Z"), FACTS)
    load(changed(started="2022-10-25T00:00:00Z", finished="2099-12-31T00:00:00Z"), FACTS)


def test_what_a_machine_tells_may_be_of_any_year():
    record = a_record()
    first, last = (date.replace(tzinfo=UTC) for date in (datetime.min, datetime.max))
    rows = (OperatingSystem(last, 17763, "10.0.17763", ProductType.SERVER, first),)
    others = [answer for answer in record.answers() if answer.fact is not OperatingSystem]
    record = ended(record.amended(answers=[*others, Answer(OperatingSystem, HV01, rows, NOW)]))
    assert load(dump(record), FACTS).ask(OperatingSystem, HV01) == rows


def test_a_late_answer_changes_nothing():
    record = a_record()
    record.close()
    record.put(ComputerSystem, "late", [SYSTEM], at=NOW)
    record.miss(ComputerSystem, "later", GapReason.TIMEOUT)
    record.note(TargetInfo(name="late", kind="host", proof="kerberos"))
    assert not record.has(ComputerSystem, "late")
    assert not record.has(ComputerSystem, "later")
    assert record.target("late") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_record_that_was_saved_again_with_a_mark_is_the_same(encoding):
    """As an editor and Windows PowerShell save it."""
    data = dump(ended(a_record()))
    again = data.decode().replace("\n", "\r\n").encode(encoding)
    assert dump(load(b"\xfe\xff" * (encoding == "utf-16-be") + again, FACTS)) == data


@pytest.mark.parametrize(
    "data", [b"\xff\xfe{", b"\xff\xfe\x00\xd8{\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xff"]
)
def test_a_mark_makes_no_record(data):
    with pytest.raises(RecordError, match="it is no record of hv-preflight"):
        load(data, FACTS)
