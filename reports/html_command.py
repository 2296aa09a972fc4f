"""Commands on a page: each as it is to be copied, and broken into lines wherever it is shown, also without a style.

``<pre wrap>`` breaks lines by HTML's own rules, and ``<wbr>`` says where within a long word; neither is of the text.
"""

from __future__ import annotations

import re

from reports.text import LONG, clean

WORD = 24
"""Characters of a word that fit on every screen."""
LONG_WORD = re.compile(rf"\S{{{WORD + 1},}}")
PIECE = re.compile(rf"[^/\\.,;:=&|_-]{{1,{WORD}}}[/\\.,;:=&|_-]?|[/\\.,;:=&|_-]{{1,{WORD}}}")


def pieces(text: str) -> list[str]:
    """The text, cleaned, cut where a line may end within a long word."""
    safe = clean(text, LONG * 10)
    found, end = [""], 0
    for word in LONG_WORD.finditer(safe):
        first, *more = PIECE.findall(word.group())
        found[-1] += safe[end : word.start()] + first
        found += more
        end = word.end()
    found[-1] += safe[end:]
    return found
