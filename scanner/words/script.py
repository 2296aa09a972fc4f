"""Queries as one script of PowerShell: the two fixed texts, and the plan as a literal."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.words.query import Query, fixed, plan_of
from scanner.words.quoting import quote, unquote
from scanner.words.readonly import OWN

ESCAPED = r"[regex]::Replace($_, '[^\x20-\x7e]', { param($m) '\u{0:x4}' -f [int][char]$m.Value })"
"""Answers leave as ASCII (JSON's own escapes), so that no code page of a console or redirection can change them."""


def script(queries: Iterable[Query], target: str) -> str:
    """The queries as one script, for a machine that no session leads to: the same text, the same answers, a line each.

    It is pure ASCII, since Windows PowerShell reads a file without a mark in the machine's own code page. Its one
    literal is read back before anybody gets the script: beside the two fixed texts it holds the plan and nothing else.
    """
    plan = plan_of(queries)
    head = f"# Reads, and changes nothing. Run it on {_comment(target)}, as administrator:\n"
    head += f"#   powershell -File THIS.ps1 > {_comment(target)}.jsonl\n"
    before = "\n".join((head, *map(fixed, OWN), "& {", fixed("Invoke-Query"), "} -Plan "))
    after = f" | ForEach-Object {{ {ESCAPED} }}\n"
    text = f"{before}{quote(plan)}{after}"
    if unquote(text.removeprefix(before).removesuffix(after)) != plan or not text.isascii():
        raise ValueError(f"the plan of {target} cannot be written as a literal")
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _comment(text: str) -> str:
    return "".join(char for char in text if char.isascii() and (char.isalnum() or char in ".-_"))
