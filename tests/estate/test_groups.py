"""Groups are kept as they were declared, for people; routes and verdicts are those of hosts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from scanner.estate.read import read
from scanner.record import record
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.groups import Group
from tests.reports.conftest import END, START

FILE = """\
[[group]]
name = "berlin"
hosts = ["HV01.corp.example", "hv02.corp.example"]

[[group]]
name = "munich"
hosts = ["hv11.branch.example"]

[[group]]
name = "idle"
hosts = ["hv12.branch.example"]
"""


def estate(tmp_path: Path, *routes: str) -> Estate:
    file = tmp_path / "estate.toml"
    file.write_text(FILE + "".join(f"[[route]]\n{route}\n" for route in routes), encoding="utf-8")
    return read(file).estate


def test_both_directions_are_kept_once_by_the_names_that_stand_there(tmp_path: Path) -> None:
    made = estate(tmp_path, 'from = "berlin"\nto = "munich"\nboth_ways = true', 'from = "munich"\nto = "berlin"')
    assert made.group_routes == (("berlin", "munich"), ("munich", "berlin"))
    assert made.groups == (
        Group("berlin", ("hv01.corp.example", "hv02.corp.example")),
        Group("munich", ("hv11.branch.example",)),
    )
    assert len(made.routes) == 4


def test_a_host_beside_a_group_is_called_as_hosts_are(tmp_path: Path) -> None:
    made = estate(tmp_path, 'from = "berlin"\nto = "HV11.Branch.Example."', 'from = "berlin"\nto = "berlin"')
    assert made.group_routes == (("berlin", "hv11.branch.example"), ("berlin", "berlin"))


def test_routes_between_hosts_name_no_group(tmp_path: Path) -> None:
    made = estate(tmp_path, 'from = "hv01.corp.example"\nto = "hv02.corp.example"')
    assert (made.groups, made.group_routes) == ((), ())


def test_a_record_keeps_them_and_one_of_before_has_none(tmp_path: Path) -> None:
    made = estate(tmp_path, 'from = "berlin"\nto = "munich"')
    data = record.dump(Evidence(made, START, END, "1.0", "here", interrupted=False, closed=True))
    assert record.load(data, ()).estate == made
    told = msgspec.json.decode(data)
    del told["estate"]["groups"], told["estate"]["group_routes"]
    assert record.load(msgspec.json.encode(told), ()).estate == replace(made, groups=(), group_routes=())
