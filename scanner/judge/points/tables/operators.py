"""Groups, sessions and rights."""

from __future__ import annotations

from scanner.judge.points.seen.accounts import group_names, own_groups, policy_sids, session_list
from scanner.words.model import SERVERS
from scanner.words.point import Point

POINTS = (
    Point(
        id="WIN-82",
        assumption=(
            "`SELECT ... FROM Win32_Group WHERE LocalAccount=TRUE AND (SID=...)` looks among the machine's own groups"
            " alone (documented), and `ASSOCIATORS OF {Win32_Group...} WHERE AssocClass=Win32_GroupUser "
            "Role=GroupComponent` at that group's members alone"
        ),
        wrong="a controller is asked for every group of the domain: slow, and a gap *timeout*",
        notice="`LocalGroup` or `Administrator` of a host takes seconds",
        settles="the two queries on one domain member, timed",
        about=("LocalGroup", "Administrator"),
        settle=own_groups,
        by=SERVERS,
    ),
    Point(
        id="WIN-83",
        assumption=(
            "Both are taken by `Get-CimInstance -Query`, and give `SID`, `Name` and `Domain`; `Domain` of a local "
            "group is the machine's NetBIOS name, on a controller that of its domain"
        ),
        wrong="OPR-01 and OPR-02 are UNKNOWN",
        notice="gaps on `LocalGroup` or `Administrator`",
        settles="one record of a host",
        about=("OPR-01", "OPR-02", "LocalGroup", "Administrator"),
        settle=group_names,
        by=SERVERS,
    ),
    Point(
        id="WIN-84",
        assumption=(
            "Windows leaves a member of a local group out whom it cannot resolve, and no other; that it resolves "
            "accounts of a domain is shown by one that it lists"
        ),
        wrong="OPR-01 and OPR-02 FAIL wrongly",
        notice="`net localgroup Administrators` on the host lists the operator",
        settles="one host with an orphaned member",
        about=("OPR-01", "OPR-02"),
    ),
    Point(
        id="WIN-85",
        assumption=(
            r"`ConfigXML` below `WSMAN\Plugin\microsoft.powershell` holds the security descriptor of the session "
            "configuration as `Sddl`"
        ),
        wrong="OPR-02 is UNKNOWN, or judges another list",
        notice="`(Get-PSSessionConfiguration microsoft.powershell).SecurityDescriptorSddl` beside the record",
        settles="one host",
        about=("OPR-02",),
        settle=session_list,
        by=SERVERS,
    ),
    Point(
        id="WIN-86",
        assumption=(
            "RSoP's `AccountList` names accounts by SID, with or without an asterisk; a right that is set on the "
            "machine itself leaves no row"
        ),
        wrong="HOST-06 is UNKNOWN; or **may PASS wrongly**: a right that was taken away by secpol.msc is not seen",
        notice="machines do not start there, 0x80070569; the note of the PASS says so",
        settles="one host with the right set by a policy, one with it changed locally",
        green=True,
        about=("HOST-06",),
        settle=policy_sids,
        by=SERVERS,
    ),
)
