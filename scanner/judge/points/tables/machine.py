"""The machine itself: its names, clock, release and cluster."""

from __future__ import annotations

from scanner.judge.points.seen.hosts import controller_recorded, guard_there, hypervisor_told, names_agree
from scanner.words.model import SERVERS
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="WIN-11",
        assumption=(
            "`Win32_ComputerSystem` tells in `DNSHostName` the whole host name, without domain, and in `Name` its "
            "first 15 characters"
        ),
        wrong="answers of the right host become gaps: *another machine answered*, or *it calls itself … in DNS …*",
        notice="the gap names the very host that was asked",
        settles="one record of a host with a long name",
        settle=names_agree,
        by=SERVERS,
    ),
    Point(
        id="WIN-12",
        assumption=r"`Domain` and `NV Domain` of the registry's `Tcpip\Parameters` are the machine's DNS suffix",
        wrong=(
            "the full name of a host whose account tells none is wrong: DEL-01, DEL-02 and DEL-08 warn or fail "
            "wrongly; where no account could be read, a host of a disjoint namespace is taken for itself by a suffix "
            "that it has not"
        ),
        notice="`DnsSuffix` in the record against `ipconfig /all`",
        settles="one host whose account has no `dNSHostName`",
        about=("DEL-01", "DEL-02", "DEL-08", "DnsSuffix"),
    ),
    Point(
        id="WIN-13",
        assumption="Group policy records the domain controller it last used",
        wrong="DEL-10 passes without it, with a note, or is UNKNOWN where controllers differ",
        notice="its text says that the host has not recorded which one",
        settles="one domain member",
        about=("DEL-10",),
        settle=controller_recorded,
        by=SERVERS,
    ),
    Point(
        id="WIN-14",
        assumption=(
            "`LocalDateTime` in an answers file is when its script ran; a clock that is wrong by more than a day is "
            "mended before a move"
        ),
        wrong="answers count as too old, or, of a clock that is ahead, as new as their file",
        notice="the gap's day against the day on which the script ran",
        settles="one file",
    ),
    Point(
        id="WIN-15",
        assumption=(
            "OperatingSystemSKU 175 with ProductType 3 is Windows Enterprise multi-session (documented), whose "
            "Hyper-V is the client's (ours)"
        ),
        wrong="HOST-02 FAILs wrongly",
        notice="its text says client release",
        settles="one such machine",
        about=("HOST-02",),
    ),
    Point(
        id="WIN-16",
        assumption="OperatingSystemSKU is 406 on Azure Stack HCI and Azure Local",
        wrong="HOST-02 calls it Windows Server; the verdict is the same",
        notice="the seen text",
        settles="one such host",
        about=("HOST-02",),
    ),
    Point(
        id="WIN-17",
        assumption=(
            "`HypervisorPresent` is false on a host whose hypervisor did not launch; a virtual machine names its "
            "platform in `Manufacturer` or `Model`"
        ),
        wrong=(
            "HOST-13 **may PASS wrongly**: a nested host of a platform that is not listed looks like a machine of its"
            " own"
        ),
        notice="`manufacturer` and `model` of `ComputerSystem` in the record",
        settles="a nested host of each platform",
        green=True,
        about=("HOST-13", "ComputerSystem"),
        settle=hypervisor_told,
        by=HOSTS,
    ),
    Point(
        id="WIN-18",
        assumption=(
            "`Win32_DeviceGuard` is there from 2016 on and says 1 in `SecurityServicesRunning` while Credential Guard"
            " runs"
        ),
        wrong="CredSSP or delegation to any service **may be called working wrongly**",
        notice="`DeviceGuard` in the record against `msinfo32`",
        settles="a host with Credential Guard",
        green=True,
        about=("DeviceGuard",),
        settle=guard_there,
        by=SERVERS,
    ),
    Point(
        id="WIN-19",
        assumption=r"`C:\ClusterStorage` holds machines of a node alone, while the cluster service runs",
        wrong="CLU-01 and others are UNKNOWN",
        notice="*the cluster service runs, and machines lie on …*",
        settles="a host that left its cluster and keeps the service",
        about=("CLU-01",),
    ),
)
