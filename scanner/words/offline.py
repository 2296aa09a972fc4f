"""The plan to carry first copies of machines by hand, as checks see it. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfflinePath:
    """A folder in which the first copies lie on their way."""

    path: str
    """a share, or a folder of the machine"""
    machine: str = ""
    """whose folder it is; empty: the path names a share"""

    @property
    def name(self) -> str:
        """As findings name it."""
        return f"{self.path} on {self.machine}" if self.machine else self.path

    @property
    def server(self) -> str:
        """The machine whose folder or share it is, as the path or the estate calls it, lower case."""
        return self.machine or self.path.removeprefix("\\\\").partition("\\")[0].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offline:
    """The plan to carry first copies by hand, between VMM sites."""

    export: OfflinePath | None = None
    import_: OfflinePath | None = None
    service_accounts: tuple[str, ...] = ()
    """of VMM, as the user wrote them; empty: what VMM tells counts"""
    run_as: tuple[str, ...] = ()
    """accounts with which VMM added hosts, as the user wrote them"""

    @property
    def paths(self) -> tuple[OfflinePath, ...]:
        """Both, each once."""
        paths = [path for path in (self.export, self.import_) if path is not None]
        return tuple({path.name.casefold(): path for path in reversed(paths)}.values())[::-1]

    @property
    def accounts(self) -> tuple[str, ...]:
        """Those of both kinds."""
        return (*self.service_accounts, *self.run_as)
