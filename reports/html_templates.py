"""What pages are made with: templates that escape and clean all that they print, and the assets beside them."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

import jinja2

from reports import kinds_of_word
from reports.html_languages import shown, speak
from reports.text import brief, clean, closed, command, name_slug, one_line

_WORDS: dict[str, Any] = {
    "missing_word": kinds_of_word.missing,
    "origin_word": kinds_of_word.origin,
    "seed_word": kinds_of_word.seed,
    "severity_word": kinds_of_word.severity,
    "target_word": kinds_of_word.target,
    "trust_word": kinds_of_word.trust,
    "verdict_word": kinds_of_word.verdict,
    "who_word": kinds_of_word.who,
}
"""Words that are identities, too, as people read them."""
NO_MORE = "base-uri 'none'; form-action 'none'"
"""Ends the content security policy of every page."""


@cache
def templates() -> jinja2.Environment:
    """The templates of all pages."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(brief=brief, closed=closed, one_line=one_line, command=command, slug=name_slug)
    environment.filters.update(number=shown)
    environment.globals.update(_WORDS)
    speak(environment)
    return environment


def _cleaned(value: Any) -> Any:
    """What every expression of a template goes through: markup made by a template stands, other text is cleaned."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value)
    return value


def asset(name: str) -> str:
    """The text of a file beside the templates, as it is."""
    loader = templates().loader
    assert loader is not None  # noqa: S101 - set above
    return loader.get_source(templates(), name)[0]


SHEETS = ("report.css", "first.css", "matrix.css", "pictures.css", "auditor.css", "paper.css")
"""The style of the page, in parts."""


def sheets() -> str:
    """All of it."""
    return "".join(map(asset, SHEETS))


def scripts() -> str:
    """The script of the page, which adds filters and buttons."""
    return asset("filters.js") + asset("report.js")


def digest(text: str) -> str:
    """A text's hash, as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
