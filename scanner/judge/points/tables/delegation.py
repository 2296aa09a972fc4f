"""Delegation and accounts."""

from __future__ import annotations

from scanner.words.point import Point

POINTS = (
    Point(
        id="RULE-11",
        assumption="Resource-based delegation alone lets a live migration start",
        wrong="DEL-01, DEL-02, DEL-05 and DEL-06 **may PASS wrongly**",
        notice=(
            "the note says that it is not stated for every release; the move ends with 0x8009030E although they pass"
        ),
        settles="one move with resource-based delegation only",
        green=True,
        about=("DEL-01", "DEL-02", "DEL-05", "DEL-06"),
    ),
    Point(
        id="RULE-12",
        assumption="`host/` in a delegation list does not stand for `cifs/`",
        wrong="DEL-02 FAILs wrongly",
        notice="a move of disks works although DEL-02 fails",
        settles="one such move",
        about=("DEL-02",),
    ),
    Point(
        id="RULE-13",
        assumption=(
            "Which wins is not documented: a deny entry in the destination's attribute, or complete names in the "
            "source's list"
        ),
        wrong="nothing: DEL-01 and DEL-02 are UNKNOWN",
        notice="the note says so",
        settles="nobody should rely on it; take the entry away",
        about=("DEL-01", "DEL-02"),
    ),
    Point(
        id="RULE-14",
        assumption=(
            "A destination is found by the one of its two names that is listed, or registered, when it is called by "
            "that"
        ),
        wrong="DEL-01, DEL-02 and DEL-08 warn where they should fail",
        notice="a move ends with 0x8009030E or 0x80090322 although the warned name was used",
        settles="one such move",
        about=("DEL-01", "DEL-02", "DEL-08"),
    ),
    Point(
        id="RULE-15",
        assumption=(
            "A file server whose account was not read is of the source's domain where its name ends as that of the "
            "domain or of the source, or has no ending"
        ),
        wrong="LM-03 **may PASS wrongly**: names on a list count within one domain",
        notice="a move of machines on that share ends with access denied",
        settles="`Get-ADComputer` of that server in the source's domain",
        green=True,
        about=("LM-03",),
    ),
    Point(
        id="RULE-16",
        assumption="A machine signs in as its NetBIOS name and `$`, and no account of another name is its own",
        wrong="ID-01 and what rests on accounts is UNKNOWN",
        notice="the note names the account",
        settles="one member of a domain whose account is called otherwise",
        about=("ID-01",),
    ),
    Point(
        id="RULE-17",
        assumption=(
            "An account of DES keys alone may still sign in where a policy allows DES, and up to Windows Server 2022 "
            "alone"
        ),
        wrong="ID-01 is UNKNOWN where it should fail, or pass",
        notice="the note says so",
        settles="take the flag away and renew the password",
        about=("ID-01",),
    ),
    Point(
        id="RULE-18",
        assumption=(
            "Where the functional level is below 2012, an account that holds resource-based delegation proves "
            "controllers that know it"
        ),
        wrong="DEL-06 warns where it should fail",
        notice="the move ends with 0x8009030E",
        settles="one such domain",
        about=("DEL-06",),
    ),
    Point(
        id="RULE-19",
        assumption=(
            "The migration service registers its names when it starts, and Windows those of HOST; nobody else has to"
        ),
        wrong="the remedy of DEL-08 does not cure",
        notice="DEL-08 fails again after the restart",
        settles="one account without them",
        about=("DEL-08",),
    ),
    Point(
        id="RULE-20",
        assumption=(
            "`Set-ADComputer -PrincipalsAllowedToDelegateToAccount` takes a SID of the domain for an account, and "
            "replaces all entries, deny entries among them"
        ),
        wrong="the printed command fails, or leaves the deny entry",
        notice="DEL-01 or DEL-05 as before",
        settles="one account with such a list",
        about=("DEL-01", "DEL-05"),
    ),
    Point(
        id="RULE-21",
        assumption="`Set-ADAccountControl -TrustedToAuthForDelegation $true` changes no other bit",
        wrong="a domain controller loses one it needs",
        notice="`userAccountControl` before and after",
        settles="one account",
    ),
    Point(
        id="RULE-22",
        assumption=(
            "Whoever is one of Protected Users may be delegated where the functional level is below 2012 R2 "
            "(documented), and nobody else's rules stop him"
        ),
        wrong="OPR-03 warns where it should fail",
        notice="the move ends with 0x8009030E",
        settles="one such move",
        about=("OPR-03",),
    ),
)
