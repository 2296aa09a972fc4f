"""Patterns of texts that are no name of anybody's: what a field of a fact marks as ``clear`` (``facts.base.prop``).

Only what is listed stays in a recording, so a pattern that is too narrow costs a word there, and one that is too wide
could tell a name: none takes free text.
"""

from __future__ import annotations

VERSION = r"(?<![\s\S])\d{1,9}(?:\.\d{1,9}){1,3}\Z"
"""as the whole of a text: within one, four numbers are an address"""
RUNS = "Running|Stopped|(?:Start|Stop|Continue|Pause) Pending|Paused|Unknown"
STARTS = "Boot|System|Auto|Manual|Disabled"
GROUPS = (
    "Administrators|Hyper-V Administrators|Remote Management Users|Power Users|Server Operators|Print Operators"
    "|Backup Operators|Domain Admins|Domain Users|Enterprise Admins"
)
"""as English Windows calls them"""
OF_WMI = (
    r"root|virtualization|v2|Msvm_[A-Z][A-Za-z]{2,40}|(?:System)?CreationClassName|DeviceID|SystemName|Name"
    r"|InstanceID"
)
"""in the path of an object of Hyper-V"""
OF_HYPER_V = "22391CDC-272C-4DDF-BA88-9BEFB1A0975C|[Mm]svm_ReplicationProvider"
"""the provider of replication that comes with Hyper-V"""
_ALIASES = (
    "AA|AC|AN|AO|AU|BA|BG|BO|BU|CA|CO|CG|DA|DC|DD|DG|DU|EA|ED|HA|IS|IU|LA|LG|LS|NO|NS|NU|PA|PO|PS|PU|RC|RD|RE|RM|RO"
    "|RS|RU|SA|SI|SO|SU|SY|WD|WR"
)
CLUSTERED = (
    "Virtual Machine(?: Replication Broker| Configuration)?|(?:Distributed )?Network Name|IP(?:v6)? Address"
    "|Physical Disk|File Server"
)
"""types of resources of a cluster"""
_RIGHTS = "FA|FR|FW|FX|GA|GR|GW|GX|KA|KR|KW|KX|CC|DC|LC|SW|RP|WP|DT|LO|CR|SD|RC|WD|WO|NW|NR|NX"
_FLAGS = "OI|CI|NP|IO|ID|SA|FA"
SDDL = rf"(?:{_ALIASES})[GDS]?|(?:{_RIGHTS}){{1,16}}|(?:{_FLAGS}){{1,6}}|(?:P|AR|AI){{1,3}}|O[AD]|A[UL]|X[ADU]|[OGDSA]"
"""words of the language of security descriptors (MS-DTYP 2.5.1.1); SIDs in it are looked at as everywhere"""
RULE = (
    r"v\d\.\d{1,3}|Action|Allow|Block|ByPass|DoNotSecure|Secure(?:Server)?|Active|TRUE|FALSE|Dir|In|Out|Protocol|Profile"
    r"|Domain|Private|Public|[LR]Port2?(?:_\d{2})?|RPC|RPC-EPMap|IPHTTPS(?:In|Out)?|Teredo|Ply2Disc|EP[12]_[46]|EP[12]Port"
    r"|[LR]A[46]|LocalSubnet|Name|Desc|EmbedCtxt|App|Svc|Edge|Defer|LSM|LUAuth|RMauth|RUAuth|ICMP[46]|IF|IFType|Lan"
    r"|Wireless|RemoteAccess|Platform2?|Security2?(?:_\d{1,2})?|Auth1Set|Auth2Set|Crypto2?Set|AuthBypassOut|System"
    r"|%SystemRoot%|system32|vmms|svchost|LanmanServer|\d{1,5}-\d{1,5}|\*"
)
"""words of the firewall's rules (MS-GPFAS 2.2.2.19)"""
RULE_NAME = (
    r"(?:FPS|VIRT|WINRM|RemoteDesktop|CoreNet|NETDIS|RemoteSvcAdmin|RemoteEventLogSvc|WMI|MSDTC|RVM|SCM|FailoverCluster"
    r"|ComPlusNetworkAccess|ICMP[46])(?:-(?:SMB|NB_\w{2,12}|HVRHTTPS?L|MIGL|HTTPS?|RPCSS|LLMNR|UserMode|ICMP[46]|ERQ"
    r"|WINMGMT|ASYNC|REMOTEDESKTOP|SPOOLER?|DATAGRAM|SESSION|NAME|ECHO|Compat|TCP|UDP|In|Out|PUBLIC|NoScope|Domain|Active"
    r"|WS|DC|D))*"
)
"""names of rules that come with Windows"""
