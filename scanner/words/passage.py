"""Where a demand comes from: a page of the vendor's, and a passage of it.

Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

FRAGMENT = re.compile(r"#([A-Za-z0-9_-]+)(?![\w…-])")
"""The place on a page that a citation names."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the vendor's that demands something."""

    title: str
    tags: tuple[str, ...]
    """what citations of it begin with: its versions"""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One demand, in our words, and who judges it."""

    id: str
    demand: str
    where: str
    """page and line"""
    checks: tuple[str, ...] = ()
    never: str = ""
    """title of the row of what no check can judge, where none can"""
    page: Page | None = None


def address_of(citation: str, pages: Iterable[Page]) -> str:
    """The address that a citation means, with the place on the page where it names one; empty where no page is."""
    page = next((page for page in pages if _tag(citation) in page.tags and page.address), None)
    if page is None:
        return ""
    place = FRAGMENT.search(citation)
    return f"{page.address}#{place[1]}" if place else page.address


def _tag(citation: str) -> str:
    found = re.match(r"S\d", citation)
    return found[0] if found else ""
