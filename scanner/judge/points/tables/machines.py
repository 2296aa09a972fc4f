"""Virtual machines."""

from __future__ import annotations

from scanner.judge.points.seen.devices import clustered_roles, connections, shared_disks
from scanner.judge.points.seen.hyper_v import machine_count, running_have_disks, version_count, versions_of_2012
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="WIN-66",
        assumption="A virtual machine that runs has a disk in a file, or an image in a drive",
        wrong=(
            "a host whose machines all run from disks of the host itself (pass-through) or without any is UNKNOWN "
            "where files are asked for"
        ),
        notice="*no row, yet … virtual machines run*",
        settles="one such host",
        settle=running_have_disks,
        by=HOSTS,
    ),
    Point(
        id="WIN-67",
        assumption="No host has more than 4,096 virtual machines, running or stopped (1,024 may run)",
        wrong="they are not judged",
        notice="`VirtualMachineSettings` is a gap that tells their number",
        settles="the number; move some first",
        about=("VirtualMachineSettings",),
        settle=machine_count,
        by=HOSTS,
    ),
    Point(
        id="WIN-68",
        assumption="A destination tells at most 32 configuration versions (Microsoft's table has 15)",
        wrong="VM-02 and HOST-03 are UNKNOWN",
        notice="the note tells their number",
        settles="one record of a new release",
        about=("VM-02", "HOST-03"),
        settle=version_count,
        by=HOSTS,
    ),
    Point(
        id="WIN-69",
        assumption=(
            "Windows Server 2012 runs configuration version 4.0 alone; 2012 R2 takes it from there and upgrades it on"
            " arrival"
        ),
        wrong="VM-01, VM-02 and HOST-03 are wrong for 2012: **may PASS wrongly**",
        notice="the note names the upgrade",
        settles="one machine moved from 2012 to 2012 R2",
        green=True,
        about=("VM-01", "VM-02", "HOST-03"),
        settle=versions_of_2012,
        by=HOSTS,
    ),
    Point(
        id="WIN-70",
        assumption="`Update-VMVersion` makes of a machine the newest released version of its host",
        wrong="the command that VM-02 prints leads past the destination",
        notice="VM-02 still fails after it",
        settles="one machine upgraded",
        about=("VM-02", "Update"),
    ),
    Point(
        id="WIN-71",
        assumption=(
            "A saved state, also in a checkpoint, holds up the upgrade of a machine (documented for VMM, and for a "
            "machine that is saved)"
        ),
        wrong="VM-11 FAILs wrongly; it is below every threshold but `info`",
        notice="`Update-VMVersion` upgrades it all the same",
        settles="one such upgrade",
        about=("VM-11", "Update"),
    ),
    Point(
        id="WIN-72",
        assumption=(
            "A machine's adapter names its switch in `HostResource`, and one that is not connected has `EnabledState`"
            " 3; of a switch's own ports one to an adapter is a `Msvm_ExternalEthernetPort`, one to the host a "
            "`Msvm_ComputerSystem`"
        ),
        wrong="VM-05 is UNKNOWN or **may PASS wrongly**; HOST-12 warns wrongly",
        notice="`SwitchConnection` in the record, beside `Get-VMNetworkAdapter` and `Get-VMSwitch`",
        settles="one record with a switch of each kind and an adapter that is not connected",
        green=True,
        about=("VM-05", "HOST-12", "SwitchConnection"),
        settle=connections,
        by=HOSTS,
    ),
    Point(
        id="WIN-73",
        assumption=(
            "Drives of the host have a `ResourceSubType` that begins with `Microsoft:Hyper-V:Physical`, those for "
            "DVDs with the letters DVD in it"
        ),
        wrong="VM-06 and VM-07 **may PASS wrongly**",
        notice="`VmPhysicalDrive` in the record",
        settles="one machine with each",
        green=True,
        about=("VM-06", "VM-07", "VmPhysicalDrive"),
    ),
    Point(
        id="WIN-74",
        assumption=(
            "`PersistentReservationsSupported` is true of each disk that several machines share, and told of every "
            "disk since 2012 R2"
        ),
        wrong="VM-07 **may PASS wrongly**, or is UNKNOWN everywhere",
        notice="`VmStorage` in the record",
        settles="one guest cluster",
        green=True,
        about=("VM-07", "VmStorage"),
        settle=shared_disks,
        by=HOSTS,
    ),
    Point(
        id="WIN-75",
        assumption="`IsClustered` of `Get-VM` is true of every machine that is a role of a cluster",
        wrong="VM-04 **may PASS wrongly** on a node, where the role has another name than the machine",
        notice="CLU-01 tells of the node",
        settles="one node with a role that was renamed",
        green=True,
        about=("VM-04", "CLU-01"),
        settle=clustered_roles,
        by=HOSTS,
    ),
    Point(
        id="WIN-76",
        assumption=(
            "Whether a destination opens the key of a machine with a virtual TPM, a key storage drive or an encrypted"
            " state no query tells: whose certificates its key protector names only a method does, and their private "
            "keys and the mode of the Host Guardian client are not read"
        ),
        wrong="VM-12 is UNKNOWN for every such machine",
        notice="its text says which it is",
        settles=(
            "the certificates of `Shielded VM Local Certificates` on both hosts, or `Get-HgsClientConfiguration`; "
            "then waive the finding"
        ),
        about=("VM-12",),
    ),
)
