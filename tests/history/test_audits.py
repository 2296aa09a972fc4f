"""Audits as they come: night after night, killed, two at once, with the database away."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from contextlib import contextmanager
from itertools import pairwise

import pytest

from scanner import cli
from scanner.api import Status
from scanner.history import reading
from scanner.history.place import Place, place_of
from scanner.words.history import PastRun
from tests.history.audits import HOSTS, REPORTS, SECRETS, Audit, Audits
from tests.history.postgres import Server
from tests.processes import LONG

pytestmark = pytest.mark.timeout(900)
NIGHTS, KILLED, SEED = 30, 10, 20261130


@pytest.fixture
def audits(tmp_path, address, monkeypatch) -> Audits:
    for name, word in SECRETS.items():
        monkeypatch.setenv(name, word)
    return Audits(tmp_path, address)


def here(audits: Audits, *more: str) -> Audit:
    """An audit in this process, which has loaded everything already."""
    out = audits.out()
    return Audit(cli.run(audits.words(out, *more)), "", "", out)


def kept(place: Place) -> list[PastRun]:
    """Every run of the one estate there is, the oldest first."""
    with reading.reading(place) as link:
        names = reading.estates(link)
        assert len(names) <= 1
        return [run for name in names for run in reversed(reading.runs(link, name))]


@contextmanager
def away(place: Place, request: pytest.FixtureRequest):
    """The database cannot be reached in this block."""
    if place.file:
        folder = place.file.parent
        folder.rename(folder.with_name("elsewhere"))
        folder.write_text("a file in the folder's place")
        try:
            yield
        finally:
            folder.unlink()
            folder.with_name("elsewhere").rename(folder)
    else:
        server: Server = request.getfixturevalue("server")
        moved = server.socket / "moved"
        own = server.socket / ".s.PGSQL.5432"
        own.rename(moved)
        try:
            yield
        finally:
            moved.rename(own)


def test_thirty_nights_ten_of_them_killed(audits, request):
    chance = random.Random(SEED)
    place = place_of(audits.address)
    assert here(audits).code == 3
    counting = audits.run(at=0)
    kinds = (counting.out / "instants").read_text().split("\n")
    of_kind = {kind: [n for n, other in enumerate(kinds, 1) if other == kind] for kind in set(kinds)}
    assert {"statement", "file"} < set(of_kind)
    nights = ["killed"] * KILLED + ["two at once"] + ["away"] + ["plain"] * (NIGHTS - KILLED - 3)
    chance.shuffle(nights)
    stored, lost = [run.digest for run in kept(place)], 0
    for night in nights:
        audits.answer(chance.choice(HOSTS), runs=chance.random() < 0.5)
        if night == "killed":
            at = chance.choice(of_kind[chance.choice(["statement", "file", *of_kind])])
            done = [audits.run(at=at)]
            assert done[0].code == -9, (at, done[0].told)
        elif night == "two at once":
            outs = [audits.out(), audits.out()]
            both = [audits.started(out=out) for out in outs]
            said = [process.communicate(timeout=LONG) for process in both]
            done = [Audit(p.returncode, *words, out) for p, words, out in zip(both, said, outs, strict=True)]
        elif night == "away":
            with away(place, request):
                done = [audits.run()]
            assert "this run is held against none, and not stored: the history " in done[0].told
        else:
            done = [here(audits)]
        for audit in done:
            formats = audit.whole()
            if night != "killed":
                assert (audit.code in (1, 3), formats) == (True, [*REPORTS]), audit.told
        there = [run.digest for run in kept(place)]
        assert there[: len(stored)] == stored, "what was there stays as it was"
        new = [hashlib.sha256((a.out / "r.hvp").read_bytes()).hexdigest() for a in done if (a.out / "r.hvp").exists()]
        if night in ("plain", "two at once"):
            assert sorted(there[len(stored) :]) == sorted(new)
        elif night == "away":
            assert there == stored
        else:
            assert there[len(stored) :] in ([], new), "a killed run is there as a whole, or not at all"
            lost += there == stored
        stored = there
    assert 0 < lost <= KILLED
    whole(place, audits)


def whole(place: Place, audits: Audits) -> None:
    """What is kept of each run agrees with itself, with the reports that are there, and with what became of things."""
    reports = {}
    for path in audits.folder.glob("run*/r.json"):
        if (record := path.with_name("r.hvp")).exists():
            reports[hashlib.sha256(record.read_bytes()).hexdigest()] = json.loads(path.read_bytes())
    runs = kept(place)
    assert [run.number for run in runs] == list(range(1, len(runs) + 1))
    assert len([run for run in runs if run.digest in reports]) > NIGHTS / 2
    spells: dict[tuple[str, str, str], list[str]] = {}
    with reading.reading(place) as link:
        if place.file:
            assert link.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert link.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        for run in runs:
            found = {one.key: one for one in reading.findings_of(link, run)}
            assert Counter(one.status.value for one in found.values()) == Counter(run.counts)
            if report := reports.get(run.digest):
                told = {(f["check"], f["subject"]["id"], f.get("profile", "")): f["status"] for f in report["findings"]}
                assert {key: one.status.value for key, one in found.items()} == told
                assert (report["verdict"], report["counts"]) == (run.verdict, run.counts)
            for key in {*found, *spells}:
                spells.setdefault(key, []).append(found[key].status.value if key in found else "not judged")
        for key, states in spells.items():
            life = reading.life_of_finding(link, runs[0].estate, key)
            turns = sum(a != b for a, b in pairwise(states))
            assert (life.turned, sum(spell.runs for spell in life.spells)) == (turns, len(states)), key
            assert [spell.state for spell in life.spells] == [
                s for s, before in zip(states, [None, *states], strict=False) if s != before
            ]
            assert life.first_seen == runs[-len(states)].finished
    assert any(len(set(states)) > 1 for states in spells.values()), "something did turn"
    assert {Status.FAIL.value, Status.PASS.value} <= {state for states in spells.values() for state in states}
