"""queries, jea: show exactly what will be read, and write the least-privilege endpoint that allows just that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from scanner import engine, plugins
from scanner.asking import Asked, asked, script
from scanner.commands import options
from scanner.commands.console import UsageError, say, tell, write
from scanner.estate.mistakes import nearest
from scanner.estate.read import read
from scanner.jea import NAME, endpoint
from scanner.policy import READY

Target = Annotated[str | None, typer.Option("--target", help="Only this machine.")]


def queries(
    estate: options.EstateFile,
    target: Target = None,
    as_json: Annotated[bool, typer.Option("--json", help="As data.")] = False,
    as_script: Annotated[
        bool, typer.Option("--as-script", help="As one script for a machine that may not be reached (needs --target).")
    ] = False,
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Show, for every machine, exactly what will be read and by which check. Nothing is sent."""
    found = _asked(estate, target, plugin, no_plugins)
    if as_script:
        if target is None:
            raise UsageError("--as-script writes for one machine: add --target NAME")
        say(script([item.query for item in found if item.round == 1], target.lower()))
        tell(f"keep its output in DIR/{target.lower()}.jsonl, then: hv-preflight scan {estate} --answers DIR")
    elif as_json:
        rows = [
            {"target": a.target, "round": a.round, "text": a.query.text, "checks": list(a.checks), **a.query.plan()}
            for a in found
        ]
        say(json.dumps(rows, indent=2))
    else:
        for name in dict.fromkeys(item.target for item in found):
            _show(name, [item for item in found if item.target == name])
    return READY


def _asked(estate: Path, target: str | None, plugin: list[Path] | None, no_plugins: bool) -> list[Asked]:
    declared = read(estate)
    offer = plugins.load(plugin or (), third_party=not no_plugins)
    found = list(asked(engine.enabled(offer.checks, declared.estate.profiles), declared.estate))
    if target is None:
        return found
    machines = {*declared.estate.hosts, *declared.estate.vmm_servers}
    if target.lower() not in machines:
        raise UsageError(f'"{target}" is no machine of {estate.name}{nearest(target, machines)}')
    return [item for item in found if item.target == target.lower()]


def _show(name: str, items: list[Asked]) -> None:
    first = [item for item in items if item.round == 1]
    say(f"{name}: {len(first)} queries in 1 sign-in, all of them read. First round:")
    for item in first:
        say(f"  {item.query.name:<24}{item.query.text}")
        say(f"  {'':<24}for {' '.join(item.checks)}")
    for item in items:
        if item.round == 2:
            say("Second round, with what the first one told:")
            say(f"  {item.query.name:<24}{item.query.text}")
            say(f"  {'':<24}for {' '.join(item.checks)}")


def jea(
    estate: options.EstateFile,
    folder: Annotated[Path, typer.Option("--out", help="An empty or new folder for the endpoint's files.")],
    group: Annotated[str, typer.Option("--group", help="Who may sign in there.")] = "CORP\\HvPreflight-Scanners",
    plugin: options.Plugins = None,
    no_plugins: options.NoPlugins = False,
) -> int:
    """Write the session configuration and role that allow the queries of the enabled checks, and nothing else."""
    found = _asked(estate, None, plugin, no_plugins)
    for name, text in endpoint([item.query for item in found], group).items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{path.parent} cannot be made: {error.strerror or error}") from None
        write(path, text)
        say(str(path))
    say(f"copy {NAME}/ to the machine's module folder and register {NAME}.pssc there;")
    say(f'then in the estate: configuration = "{NAME}"')
    return READY
