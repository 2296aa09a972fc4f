"""A move is started with the Hyper-V management tools, so the machine it is started from must have them.

Where the estate names that machine (started_from), passes when it has the module and is Windows Server 2016, Windows 10
or later, or as old as the hosts. Without the module there it is a warning if the source or the destination has it, else
a failure; whether older tools will do is unknown. Where the estate names none, one of the two hosts must have it.
"""

from __future__ import annotations

from checks.host.management_tools import at_the_ends, install, install_on, too_old, tools
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import OperatingSystem
from scanner.facts.session import HyperVModule

WANTED = tell("the Hyper-V module where moves are started")


@check(
    id="HOST-04",
    title="Hyper-V management tools are available where the move is started",
    fails="Hyper-V management tools are missing on every machine that could start the move",
    warns="Hyper-V management tools are missing where moves are started, and are on a host",
    severity=Severity.LOW,
    who=Who.OPERATOR,
    scope=scopes.ROUTE,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 4",
    needs=(HyperVModule, OperatingSystem),
    remedy="Install the Hyper-V module (feature Hyper-V-PowerShell) on the source, or where moves are started.",
)
def management_tools(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    start = view.estate.started_from
    here, (ends, unread) = tools(view, start) if start else None, at_the_ends(view, route)
    if here is None and ends:
        return passed(ends)
    if here is not None and here.versions:
        old = too_old(view, start, route)
        return (
            unknown(tell("{old}; whether its tools will do nobody tried", old=old))
            if old
            else passed(tell("{told} on {start}", told=here.told, start=start))
        )
    if here is not None and here.unread:
        return unknown(here.unread)
    if here is not None and ends:
        works = tell("it can be started from there: {ends}", ends=ends)
        return warned(tell("no Hyper-V module on {start}", start=start), WANTED, install(start), works=works)
    if unread:
        return unknown(unread)
    where = joined(", ", filter(None, (start, route.source, route.destination)))
    return failed(tell("no Hyper-V module on {where}", where=where), WANTED, install_on(route.source))
