"""Hosts that are named on the command line in place of an estate file: an estate of these, each with the others."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from scanner.commands import options
from scanner.commands.console import UsageError, tell
from scanner.estate.read import Declared, read
from scanner.files.reading import named
from scanner.words.names import suffix_of, valid_host_name
from scanner.words.system import WINDOWS
from scanner.words.telling import joined
from scanner.words.telling import tell as phrase
from scanner.words.wording import show

SESSION, TICKET = phrase("as the user of this session"), phrase("with the ticket that kinit got")
TEXT = """\
[sign_in]
method = "kerberos"      # {who}
transport = "https"

[[group]]
name = "named"
hosts = [{hosts}]

[[route]]
from = "named"
to = "named"
"""


def file_of(words: Sequence[str]) -> Path | None:
    """The estate file that is meant; none where hosts are named.

    Raises:
        UsageError: neither one file nor two hosts or more are.
    """
    if not words:
        return options.ESTATE
    if not all(words):
        raise UsageError(phrase("the name of an estate file is empty; is a variable not set?"))
    if len(words) == 1:
        return named(Path(words[0]))
    wrong = [word for word in words if Path(word).is_file() or not suffix_of(valid_host_name(word))]
    if not wrong:
        return None
    files = all(Path(word).is_file() or "/" in word or word.endswith(".toml") for word in words)
    advice = (
        phrase("one estate at a time")
        if files
        else phrase("hosts are written with their domain, as in hv01.corp.example")
    )
    raise UsageError(
        phrase(
            "{map}: write one estate file, or the names of two hosts or more; {advice}",
            map=joined(", ", map(show, wrong)),
            advice=advice,
        )
    )


def declared_of(hosts: Sequence[str], transports: Collection[str] = ()) -> Declared:
    """The estate of these hosts, which is told as text, so that it can be kept and added to.

    Raises:
        UsageError: one is named twice.
        EstateError: something else is wrong with them.
    """
    names = [valid_host_name(host) for host in hosts]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(phrase("{twice} is named twice; a move needs two hosts", twice=joined(", ", twice)))
    text = TEXT.format(who=SESSION if WINDOWS else TICKET, hosts=joined(", ", (f'"{name}"' for name in names)))
    tell(phrase("the estate of this run, to keep as a file and to add to:\n\n{text}", text=text))
    with tempfile.TemporaryDirectory(prefix="hv-preflight-") as folder:
        file = Path(folder) / f"the estate of {names[0]} and others"
        file.write_text(text, encoding="utf-8")
        return read(file, transports)
