"""What the directory answers."""

from __future__ import annotations

from scanner.words.point import Point

POINTS = (
    Point(
        id="DIR-01",
        assumption=(
            "Windows domain controllers take the sign-ins that Samba takes: sealed Kerberos on 389, LDAPS with and "
            "without channel binding"
        ),
        wrong="a domain is not read",
        notice="*access denied* on the domain, while `ldp.exe` works",
        settles="one scan",
    ),
    Point(
        id="DIR-02",
        assumption=(
            "Windows domain controllers tell their root DSE before a sign-in (documented), which a password waits for"
        ),
        wrong="a domain is not read with a password",
        notice="*access denied* on the domain before any sign-in is logged there",
        settles='one scan with `method = "simple"`',
    ),
    Point(
        id="DIR-03",
        assumption="A plain user may read the groups of a computer account (`tokenGroups`)",
        wrong="an allowance given to a group is not seen: DEL-01 and DEL-02 FAIL wrongly",
        notice="`group_sids` is empty in the record; name the computer itself in the allowance",
        settles="one account with resource-based delegation to a group",
        about=("DEL-01", "DEL-02"),
    ),
    Point(
        id="DIR-04",
        assumption=(
            "A plain user reads `msDS-ReplAttributeMetaData` of a computer account in a search of that object, as XML"
            " with times in UTC (documented form; the lab's Samba gives `replPropertyMetaData` alone)"
        ),
        wrong="DEL-11 is UNKNOWN",
        notice="its note says which right is missing, or which text is no time",
        settles="one scan of a Windows controller",
        about=("DEL-11",),
    ),
    Point(
        id="DIR-05",
        assumption=(
            "Hosts use a change of delegation within a quarter of an hour (guide to these failures); the older guide "
            "wants a new ticket"
        ),
        wrong=(
            "DEL-11 warns, and should be UNKNOWN until a ticket has ended: **`ready` may be said wrongly** within ten"
            " hours of a change"
        ),
        notice="a move that fails with 0x8009030E after such a change, and works after `klist purge -li 0x3e7`",
        settles="one change of delegation on a host that stays up",
        green=True,
        about=("DEL-11",),
    ),
    Point(
        id="DIR-06",
        assumption=(
            "A controller that is a global catalogue answers a search with an empty base for the whole forest, and "
            "says `isGlobalCatalogReady` only when it holds every domain"
        ),
        wrong="DEL-09 **may PASS wrongly**",
        notice="another domain's account is missing in `ServiceName` of the record",
        settles="one forest of two domains",
        green=True,
        about=("DEL-09", "ServiceName"),
    ),
    Point(
        id="DIR-07",
        assumption=(
            "A destination of a move whose disks stay on a file server needs cifs of that server on its own account "
            "(the seed's step 11 repeats the entries there)"
        ),
        wrong="LM-03 FAILs wrongly",
        notice="its remedy names the destination's account",
        settles="one such move without that entry",
        about=("LM-03",),
    ),
    Point(
        id="DIR-08",
        assumption="A plain user may read what a forest trust routes",
        wrong="ID-02 knows less of names across a forest trust",
        notice="`suffixes` is empty in the record",
        settles="one forest trust",
        about=("ID-02",),
    ),
    Point(
        id="DIR-09",
        assumption=(
            "A plain user may read the groups of a user (`tokenGroups`), its bits, and what holds a foreign security "
            "principal (`member` with the rule 1.2.840.113556.1.4.1941)"
        ),
        wrong="OPR-01 to OPR-05 are UNKNOWN, or OPR-01 FAILs wrongly for an operator of another domain",
        notice="`OperatorAccount` in the record tells fewer groups than `whoami /groups`",
        settles="one operator of each of two domains",
        about=("OPR-01", "OPR-02", "OPR-03", "OPR-04", "OPR-05", "OperatorAccount"),
    ),
    Point(
        id="DIR-10",
        assumption="`tokenGroups` holds the universal groups of the whole forest",
        wrong="OPR-01 FAILs wrongly where such a group is the member",
        notice="the same",
        settles="one operator in a universal group of another domain",
        about=("OPR-01",),
    ),
    Point(
        id="DIR-11",
        assumption="An assigned authentication policy is told to who may read the account",
        wrong="OPR-03 **may PASS wrongly** for an account under such a policy",
        notice="`Get-ADUser -Properties msDS-AssignedAuthNPolicy` as an administrator",
        settles="one such account",
        green=True,
        about=("OPR-03",),
    ),
    Point(
        id="DIR-12",
        assumption="Whoever reads a domain may see the sites: servers, their NTDS settings, and `msDS-isRODC`",
        wrong="DEL-10 is UNKNOWN, or misses a controller that DNS does not list",
        notice="`DirectoryServer` is a gap, or lacks one that `nltest /dclist` names",
        settles="one domain with a read-only controller",
        about=("DEL-10", "DirectoryServer"),
    ),
)
