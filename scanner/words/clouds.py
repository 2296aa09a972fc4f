"""Pairs of VMM clouds as the user plans them: what is replicated from where to where, and how."""

from __future__ import annotations

from dataclasses import dataclass

NOT_TOLD = -1
"""Stands for a number of which the estate says nothing."""


@dataclass(frozen=True, slots=True)
class CloudPair:
    """A planned pair of clouds. Clouds by name or id as the user wrote them, servers by DNS name, lower case."""

    source_server: str
    source: str
    target_server: str
    target: str
    frequency: int = 0
    """seconds between two copies: 30, 300 or 900; 0: not told"""
    recovery_points: int = NOT_TOLD
    """additional recovery points, hours that are kept; 0: the latest alone"""
    app_consistent: int = NOT_TOLD
    """hours between two application-consistent snapshots; 0: none"""
    authentication: str = ""
    """kerberos or certificate; empty: as ``[replica]`` says"""
    port: int = 0
    """0: as ``[replica]`` says"""
    compression: str = ""
    """on or off; empty: not told"""
    initial: str = "online"
    """how the first copy travels: online over the network, offline by the shares of the estate"""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What takes the place of something of the source at the target, by name."""

    source: str
    target: str
