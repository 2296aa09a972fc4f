"""Routes that are planned for some kinds of move alone: what the estate file says of them, and its mistakes."""

from __future__ import annotations

import json

import pytest

from scanner.api import Profile, Route
from scanner.estate import template
from scanner.estate.read import read
from scanner.record.record import RecordError, dump, load
from tests.conftest import HV01, HV02, ended, evidence
from tests.estate.test_read import file, mistakes

LIVE, REPLICA, ASR = Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM
ALL = 'profiles = ["live-migration", "replica", "asr-vmm"]\n'
HOSTS = "".join(f'[[host]]\nname = "{name}"\n' for name in (HV01, HV02))


def table(*kinds: str, more: str = "", back: bool = False) -> str:
    profiles = f"profiles = {json.dumps(kinds)}\n" if kinds else ""
    source, destination = (HV02, HV01) if back else (HV01, HV02)
    return f'[[route]]\nfrom = "{source}"\nto = "{destination}"\n{profiles}{more}'


def planned(folder, *tables: str, asked: str = ALL) -> dict[str, frozenset[Profile]]:
    estate = read(file(folder, asked + HOSTS + "".join(tables))).estate
    assert load(dump(ended(evidence({}, estate))), ()).estate == estate
    return {f"{route.source}/{route.destination}": estate.kinds_of(route) for route in estate.routes}


@pytest.mark.parametrize(
    ("tables", "kinds"),
    [
        pytest.param([table()], {LIVE, REPLICA, ASR}, id="all, if it is not there"),
        pytest.param([table("live-migration")], {LIVE}, id="one"),
        pytest.param([table("replica", "live-migration", "replica")], {LIVE, REPLICA}, id="two"),
        pytest.param([table("live-migration"), table("asr-vmm")], {LIVE, ASR}, id="twice is for both"),
        pytest.param([table("live-migration"), table()], {LIVE, REPLICA, ASR}, id="once for all"),
        pytest.param([table(), table("live-migration")], {LIVE, REPLICA, ASR}, id="in either order"),
    ],
)
def test_what_a_route_is_planned_for(tmp_path, tables, kinds):
    found = planned(tmp_path, *tables, table("replica", "live-migration", back=True))
    assert found == {f"{HV01}/{HV02}": kinds, f"{HV02}/{HV01}": {REPLICA, LIVE}}


def test_all_that_is_asked_for_is_as_if_nothing_were_written(tmp_path):
    once, two = [table("live-migration", "replica", "asr-vmm")], [table("live-migration", "replica"), table("asr-vmm")]
    for tables in (once, two):
        assert read(file(tmp_path, ALL + HOSTS + "".join(tables))).estate.routes == (Route(HV01, HV02),)


def test_disks_alone_move_beside_what_is_replicated(tmp_path):
    tables = table("live-migration", more='storage = "only"\n') + table("replica", back=True)
    estate = read(file(tmp_path, ALL + HOSTS + tables)).estate
    assert [(route.machines, estate.kinds_of(route)) for route in estate.routes] == [(False, {LIVE}), (True, {REPLICA})]


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        (table("live"), {"route[1].profiles[1]": '"live" is none of live-migration, replica, asr-vmm'}),
        (
            table().rstrip() + "\nprofiles = []\n",
            {"route[1].profiles": 'is empty; write profiles = ["live-migration"]'},
        ),
        (
            table().rstrip() + '\nprofiles = "replica"\n',
            {"route[1].profiles": '"replica" is text; write a list, in brackets, as in ["replica"]'},
        ),
        (
            table("live-migration", "replica", "asr-vmm"),
            {"route[1].profiles[3]": '"asr-vmm" is none of the estate\'s profiles, live-migration, replica'},
        ),
        (table("live-migration"), {"profiles[2]": 'no [[route]] is planned for "replica"'}),
        (
            table("live-migration", "replica", more='storage = "only"\n'),
            {
                "route[1].storage": "moves disks alone, and replica copies whole machines: write profiles = "
                '["live-migration"] here'
            },
        ),
        (
            table("live-migration") + table("replica", more="storage = false\n"),
            {"route[2]": f"says otherwise about {HV01} → {HV02} than route[1]"},
        ),
    ],
)
def test_mistakes(tmp_path, tables, found):
    said = mistakes(tmp_path, 'profiles = ["live-migration", "replica"]\n' + HOSTS + tables)
    assert said.keys() == found.keys()
    assert all(said[key].startswith(text) for key, text in found.items()), said


def test_what_a_route_names_wrongly_may_be_what_is_missing(tmp_path):
    said = mistakes(tmp_path, 'profiles = ["live-migration"]\n' + HOSTS + table("replica"))
    assert said.keys() == {"route[1].profiles[1]"}


def test_no_mistake_follows_from_another(tmp_path):
    assert mistakes(tmp_path, 'profiles = ["live", "replica"]\n' + HOSTS + table("live-migration")).keys() == {
        "profiles[1]"
    }


def test_site_recovery_may_have_pairs_of_clouds_alone(tmp_path):
    assert planned(tmp_path, table("live-migration", "replica")) == {f"{HV01}/{HV02}": {LIVE, REPLICA}}


def test_the_template_tells_of_it():
    assert '# profiles = ["live-migration"]' in template.text()


def with_route(**route: object) -> bytes:
    document = json.loads(dump(ended(evidence({}))))
    document["estate"]["routes"] = [{"source": HV01, "destination": HV02, **route}]
    return json.dumps(document).encode()


def test_a_record_that_says_nothing_means_all(tmp_path):
    estate = load(with_route(), ()).estate
    assert [estate.kinds_of(route) for route in estate.routes] == [estate.profiles]


def test_a_record_whose_route_is_for_nothing_that_is_asked():
    assert load(with_route(profiles=["live-migration", "replica"]), ()).estate.planned(frozenset({LIVE}))
    with pytest.raises(RecordError, match="has profiles of which none is asked for"):
        load(with_route(profiles=["replica"]), ())
    with pytest.raises(RecordError):
        load(with_route(profiles=["backup"]), ())
