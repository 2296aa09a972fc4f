"""Classes of Windows whose mere listing does harm; every other class with a known beginning may be listed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

HARMFUL: Mapping[str, str] = MappingProxyType(
    {
        r"Win32_(Product\w*|Software\w*|InstalledSoftwareElement|Patch\w*|ODBC\w+|\w*(Action|Specification|Check)"
        r"|(Launch)?Condition|Property|Binary|ServiceControl|ReserveCost|ApplicationCommandLine|ShortcutSAP"
        r"|(MSI|ManagedSystemElement)Resource)": ("makes Windows Installer check, and repair, every installed program"),
        r"Win32_PingStatus": "sends packets to an address of one's choice",
        r"Win32_(Directory|SubDirectory|ShortcutFile|CodecFile|LogicalFile\w*|SecuritySetting\w*)": (
            "walks every file of every disk"
        ),
        r"Win32_(NTLogEvent\w*|ReliabilityRecords)": "reads every event log from end to end",
        r"Win32_(Account|UserAccount|Group|SystemAccount|UserInDomain|GroupInDomain|GroupUser|NTDomain|AccountSID)": (
            "asks the domain for every account it has"
        ),
        r"Win32_(PerfRawData|PerfFormattedData|Perf)": "makes every performance provider count",
        r"\w*(Event|Trace)": "is for subscriptions",
    }
)
"""Classes whose mere listing does harm, by pattern, with the reason. Listing one lists all that derive from it, so
a class from which such a one derives is one, too (``Win32_MSIResource``, ``Win32_SecuritySettingAccess``)."""
_CLASS = re.compile(r"(Win32|Msvm|MSFT|MSCluster|RSOP)_\w+", re.ASCII)
_HARMFUL = re.compile("|".join(HARMFUL), re.IGNORECASE)


def harmless(value: object) -> str:
    """What is wrong with a value as the name of a class to list; nothing if it may be listed."""
    if not isinstance(value, str) or not _CLASS.fullmatch(value):
        return "takes a Win32_, Msvm_, MSFT_, MSCluster_ or RSOP_ class (a CIM_ class lists all that derive from it)"
    if not _HARMFUL.fullmatch(value):
        return ""
    return next(why for pattern, why in HARMFUL.items() if re.fullmatch(pattern, value, re.IGNORECASE))
