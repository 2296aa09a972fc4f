"""The files of virtual disks that a machine is asked for: on its own drives, and nothing else."""

from __future__ import annotations

import pytest

from lab.windows.trial import Trial
from scanner.facts.storage import DiskFile, askable
from scanner.words.query import Command
from scanner.words.readonly import NotReadOnlyError

GOOD = (
    r"D:\web.vhdx",
    r"d:\VMs\web 01\Virtual Hard Disks\web (2).VHD",
    r"C:\ClusterStorage\Volume1\x_4C1F.avhdx",
    "D:\\Übung\\Größe.vhdx",
    r"D:\a..b\x.vhds",
    r"D:\[1]\x.vhdpmem",
    r"D:\x' -Recurse; $(y) `z.vhdx",
)
BAD = (
    "",
    "web.vhdx",
    r"\\files\vms\web.vhdx",
    r"\\?\D:\web.vhdx",
    r"\\.\PhysicalDrive0",
    r"\\?\Volume{11111111-2222-3333-4444-555555555555}\web.vhdx",
    r"Registry::HKEY_LOCAL_MACHINE\x.vhdx",
    r"HKLM:\x.vhdx",
    r"Env:\x.vhdx",
    r"D:web.vhdx",
    r"D:\..\web.vhdx",
    r"D:\a\.\web.vhdx",
    r"D:\a\..\web.vhdx",
    r"D:\*.vhdx",
    r"D:\we?.vhdx",
    r"D:\secret.txt",
    r"D:\secret.txt:x.vhdx",
    r"D:\\web.vhdx",
    "D:/web.vhdx",
    "D:\\web.vhdx\n",
    "D:\\we\u202eb.vhdx",
    "D:\\a|b.vhdx",
    "D:\\" + "a" * 100_000 + ".vhdx\x00",
)


@pytest.mark.parametrize("path", GOOD)
def test_a_disk_on_a_drive_may_be_asked_for(path):
    assert askable(path)
    (query,) = DiskFile.queries([path])
    assert query.commands[0].parameters["LiteralPath"] == (path,)


@pytest.mark.parametrize("path", BAD)
def test_anything_else_may_not(path):
    assert not askable(path)
    assert DiskFile.arguments([path]) == ()
    assert DiskFile.queries([path]) == () or "|" in path
    with pytest.raises(NotReadOnlyError):
        Command("Get-Item", {"LiteralPath": (path,)})


def test_one_path_that_is_refused_costs_no_other_its_answer():
    (query,) = DiskFile.queries([r"D:\a.vhdx|\\files\b.vhdx", r"D:\a.vhdx"])
    assert query.commands[0].parameters["LiteralPath"] == (r"D:\a.vhdx",)


def test_no_path_is_no_query():
    assert DiskFile.queries([]) == ()
    assert DiskFile.queries([""]) == ()


MACHINE = r"""
name = "hv01"
release = "2019"
[[vm]]
name = "web"
disks = ['D:\web.vhdx', '\\files\vms\b.vhdx']
disk_size = 2
"""


def test_what_a_practice_machine_answers():
    trial = Trial.of(MACHINE)
    answer = trial.ask(
        ("Get-Item", {"LiteralPath": [r"d:\WEB.vhdx", r"D:\gone.vhdx"]}),
        ("Select-Object", {"Property": ["FullName", "Length"]}),
    )
    assert answer["rows"] == [{"FullName": r"D:\web.vhdx", "Length": 2 << 30}]
    (error,) = answer["errors"]
    assert error["id"].startswith("PathNotFound,")
