"""What the names of a subject name."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What one name of a subject names."""

    MACHINE = "machine"
    """a Hyper-V host, a VMM server, a file server: its DNS name"""
    VM = "virtual machine"
    """its GUID, lower case and without braces, or ``ALL_VMS``"""
    DOMAIN = "domain"
    FILE = "file"
    """a path; people read its last part where that is unambiguous"""
    OTHER = "other"
    """a cluster, a cloud, an account, a network: shown as it is"""
