"""What a cmdlet passes on: objects with named properties, and .NET values that JSON shows in their own form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Row(dict[str, Any]):
    """An object with properties in order; names are found whatever their case.

    `type_name` is the class it comes from, `text` what .NET's ToString gives where an object becomes text.
    """

    def __init__(self, values: dict[str, Any] | None = None, *, type_name: str = "", text: str = "") -> None:
        super().__init__(values or {})
        self.type_name = type_name
        self.text = text

    def spelling(self, name: str) -> str | None:
        """The property's own spelling of `name`, or None when there is no such property."""
        if name in self:
            return name
        wanted = name.casefold()
        return next((own for own in self if own.casefold() == wanted), None)

    def value(self, name: str) -> Any:
        """The value of a property; None when it is null or absent."""
        own = self.spelling(name)
        return None if own is None else self[own]


@dataclass(frozen=True)
class Version:
    """System.Version; -1 means not given."""

    major: int
    minor: int
    build: int = -1
    revision: int = -1

    @classmethod
    def of(cls, text: str) -> Version:
        """The version a dotted text names."""
        return cls(*(int(part) for part in text.split(".")))

    def __str__(self) -> str:
        return ".".join(str(part) for part in (self.major, self.minor, self.build, self.revision) if part >= 0)
