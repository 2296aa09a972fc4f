"""Writes the page of the remedy test: what it shows, and the commands that the lab can carry out, from their table."""

from __future__ import annotations

import inspect

from docs.markdown import code, head, table
from lab.remedy import interpreter  # noqa: F401 - it registers the commands
from lab.remedy.carry import TIMES
from lab.remedy.command import COMMANDS, Known

LEAD = """A finding prints what would mend it. Commands are there to be pasted into production, so they are tested: the
lab carries them out, then the estate is judged again. What only a person can do (join a domain, upgrade a release, make
a new key) is printed as words, and is not carried out."""

TEST = f"""`tests/remedies/` takes the broken practice estate, and a hundred estates in which faults were drawn at
random: entries of delegation missing, services stopped, networks wrong, ports closed, old virtual machines, hosts that
are domain controllers or have a DNS suffix of their own. Each is judged, what is printed is carried out (causes first,
as `CAUSES` in `lab/remedy/carry.py` orders areas, else in any order; the lines of one finding as they stand), and it is
judged again, {TIMES} times at most. Then

* no command was refused: each exists on the release of its machine, is given values that Windows takes, holds no
  placeholder, and breaks nothing (a host that took migrations still does, a domain controller keeps the bits it needs);
* what had a command passes, or does not apply any more; or it warns of something else, for which no command is printed;
* nothing that passed at first fails or is unknown.

The generated estates are judged without a wire: the states of practice machines answer the scanner's own queries, and
who reaches whom follows from addresses, listeners and closed ports. A test holds this model against the practice
records, whose probes and directory rows were read on the real wire: it judges them alike. The broken estate is also
cured in the lab itself, on Samba's domain controllers and on served machines, and scanned again each time.

**What it shows** is that printed commands fit our model of them, and no more: no command ever ran on Windows here. What
the model rests on stands in [unproven.md](unproven.md#what-remedies-rest-on)."""

COMMANDS_LEAD = """A remedy that uses another command or parameter fails the test; one more is a function in
`lab/remedy/`. *Since* is the first release that has it, later parameters in parentheses. `Confirm`, `WhatIf`,
`Verbose`, `ErrorAction` and `PassThru` may stand with each.

A command within a sentence is for looking, as `Measure-VMReplication` in *Look why*: what it shows decides what
somebody does next, so no cured state follows from it. The lab knows it, and it changes nothing."""


def page() -> str:
    """The page."""
    rows = [_row(known) for known in sorted(COMMANDS.values(), key=lambda known: known.name.casefold())]
    lines = head("Remedies, and how they are tested", LEAD)
    lines += ["## The test", "", TEST, "", "## The commands", "", COMMANDS_LEAD, ""]
    return "\n".join([*lines, *table(("Command", "Parameters", "Since", "Needs", "In the model"), rows)]) + "\n"


def _row(known: Known) -> tuple[str, str, str, str, str]:
    young = [f"-{name} {release}" for name, release in known.young.items()]
    since = known.since + (f" ({', '.join(young)})" if young else "")
    named = "" if known.name.islower() else ", ".join(known.parameters)
    return code(known.name), named, since, known.on, inspect.getdoc(known.run) or ""
