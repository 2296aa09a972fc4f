"""Who took part in a run.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin that took part."""

    name: str
    version: str
    origin: str
    """built-in, package or file"""
