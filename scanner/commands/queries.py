"""queries, jea: show exactly what will be read, and write the least-privilege endpoint that allows just that."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.collect.plan import second_round
from scanner.collect.preview import PlannedQuery, planned
from scanner.collect.role import NAME, endpoint
from scanner.commands import options
from scanner.commands.console import UsageError, hand_over, say, say_json, tell
from scanner.commands.files import NotWritten, write
from scanner.commands.loading import load
from scanner.commands.machines import one_of
from scanner.estate.read import read
from scanner.judge import judging
from scanner.words.exits import INTERNAL, READY
from scanner.words.query import sendable
from scanner.words.quoting import shell
from scanner.words.readonly import NotReadOnlyError
from scanner.words.script import script
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted, reason

Target = Annotated[
    str | None, typer.Option("--target", metavar="HOST", help="Only this machine; a short name will do.")
]
Known = Annotated[
    Path | None,
    typer.Option(
        "--record",
        metavar="FILE",
        help="A record of the first round: then the probes of the second one are known, and in the script.",
    ),
]


def queries(
    estate: options.EstatePath = options.ESTATE,
    *,
    target: Target = None,
    as_json: Annotated[bool, typer.Option("--json", help="As data.")] = False,
    as_script: Annotated[
        bool, typer.Option("--as-script", help="As one script for a machine that may not be reached (needs --target).")
    ] = False,
    known: Known = None,
    plugins: options.Plugins,
) -> int:
    """Show, for every machine, exactly what will be read and by which check. Nothing is sent."""
    if as_script and (target is None or as_json):
        raise UsageError("--as-script writes for one machine, and no JSON: --as-script --target NAME")
    machine, found = _planned(estate, target, plugins, known)
    if as_script:
        _hand_over(found, machine, estate, plugins, complete=known is not None)
    elif as_json:
        say_json([_row(item) for item in found])
    elif not found:
        say(phrase("no enabled check asks anything of these machines"))
    else:
        for name in dict.fromkeys(item.target for item in found):
            _show([item for item in found if item.target == name], filled=known is not None)
    return READY


def _planned(
    estate: Path, target: str | None, plugins: options.Plugins, known: Path | None = None
) -> tuple[str, list[PlannedQuery]]:
    """The machine that is meant, none where all are, and what will be asked of it, or of all."""
    offer = plugins.load()
    declared = read(estate, offer.transports)
    checks = judging.enabled(offer.checks, declared.estate.profiles)
    arguments = second_round(judging.asks_of(checks, load(known, offer)), declared.estate) if known else None
    found = list(planned(checks, declared.estate, arguments))
    _only_reading(found)
    if target is None:
        return "", found
    machine = one_of(target, declared.estate.machines, estate.name)
    return machine, [item for item in found if item.target == machine]


def _only_reading(found: list[PlannedQuery]) -> None:
    """Make sure that nothing is shown or written that would not be sent."""
    try:
        for item in found:
            sendable(item.query)
    except NotReadOnlyError as error:
        raise UsageError(f"a plugin asks for what is not known to only read: {error}") from None


def _hand_over(
    found: list[PlannedQuery], target: str, estate: Path, plugins: options.Plugins, *, complete: bool
) -> None:
    def line(command: str, *more: str) -> str:
        return shell("hv-preflight", command, estate, *more, *plugins.words)

    hand_over(script([item.query for item in found if complete or item.round == 1], target))
    then = line("scan", "--answers", "DIR")
    tell(phrase("keep its output in DIR/{target}.jsonl, then: {then}", target=target, then=then))
    if not complete and any(item.round == 2 for item in found):
        collect = line("collect", "--answers", "DIR", "--save", "first.hvp")
        again = line("queries", "--target", target, "--as-script", "--record", "first.hvp")
        tell(
            phrase(
                "the probes of the second round are not in this script, since other machines' answers tell what they "
                "are about:\nuntil they are asked, what needs them stays unknown. To ask them, too:\n  {collect}\n  "
                "{queries}",
                collect=collect,
                queries=again,
            )
        )


def _row(item: PlannedQuery) -> dict[str, object]:
    place = {"target": item.target, "round": item.round, "text": item.query.text, "checks": list(item.checks)}
    return {**place, **item.query.plan()}


def _show(items: list[PlannedQuery], *, filled: bool) -> None:
    first, second = ([item for item in items if item.round == number] for number in (1, 2))
    many = counted(len(first), "query", "queries")
    say(phrase("{target}: {querys} in 1 sign-in, all of them read. First round:", target=items[0].target, querys=many))
    _list(first)
    if second:
        say(
            phrase("Second round, in 1 more sign-in:")
            if filled
            else phrase("Second round, with what the first one told:")
        )
        _list(second)


def _list(items: list[PlannedQuery]) -> None:
    for item in items:
        say(f"  {item.query.name:<23} {item.query.text}")
        what = phrase("for {checks}", checks=" ".join(item.checks))
        say(
            phrase(
                "{side}{what}",
                side=" " * 26,
                what=what if item.checks else phrase("for what the errors of the others mean"),
            )
        )


def jea(
    estate: options.EstatePath = options.ESTATE,
    *,
    folder: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder for the endpoint's files; none that says something else is overwritten.",
        ),
    ],
    group: Annotated[
        str, typer.Option("--group", metavar="GROUP", help="Who may sign in there.")
    ] = "CORP\\HvPreflight-Scanners",
    plugins: options.Plugins,
) -> int:
    """Write the session configuration and role that allow the queries of the enabled checks, and nothing else."""
    if not group.strip() or not group.isprintable():
        raise UsageError("--group: it is a group's name, as in CORP\\HvPreflight-Scanners")
    _, found = _planned(estate, None, plugins)
    if not found:
        raise UsageError(f"{estate.name} has no machine to ask, so there is nothing to allow")
    files = {
        folder / name: text.encode(
            "ascii" if text.isascii() else "utf-8-sig"
        )  # without a mark it would be read as ANSI
        for name, text in endpoint([item.query for item in found], group).items()
    }
    for path, data in files.items():
        _keep(path, data)
    try:
        for path, data in files.items():
            _make(path.parent)
            write(path, data)
            say(str(path))
    except NotWritten as error:
        tell(str(error))
        tell(phrase("the endpoint's files are not complete"))
        return INTERNAL
    say(phrase("copy {name}/ to the machine's module folder and register {name}.pssc there;", name=NAME))
    say(phrase('then in the estate: configuration = "{name}"', name=NAME))
    return READY


def _make(folder: Path) -> None:
    """Make a folder, and those it stands in, for its owner alone."""
    try:
        for place in (*reversed(folder.parents), folder):
            if not place.is_dir():
                place.mkdir(mode=0o700)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {reason(error)}") from None


def _keep(path: Path, data: bytes) -> None:
    """Make sure that nothing else is lost by writing there."""
    try:
        if path.exists() and not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
            raise UsageError(f"{path} is there and says something else; remove it, or name a new folder with --out")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {reason(error)}") from None
