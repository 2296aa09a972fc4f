"""Writes the pages that follow from the code: the catalogue of checks, what none of them judges, their warnings, the
facts, the keys of the estate file, what keeps hosts from answering, what is not proven.

    python -m docs.generate

Nothing on these pages is said twice: titles, reasons, remedies, queries, meanings and units are read from the classes
themselves. A test regenerates the pages and fails when one is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docs import (
    catalogue,
    coverage,
    estate_keys,
    fact_pages,
    learn_page,
    not_judged,
    remedy_pages,
    troubles,
    unproven,
    warnings,
)
from docs.headlines import headline_pages
from scanner.plugins import load

FOLDER = Path(__file__).resolve().parent


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    offer = load(third_party=False)
    checks = offer.checks
    return {
        "catalogue.md": catalogue.page(checks),
        "coverage.md": coverage.page(checks, offer.not_judged),
        "warnings.md": warnings.page(checks),
        "facts.md": fact_pages.page(checks),
        "learn.md": learn_page.page(),
        "not-judged.md": not_judged.page(offer.not_judged),
        "estate.md": estate_keys.page(),
        "remedies.md": remedy_pages.page(),
        "troubleshooting.md": troubles.page(),
        "unproven.md": unproven.page(),
        **headline_pages(),
    }


def main() -> None:
    """Write the pages beside this file."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
