"""What values of commands may look like, as regular expressions that match the whole value in any case."""

from __future__ import annotations

NAMESPACE = r"root\\(cimv2|virtualization\\v2|StandardCimv2|MSCluster|rsop\\computer|Microsoft\\Windows\\\w+)"
HIVE = r"SOFTWARE|SYSTEM|Cluster|HARDWARE\\DESCRIPTION"
"""Of the last, which Windows makes anew at each start, what it found of the machine: reading a value asks no device."""
KEY = rf"Registry::HKEY_LOCAL_MACHINE\\({HIVE})" r"(\\(?!\.{1,2}(\\|$))[^\\/*?\[\]:\x00-\x1f\x7f]+)*"
_PART = r"\\(?!\.{1,2}(\\|$))[^\\/*?\[\]:\x00-\x1f\x7f]+"
BELOW = rf"Registry::HKEY_LOCAL_MACHINE\\({HIVE})({_PART})+\\\*({_PART})?"
"""All keys right below one key, or one key of each: no wildcard stands in a name, or in two places."""
TARGET = r"([0-9A-F:.]+>)?(\[[0-9A-F:.]+\]|[\wÀ-ÖØ-öø-ɏ.-]+):\d{1,5}(/tls)?(/date)?"
DISK = r'[A-Z]:(\\(?!\.{1,2}(\\|$))[^\\/:*?"<>|\x00-\x1f]+)+\.(a?vhdx?|vhds|vhdpmem)'
"""The file of a virtual disk on a drive of the machine: no share, which would be another machine's, no wildcard, no
stream within a file, no folder above."""
FOLDER = r'[A-Z]:(\\|(\\(?!\.{1,2}(\\|$))[^\\/:*?"<>|\x00-\x1f]+)+)'
"""A folder, or a file, on a drive of the machine, likewise."""
KEY_COPY = DISK[: DISK.rindex(r"\.(")] + r"\.VaultCredentials"
"""A registration key on a drive of the machine: no share, no wildcard, no stream, no folder above."""
_FOLDER = r"(\\\\(?!\.{1,2}(\\|'))[^\\/:*?\"'<>|\x00-\x1f]+)"
PROGRAM = rf"[A-Z]:{_FOLDER}*\\\\DRConfigurator\.exe"
"""The provider's program on a drive of the machine, as WQL writes it: each backslash twice, and no quote in it."""
_LOCAL = r"SID='S-1-5-32-\d{3}'"
ACCOUNT = r"[^\"\\/\[\]:;|=,+*?<>{}]"
"""A sign of the name of a machine or a group: what no such name holds could end the name within a query."""
QUERY = (
    r"SELECT SID,Name,Domain FROM Win32_Group WHERE LocalAccount=TRUE"  # noqa: S608 - a pattern
    rf" AND \({_LOCAL}( OR {_LOCAL})*\)"
    rf"|ASSOCIATORS OF \{{Win32_Group\.Domain=\"{ACCOUNT}{{1,64}}\",Name=\"{ACCOUNT}{{1,256}}\"\}}"
    r" WHERE AssocClass=Win32_GroupUser Role=GroupComponent"
    rf"|SELECT Name,Version FROM CIM_DataFile WHERE Name='{PROGRAM}'"
)
"""Whole queries: built-in local groups by their SIDs, who is in one group, and one file by its whole name. Without
``LocalAccount``, and without ``Role``, the provider asks the domain for every group it has; without the whole name it
walks every file of every disk."""
PROXY = r"((\[[0-9A-F:.]+\]|[\w.-]+):\d{1,5})?"
