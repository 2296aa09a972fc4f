"""What a move does."""

from __future__ import annotations

from scanner.judge.points.seen.network import any_network
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="WIN-53",
        assumption='The tags of a migration network mark "use any network"',
        wrong="LM-08, LM-09 or NET-01 judge the wrong list",
        notice="the module's own flag disagrees; the checks read both",
        settles='a host with and one without "any network"',
        about=("LM-08", "LM-09", "NET-01"),
        settle=any_network,
        by=HOSTS,
    ),
    Point(
        id="WIN-54",
        assumption=(
            "Of several migration networks the one with the lowest number is tried first, and one without a number last"
        ),
        wrong="the note of LM-12 is wrong; its verdict is PASS in any case",
        notice="`Get-VMMigrationNetwork` and the traffic of one move",
        settles="one move",
        about=("LM-12",),
    ),
    Point(
        id="WIN-55",
        assumption=(
            "Disks go by SMB whatever the performance option is (the product's team in 2015: the storage part of a "
            "move is SMB, apart from memory), alone or with their machines, to an address that the destination's name"
            " leads to; SMB Multichannel may take the migration networks besides, and no other"
        ),
        wrong=(
            "**NET-01 may PASS wrongly** where the hosts share an untrusted network besides, or FAIL wrongly where "
            "Multichannel leaves the name's network"
        ),
        notice="traffic of TCP 445 on another adapter during a move",
        settles="one move of disks between hosts with two adapters",
        green=True,
        about=("NET-01",),
    ),
    Point(
        id="WIN-56",
        assumption="Memory that goes by SMB takes the migration networks",
        wrong="**NET-01 may PASS wrongly** where the destination's name leads to an untrusted one, and no disk moves",
        notice="traffic of TCP 445 on another adapter during a move",
        settles="one move with that option",
        green=True,
        about=("NET-01",),
    ),
    Point(
        id="WIN-57",
        assumption=(
            "A destination takes memory in whatever way the source sends it, whatever its own performance option is"
        ),
        wrong="LM-04 warns and should fail",
        notice="a move between two hosts of different options ends at once",
        settles="one such move",
        about=("LM-04",),
    ),
    Point(
        id="WIN-58",
        assumption=(
            "Of SMB and compression set at once nobody can tell which counts: the schema says SMB, the module shows "
            "compression"
        ),
        wrong="nothing: LM-04 warns, LM-05, RCH-02 and NET-01 are UNKNOWN where it matters",
        notice="the note says so",
        settles="nobody should rely on it",
        about=("LM-04", "LM-05", "RCH-02", "NET-01"),
    ),
    Point(
        id="WIN-59",
        assumption="A host that allows 0 moves at a time moves nothing",
        wrong="LM-06 and LM-07 FAIL wrongly",
        notice="a move works although they fail",
        settles="one move",
        about=("LM-06", "LM-07"),
    ),
    Point(
        id="WIN-60",
        assumption=(
            "A switch of the destination is found by its name alone, in whichever case, and of its kind nobody asks"
        ),
        wrong="HOST-12 warns where it should fail, VM-05 **may PASS wrongly**",
        notice="the event that names the switch",
        settles="one move to a private switch of the name",
        green=True,
        about=("HOST-12", "VM-05"),
    ),
    Point(
        id="WIN-61",
        assumption="A saved machine moves with the file of its memory, and a paused one as one that runs does",
        wrong="VM-03 warns where it should fail: **may be ready wrongly**",
        notice="its warning says so",
        settles="one move of each",
        green=True,
        about=("VM-03",),
    ),
    Point(
        id="WIN-62",
        assumption=(
            "Where models differ, and without compatibility mode, a saved state in a checkpoint makes the move fail, "
            'whether the machine runs or not (documented for a machine with "one or more snapshots")'
        ),
        wrong="VM-08 FAILs wrongly",
        notice="the move works",
        settles="one such move",
        about=("VM-08",),
    ),
    Point(
        id="WIN-63",
        assumption=(
            "A replicated machine moves whatever its replication is to it, while nothing is under way; its replica "
            "server takes it from another host of the same trust group (documented), by an entry whose wildcard "
            "stands for one label"
        ),
        wrong="VM-10 warns and should fail, **so `ready` is said wrongly**, or warns of nothing",
        notice="the move ends with an error of replication; or replication goes on",
        settles="one primary and one replica moved in each state",
        green=True,
        about=("VM-10",),
    ),
    Point(
        id="WIN-64",
        assumption=(
            "What a move makes of a first copy, a resynchronization, a failover or its test that is under way, no "
            "document says"
        ),
        wrong="VM-10 is UNKNOWN",
        notice="its text names the state",
        settles="one move each",
        about=("VM-10",),
    ),
    Point(
        id="WIN-65",
        assumption=(
            "With disks on a file server and the plan leaving storage, the folders of configuration, checkpoints and "
            "paging may be local or not: one page of Microsoft wants all files on the share, another the disks alone"
        ),
        wrong="VM-09 is UNKNOWN",
        notice="its text names the folder",
        settles="one such move",
        about=("VM-09",),
    ),
)
