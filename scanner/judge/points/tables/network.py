"""Networks, adapters and the firewall."""

from __future__ import annotations

from scanner.judge.points.seen.network import connectivity, default_route, grammar, hardware, management_adapters
from scanner.words.model import SERVERS
from scanner.words.point import HOSTS, Point

POINTS = (
    Point(
        id="WIN-20",
        assumption="Windows evaluates the filter on the default routes itself",
        wrong="no default route is found, and a network that leads out looks closed: **NET-01 may PASS wrongly**",
        notice="`DefaultRoute` has no row on a host that has a gateway",
        settles="`route print` beside the record",
        green=True,
        about=("NET-01", "DefaultRoute"),
        settle=default_route,
        by=SERVERS,
    ),
    Point(
        id="WIN-21",
        assumption=(
            "After an attempt to connect, the neighbour entry of its interface shows whose adapter answered "
            "(`LinkLayerAddress` as in `Get-NetNeighbor`), and `PermanentAddress` or `NetworkAddresses` of that "
            "machine's adapters holds it, virtual switches and teams included"
        ),
        wrong="who answered at an address that two machines hold is not told: NET-09, RCH-01 and LM-11 are UNKNOWN",
        notice="their note says that the adapter that answered is none of the destination",
        settles="`Get-NetNeighbor` beside `Get-NetAdapter` of the other host",
        about=("NET-09", "RCH-01", "LM-11"),
    ),
    Point(
        id="WIN-22",
        assumption=(
            "To an address that no attempt took, in none of its networks, a source leaves by its default route: "
            "routes of other prefixes are not read"
        ),
        wrong="**NET-01 may PASS wrongly** where such a route leads through an untrusted network",
        notice="`Find-NetRoute -RemoteIPAddress` on the source",
        settles="a source with such a route",
        green=True,
        about=("NET-01",),
    ),
    Point(
        id="WIN-23",
        assumption="Connectivity of a network is 0 to 4, with 4 the internet",
        wrong="NET-01 takes a network for closed that is not, or the other way: **may PASS wrongly**",
        notice="`ConnectionProfile` in the record against `Get-NetConnectionProfile`",
        settles="a host on the internet",
        green=True,
        about=("NET-01", "ConnectionProfile"),
        settle=connectivity,
        by=SERVERS,
    ),
    Point(
        id="WIN-24",
        assumption=(
            "`Get-VMNetworkAdapter -ManagementOS` tells a VLAN as a mode and an id for it (`VlanSetting`), and its "
            "`DeviceId` is the interface's GUID"
        ),
        wrong="NET-03 and NET-08 take an adapter of a virtual switch for untagged, or are UNKNOWN",
        notice="`ManagementAdapter` in the record against `Get-VMNetworkAdapterVlan -ManagementOS`",
        settles="a host with a VLAN on such an adapter, one with `Set-VMNetworkAdapterIsolation`",
        about=("NET-03", "NET-08", "ManagementAdapter"),
        settle=management_adapters,
        by=HOSTS,
    ),
    Point(
        id="WIN-25",
        assumption=(
            "`HardwareInterface` is true of physical adapters alone, and `LowerLayerInterfaceIndices` leads from "
            "teams to them"
        ),
        wrong="NET-06 judges the speed that a virtual adapter tells of itself",
        notice="the note says whose speed it is",
        settles="a host with a team, one with a virtual switch",
        about=("NET-06",),
        settle=hardware,
        by=HOSTS,
    ),
    Point(
        id="WIN-26",
        assumption="An adapter that SMB's client calls capable of RDMA is so for its server, too",
        wrong="LM-05 **may PASS wrongly**; memory goes over TCP",
        notice="`Get-SmbServerNetworkInterface` beside `Get-SmbClientNetworkInterface` on a destination",
        settles="one host with RDMA",
        green=True,
        about=("LM-05",),
    ),
    Point(
        id="WIN-27",
        assumption=(
            "The registry's `FirewallRules` keys hold every rule of Windows' firewall that decides about TCP 6600, "
            "and a policy's values of a profile stand in `DomainProfile`, `PublicProfile` and `PrivateProfile` or "
            "`StandardProfile`; what service hardening and other products filter stands elsewhere"
        ),
        wrong=(
            "the rules seem to let a migration in that is kept out: RCH-05 **may PASS wrongly** where no attempt was "
            "made; one that finds no answer makes it UNKNOWN, one that connects outweighs all rules"
        ),
        notice=(
            "`Get-NetFirewallRule -PolicyStore ActiveStore` beside `FirewallRule` and `PolicyFirewallRule` in the "
            "record"
        ),
        settles="one host with rules of a policy, one without",
        green=True,
        about=("RCH-05", "FirewallRule", "PolicyFirewallRule"),
    ),
    Point(
        id="WIN-28",
        assumption="With its service stopped, Windows' firewall keeps nothing out",
        wrong="RCH-05 **may PASS wrongly** where no attempt was made",
        notice="RCH-01 fails",
        settles="one host with `MpsSvc` stopped",
        green=True,
        about=("RCH-05", "RCH-01"),
    ),
    Point(
        id="WIN-29",
        assumption=(
            "Connection security rules stand in the registry in the documented grammar, hold in both directions, and "
            "rule out what their addresses, ports and protocol do not name"
        ),
        wrong="IPsec is not noticed: an UNKNOWN becomes a FAIL",
        notice="NET-01 fails though a rule requires protection",
        settles="one host with such a rule",
        about=("NET-01",),
        settle=grammar,
        by=SERVERS,
    ),
    Point(
        id="WIN-30",
        assumption=(
            "Whether a rule encrypts stands in its quick mode set, which is not read; one for integrity alone is common"
        ),
        wrong="nothing: NET-01 is UNKNOWN where a rule may cover the move",
        notice="the note says so; declare the network trusted if you know that it encrypts",
        settles="one host with such a rule",
        about=("NET-01",),
    ),
)
