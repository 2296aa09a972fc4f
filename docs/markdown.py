"""The little Markdown that the generated pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written by python -m docs.generate; change the code, not this page. -->"


def head(title: str, lead: str) -> list[str]:
    """How a page begins."""
    return [NOTICE, "", f"# {title}", "", lead, ""]


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; nothing in a cell can end it."""
    lines = [titles, ["---"] * len(titles), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines]


def code(text: str) -> str:
    """Text as code within a line; nothing stays nothing."""
    return f"`{text}`" if text else ""


def block(text: str, language: str = "") -> list[str]:
    """Text as code on lines of its own."""
    return [f"```{language}", *text.splitlines(), "```"]


def link(name: str, page: str = "") -> str:
    """A link to the section that has this title."""
    return f"[{name}]({page}#{anchor(name)})"


def anchor(title: str) -> str:
    """The name Markdown readers give a section."""
    kept = "".join(char for char in title.lower() if char.isalnum() or char in " -_")
    return kept.replace(" ", "-")
