"""Writes the page of what is not proven on real Windows, from the register of points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docs.markdown import head, table
from scanner.judge.points import SECTIONS
from scanner.words.model import SERVERS
from scanner.words.point import HOSTS, VMM_SERVERS, Point, Section

LEAD = """hv-preflight was built without a Windows machine at hand. What it rests on instead: Microsoft's published
documentation and schemas, from which a contract of commands, parameters and properties is made that every query must
satisfy; recordings of a real PowerShell 7 on Linux, which the script and the practice endpoint are held against; real
Samba domain controllers with real Kerberos, LDAP and DNS; and a practice Windows machine that answers as strictly as
the contract.

That leaves assumptions. Each is listed here with what would go wrong, how you would notice, and what settles it. In
most cases a wrong assumption costs a verdict (UNKNOWN, with a reason); where it could make a **wrong PASS**, the
entry says so.

If you have a host to spare: `hv-preflight doctor HOST --learn FILE` asks it everything there is to ask, and keeps what
it answers [without names](learn.md). One such recording settles much of this page: where the last column says that a
*recording* may tell, it says of the point that it holds, that it does not hold, or that this machine cannot tell it and
which one would. It holds where the recording shows it, on that machine and its release; what is merely not contradicted
stays open. What a move or a command does no recording tells: there it takes one move, or one call.

[How to add a point](#how-to-add-a-point)."""
TITLES = ("Point", "Assumption", "If it is wrong", "How you notice", "What settles it")
OF_KIND = {HOSTS: "a host", VMM_SERVERS: "a VMM server", SERVERS: "a server"}
ENDED = """Site Recovery between two VMM sites takes no new servers since 2019. The profile `asr-vmm` is for what
already runs."""
HOW = """A point is a `Point` in the module of its subject below `scanner/judge/points/tables/`; this page is written
from them.

* **`id`**: the next number behind the highest that its section ever had. It stays with the point; one that is proven
  leaves the register, and nobody gets its id.
* **`assumption`, `wrong`, `notice`, `settles`**: one sentence each, in the words of the field. A command's or a
  move's point says which one it takes: "one move with ...".
* **`green=True`** where something could be called ready, or PASS, that is not; `wrong` says so in bold.
* **`about`**: the checks and facts that it concerns.
* **`settle`** and **`by`**, where a recording of one machine of these kinds can tell: a pure function below
  `scanner/judge/points/seen/`, marked `@settling`, from a `Recording` to `Held` and a sentence. It says that the
  point holds only where the recording shows it: ask what would contradict it. Where the machine is of another
  release, role or configuration it raises `Untold`, which says what machine would tell. No row proves nothing, unless
  the point says that its absence decides. A sentence holds nothing that a machine said but numbers, so it may leave
  the house.
* Its test, in `tests/points/`, has a recording that shows it, one that contradicts it, and one that cannot tell.

`python -m docs.generate` writes the page anew."""


def page() -> str:
    """The page."""
    lines = head("What is not proven on real Windows", LEAD)
    for section in SECTIONS:
        lines += _section(section, "##")
    lines += [ENDED, "", "## How to add a point", "", HOW]
    return "\n".join(lines) + "\n"


def _section(section: Section, marks: str) -> Iterator[str]:
    yield from (f"{marks} {section.title}", "")
    if section.lead:
        yield from (section.lead, "")
    if section.points:
        yield from (*table(TITLES, _rows(section.points)), "")
    for part in section.parts:
        yield from _section(part, f"{marks}#")


def _rows(points: Iterable[Point]) -> Iterator[tuple[str, ...]]:
    for point in points:
        told = f"; *a recording of {OF_KIND[point.by]} may tell*" if point.settle else ""
        yield f"`{point.id}`", point.assumption, point.wrong, point.notice, f"{point.settles}{told}"
