"""The one spelling of a host's or domain's name, wherever a person writes it."""

from __future__ import annotations


def host_name(text: str) -> str:
    """The name in lower case, without the dot that may end it: ``HV01.Corp.Example.`` is ``hv01.corp.example``."""
    return text.strip().lower().removesuffix(".")
