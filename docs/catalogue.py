"""The catalogue of checks, from the checks themselves."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from itertools import groupby

from checks import AREAS
from docs.fact_pages import question
from docs.markdown import block, code, head, link, table
from scanner.judge import scopes
from scanner.words.check import Check
from scanner.words.model import Fact, key_of
from scanner.words.scope import Scope

LEAD = """\
Every check, as `hv-preflight explain ID` tells it too. The last line of its section names its file: a check is one file
with one function. Where several checks must agree, the judgement stands in a helper beside them that the file imports;
for delegation that is `checks/delegation/verdicts.py` and `coverage.py`. What a check reads is documented field by
field in [facts.md](facts.md).

"Written in" names the page that demands it; the word after `#` is the heading. What is not proven on a real host yet
stands in [unproven.md](unproven.md)."""

TAGS = (
    (
        "**S0 to S3**",
        'Microsoft\'s page "Set up hosts for live migration without Failover Clustering", in four translations',
    ),
    (
        "**S4**",
        "Microsoft's page \"Set up disaster recovery of Hyper-V VMs to a secondary site: replicate Hyper-V VMs in VMM"
        ' clouds to a secondary VMM site"',
    ),
    ("**beyond seeds**", "neither page: a common blocker found elsewhere"),
)
"""What the tags in "Written in" mean."""


SCOPES = """\
What one verdict is about. A check that is wanted always gives one: where it has no subject, NOT_APPLICABLE with the
reason, or UNKNOWN where nobody could look."""


def page(checks: Iterable[Check]) -> str:
    """The catalogue as Markdown."""
    ordered = sorted(checks, key=_place)
    lines = head("Catalogue of checks", LEAD)
    lines += [*table(("Tag", "Where it is written"), TAGS), ""]
    lines += table(
        ("Check", "Verifies", "Severity", "One verdict a"),
        ((link_to(check), check.title, check.severity.word, check.scope.name) for check in ordered),
    )
    for area, found in groupby(ordered, key=area_of):
        lines += ["", f"## {_title(area)}"]
        for check in found:
            lines += ["", *_section(check)]
    lines += ["", "## What is judged", "", SCOPES, ""]
    told = (fact_names(scope) for scope in scopes.ALL)
    lines += table(
        ("Scope", "One of them", "A finding bears upon", "Named by"),
        ((code(s.name), s.noun, s.role.value, named) for s, named in zip(scopes.ALL, told, strict=True)),
    )
    return "\n".join(lines) + "\n"


def fact_names(scope: Scope) -> str:
    """The facts by which a scope's subjects are known; the estate alone where there is none."""
    return ", ".join(code(key_of(fact)) for fact in scope.needs) or "the estate"


def area_of(check: Check) -> str:
    """The letters of its id."""
    return check.id.split("-", maxsplit=1)[0]


def heading(check: Check) -> str:
    """The title of its section."""
    return f"{check.id}: {check.title}"


def link_to(check: Check, page: str = "") -> str:
    """A link to its section, shown as its id."""
    return link(heading(check), page).replace(heading(check), check.id, 1)


def _title(area: str) -> str:
    return (importlib.import_module(f"checks.{AREAS[area]}").__doc__ or area).rstrip(".")


def _place(check: Check) -> tuple[int, str]:
    return list(AREAS).index(area_of(check)), check.id


def _section(check: Check) -> Iterator[str]:
    why, _, passes = check.doc.partition("\n\n")
    yield f"### {heading(check)}"
    yield ""
    profiles = ", ".join(code(name) for name in sorted(check.profiles))
    each = f"**{check.scope.name}**{' and kind of move' if check.by_profile else ''}"
    alone = " · not where only disks move" if check.of_machines else ""
    said = [f"**{word}** {text}" for word, text in (("Fails", check.fails), ("Warns", check.warns)) if text]
    if said:
        yield " · ".join(said)
        yield ""
    yield f"Severity **{check.severity.word}** · one verdict a {each} · profiles {profiles}{alone}"
    yield ""
    yield why
    yield ""
    yield passes
    yield ""
    yield f"**Mend** {check.remedy} **Who** {check.who}"
    if check.follows:
        yield ""
        yield f"**Follows from** {', '.join(check.follows)}: mend those first"
    yield ""
    yield f"**Written in** {check.seed}"
    yield ""
    yield "**Reads**"
    yield ""
    for fact in dict.fromkeys(check.needs):
        yield from _reads(fact)
    yield f"**Decided in** [{code(_file(check))}](../{_file(check)})"


def _reads(fact: type[Fact]) -> Iterator[str]:
    when = ", in the second round, asked for what other machines' answers named" if fact.second_round else ""
    yield f"* {link(fact.__name__, 'facts.md')}{when}"
    yield ""
    yield from (f"  {line}" for line in block(question(fact)))
    yield ""


def _file(check: Check) -> str:
    return f"{check.module.replace('.', '/')}.py"
