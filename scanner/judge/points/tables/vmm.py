"""VMM and Site Recovery."""

from __future__ import annotations

from scanner.judge.points.seen.servers import localhost, texts_of_objects
from scanner.words.point import VMM_SERVERS, Point

POINTS = (
    Point(
        id="WIN-45",
        assumption=(
            "VMM takes `localhost` for the server itself on each release and on the active node of a cluster, and its"
            " objects keep the names of properties that VMM 2012 R2 has (recorded there; 2016 and later in scripts)"
        ),
        wrong="what VMM knows is a gap, or null for ever",
        notice="gaps of the facts asked by `Get-SC...`; a field that is null on every row",
        settles="one record of a VMM server a release",
        settle=localhost,
        by=VMM_SERVERS,
    ),
    Point(
        id="WIN-46",
        assumption=(
            "As text a cloud, a network, a classification and an account are their name, a host group its path; where"
            " PowerShell answers one row alone the objects come whole"
        ),
        wrong="an answer is *unparsable*: what is told by the name of a type is never read",
        notice="the gap names the property",
        settles="one server with one cloud, one with several",
        settle=texts_of_objects,
        by=VMM_SERVERS,
    ),
    Point(
        id="WIN-47",
        assumption=(
            "VMM refuses by numbers: 1604 and 1605 an account without a role, 1602 and 1612 where no service answers;"
            " with `-VMMServer localhost` as with `Get-SCVMMServer`"
        ),
        wrong="the reason of a gap is another one; no verdict",
        notice="the gap names the number",
        settles="a sign-in without a role; a stopped service",
    ),
    Point(
        id="WIN-48",
        assumption="Profile 1 of a connection is VMM's administrator, who sees everything",
        wrong="VMM-01 says so of nobody, or of too few",
        notice="its note",
        settles="`Get-SCVMMServer` as administrator, and as read-only administrator",
        about=("VMM-01",),
    ),
    Point(
        id="WIN-49",
        assumption="The service of VMM runs on the active node alone, and both nodes name one failover cluster",
        wrong="a passive node FAILs VMM-01, or a server that is down does not apply",
        notice="the note names who answers in its place",
        settles="one highly available VMM",
        about=("VMM-01",),
    ),
    Point(
        id="WIN-50",
        assumption="Site Recovery lets the hosts listen when the settings of the cloud are saved",
        wrong="a refused port stays refused: RCH-06 warns and should fail",
        notice="it still warns after that",
        settles="one protected cloud",
        about=("RCH-06",),
    ),
    Point(
        id="WIN-51",
        assumption=(
            "Until the hosts are set up (`[replica] configured = false`), Site Recovery will give them 8083 or 8084, "
            "whatever port they replicate on already"
        ),
        wrong="RCH-06 judges a port that nobody will use",
        notice="its text names the port; say the one that was chosen: `[replica] port`",
        settles="one protected cloud whose hosts replicated before",
        about=("RCH-06",),
    ),
    Point(
        id="WIN-52",
        assumption=(
            "Site Recovery between VMM sites copies from and to hosts newer than 2016, which its support matrix does "
            "not name"
        ),
        wrong="HOST-02 warns and should fail, **so `ready` is said wrongly**",
        notice="protection cannot be enabled on such a host",
        settles="one protected cloud with hosts of 2019 or later",
        green=True,
        about=("HOST-02",),
    ),
)
