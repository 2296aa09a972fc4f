"""The page of troubles: what keeps hosts from answering, in the words in which it is told, and what to do."""

from __future__ import annotations

from docs.markdown import block, head, table
from scanner.words.kinds_of_trouble import OF_THE_RUNNER, TABLE, Row
from scanner.words.troubles_on_windows import ON_WINDOWS

LEAD = """\
A host that cannot be read costs every verdict that needs it. The cause is told once: on standard error as soon as it
is known, with about what it costs, and at the end on the terminal, in HTML and in JSON (`lost`), with the hosts it
hit and the number of verdicts, above all else that is unknown. This page lists every cause with what is done about
it; the word in the first column is `kind` in JSON. [`hv-preflight doctor`](doctor.md) looks for all of it before a
scan, step by step."""
OURS = """\
## What this machine lacks

A fault of the configuration or of the machine that runs the scan is no host's. It is found before anybody is asked,
all such faults are told at once, and the run ends with exit 2 and without reports: the estate says how to sign in,
and here that cannot be done. So it is, too, where only some hosts need it, for a run that goes on would call those
hosts unread for a reason that has nothing to do with them; a fault of a host, below, costs that host alone. What runs
a program or asks a person comes after what a look can tell: nobody types a password in vain.

Where `--answers` holds every machine's answers and only domains would be signed in to, the fault is told and the run
goes on. On Windows neither a ticket nor its library is looked for: the sign-in is the system's."""
THEIRS = """\
## What a host or a domain does

In place of the words in capitals the message holds the machine, its domain and realm, the port, the account and the
table of the estate file that says how to sign in."""
NOBODY = """\
## No host could be read

Where no host of the estate gave any answer, the terminal and HTML say "no host could be read", and so does `sentence`
in JSON. The exit is 3: nothing was judged, whatever number of verdicts are "not applicable". Do not let that pass in
a pipeline even where an incomplete run may: [the recipe for GitLab](ci.md#gitlab) shows how.

## A file that is another one

`init`, `estate`, `scan`, `collect`, `queries`, `judge` and `why` know each other's files: an estate file given to
`judge`, a record given to `scan`, a report or the answers of a machine given to either are called what they are, with
the command that reads them. Estate files, records, answers (`*.jsonl`), files of secrets and key files may be UTF-8,
with a mark or without, or UTF-16 with its mark, as Windows PowerShell 5.1 writes them."""
WINDOWS = """\
## Where the scan runs on Windows

In place of what stands above:"""
VALUES = ("{target}", "{domain}", "{realm}", "{table}", "{port}", "{user}", "{extra}")


def _row(row: Row) -> tuple[str, str, str]:
    return f"`{row.kind}`", row.when, _filled(row.do)


def _on_windows(row: tuple[str, str]) -> tuple[str, str]:
    return f"`{row[0]}`", _filled(row[1])


def _filled(do: str) -> str:
    for value in VALUES:
        do = do.replace(value, value.strip("{}").upper())
    return do.replace("<", "&lt;")


def page() -> str:
    """The page."""
    titles = ("Kind", "When", "What to do")
    ours = [row for row in TABLE if row.kind in OF_THE_RUNNER]
    theirs = [row for row in TABLE if row.kind not in OF_THE_RUNNER]
    lines = head("When hosts do not answer", LEAD)
    lines += block("""\
hv11.branch.example   unreachable (5986 refused the connection: is WinRM listening there?)   costs about 22 verdicts
  do: on hv11.branch.example: winrm enumerate winrm/config/listener shows where WinRM listens; ...""")
    lines += ["", OURS, "", *table(titles, map(_row, ours)), "", THEIRS, "", *table(titles, map(_row, theirs))]
    lines += ["", WINDOWS, "", *table(titles[::2], map(_on_windows, ON_WINDOWS.items()))]
    return "\n".join([*lines, "", NOBODY, ""])
