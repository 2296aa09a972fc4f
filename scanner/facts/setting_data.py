"""Rows of Hyper-V that are part of a virtual machine's settings, and bear the GUID of whose they are."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.facts.base import WindowsFact, guid_in


class SettingData(WindowsFact):
    """A part of the settings of a virtual machine, of a checkpoint, or of what its id names besides."""

    __slots__ = ()
    instance_id: str

    @classmethod
    def accept(cls, raw: Mapping[str, object]) -> bool:
        """Drop templates, which have no GUID after ``Microsoft:``."""
        instance = str(raw.get("InstanceID") or "")
        return instance.lower().startswith("microsoft:") and bool(guid_in(instance.split("\\", maxsplit=1)[0]))

    @property
    def owner(self) -> str:
        """GUID of whose part it is."""
        return guid_in(self.instance_id)
