"""Processors."""

from __future__ import annotations

from scanner.judge.points.seen.outward import revision
from scanner.words.model import SERVERS
from scanner.words.point import Point

POINTS = (
    Point(
        id="WIN-77",
        assumption=(
            "`Win32_Processor` tells maker, name and CPUID of each socket as Windows found them; what a running "
            "machine was shown is more than they tell, and no query tells it"
        ),
        wrong="HOST-07 and VM-08 are UNKNOWN where a move works: from an older model to a newer one of the same maker",
        notice="their text names both models",
        settles="one move each way between two models",
        about=("HOST-07", "VM-08"),
    ),
    Point(
        id="WIN-78",
        assumption=(
            "In compatibility mode with the fixed least features a machine goes to every model of its maker "
            "(documented); what protects from speculation is shown in that mode, too, and of different models cannot "
            "be compared"
        ),
        wrong="HOST-07 and VM-08 **may PASS wrongly**",
        notice=(
            "the note says to keep the destination's firmware up to date; the move ends with \"processor-specific "
            'features"'
        ),
        settles="one such move to a host with old firmware",
        green=True,
        about=("HOST-07", "VM-08"),
    ),
    Point(
        id="WIN-79",
        assumption=(
            "Equal names, CPUID and microcode revisions of one build mean equal features, but for those that "
            "`FeatureSet` shows (not documented); a setting of the firmware may hide one"
        ),
        wrong="HOST-07 **may PASS wrongly**, and VM-08 does not apply",
        notice="`Get-SpeculationControlSettings` of both hosts differs",
        settles="one record of two equal hosts of which one has a feature off",
        green=True,
        about=("HOST-07", "VM-08"),
    ),
    Point(
        id="WIN-80",
        assumption=(
            "Newer microcode at the destination brings features and takes none away (our judgement; some took TSX away)"
        ),
        wrong="HOST-07 and VM-08 **may PASS wrongly**",
        notice="their text names both revisions",
        settles="one move from before such an update to after it",
        green=True,
        about=("HOST-07", "VM-08"),
    ),
    Point(
        id="WIN-81",
        assumption=(
            "`Update Revision` is the register in which Intel keeps the revision in the upper half and AMD in the "
            "lower one; a hypervisor shows 0xffffffff"
        ),
        wrong="HOST-07 and VM-08 are UNKNOWN",
        notice="their text says that no revision is told",
        settles="one record of a host of each maker",
        about=("HOST-07", "VM-08", "Update"),
        settle=revision,
        by=SERVERS,
    ),
)
