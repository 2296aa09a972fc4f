"""Each machine runs as an account of its own, which logs on as a service: without that right none starts on arrival.

Passes when the policy that sets the right (RSoP) lists S-1-5-83-0, or the group of NT VIRTUAL MACHINE by its name in
any language, and policy was processed without an error; or none sets it, as on a host in no domain; a right changed on
the host itself is not visible. Fails when a policy sets it without that account (0x80070569), or denies it. Without the
right to create symbolic links it is a warning. Unknown where policy was not processed or not logged, where another name
in the list may be that account, and where it is denied to one machine's account or to a group of every sign-in.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.host.user_rights import VIRTUAL_MACHINES, granted, may_include, processed, right
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import ComputerSystem
from scanner.facts.policy import DENY, LINKS, LOG_ON, PolicyProcessing, PolicyRight

ADMINISTRATORS = "S-1-5-32-544"
WANTED = tell("NT VIRTUAL MACHINE\\Virtual Machines ({virtual_machines}) among them", virtual_machines=VIRTUAL_MACHINES)
ADD = tell("Add NT VIRTUAL MACHINE\\Virtual Machines (S-1-5-83-0) to the right in the policy that sets it")
HOW = tell(
    "the editor resolves it on a machine with Hyper-V. Until the next refresh, gpupdate /force on the host helps."
)
REMEDY = tell("{add}; {how}", add=ADD, how=HOW)


@check(
    id="HOST-06",
    title="'Log on as a service' contains NT VIRTUAL MACHINE\\Virtual Machines",
    fails="Virtual machines lack the right 'Log on as a service', or it is denied to them",
    warns="Virtual machines or Administrators lack the right to create symbolic links",
    severity=Severity.HIGH,
    who=Who.DIRECTORY,
    profiles=Profile,
    scope=scopes.DESTINATION,
    seed="beyond seeds",
    needs=(PolicyRight, PolicyProcessing, ComputerSystem),
    of_machines=True,
    remedy=f"{ADD}.",
)
def log_on_as_a_service(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    denied, allowed, links = (right(view, host.host, name) for name in (DENY, LOG_ON, LINKS))
    if denied is not None and granted(denied):
        return failed(tell("a policy denies it to {denied}", denied=listing(denied)), tell("no such entry"), REMEDY)
    may = None if allowed is None else granted(allowed)
    if allowed is not None and may is False:
        return failed(
            tell("a policy gives it to {allowed}", allowed=listing(allowed) or tell("nobody")), WANTED, REMEDY
        )
    joined = view.one(ComputerSystem, host.host).part_of_domain
    named = allowed is not None and may is True and VIRTUAL_MACHINES not in allowed
    doubt = processed(view, host.host) if named or (allowed is None and joined) else ""
    if denied is not None and may_include(denied):
        doubt = doubt or tell(
            "a policy denies it to {denied}, which may include virtual machines", denied=listing(denied)
        )
    if allowed is not None and may is None:
        doubt = tell(
            "a policy gives it to {allowed}; whether that includes virtual machines is not known",
            allowed=listing(allowed),
        )
    if doubt:
        return unknown(doubt)
    if links is not None and not (granted(links) and granted(links, ADMINISTRATORS)):
        works = tell("machines log on by the right to log on as a service, which they have")
        return warned(
            tell("symbolic links: {links}", links=listing(links) or tell("nobody")),
            tell("{wanted}, and Administrators", wanted=WANTED),
            works=works,
        )
    if allowed is None:
        return passed(
            tell("no policy sets it"), note=tell("a right that was changed on the host itself is not visible")
        )
    return passed(tell("a policy gives it to {allowed}", allowed=listing(allowed)))
