"""Local groups, who may open a session, and rights that a policy sets."""

from __future__ import annotations

import re

from scanner.facts.host import ComputerSystem
from scanner.facts.local_group import Administrator, LocalGroup
from scanner.facts.policy import PolicyRight
from scanner.facts.session import SessionConfiguration
from scanner.judge.points.reading import Untold, answers, settling, some, whole
from scanner.judge.points.values import flag, items, number, text
from scanner.words.point import Told
from scanner.words.recording import Held, Recording
from scanner.words.wording import counted, lasting

QUICK, SLOW = 1.0, 5.0
"""seconds: no controller was asked for every group of a domain; one may have been"""
CONTROLLER = 4
"""Win32_ComputerSystem.DomainRole from which on the machine is a domain controller"""
SID = re.compile(r"\*?S-1(?:-\d{1,20}){1,16}", re.IGNORECASE)


@settling
def own_groups(recording: Recording) -> Told:
    """Both queries are quick on a member of a domain."""
    if not any(flag(row, "PartOfDomain") for row in whole(recording, ComputerSystem)):
        raise Untold("a member of a domain would tell")
    times: list[float] = []
    for fact in (LocalGroup, Administrator):
        whole(recording, fact)
        taken = [one.seconds for one in answers(recording, fact)]
        if None in taken:
            raise Untold(f"{fact.__name__} was not timed")
        times += [seconds for seconds in taken if seconds is not None]
    slowest = max(times)
    if slowest >= SLOW:
        return Held.FAILS, f"one of the two queries took {lasting(slowest)} on a member of a domain"
    if slowest > QUICK:
        raise Untold(f"one of the two queries took {lasting(slowest)}; on a machine with less to do it would tell")
    return Held.HOLDS, f"neither query took longer than {lasting(slowest)} on a member of a domain"


@settling
def group_names(recording: Recording) -> Told:
    """Groups and members have SID, Name and Domain; of a group the domain is the machine's own name."""
    groups = some(recording, LocalGroup, "a Windows machine")
    members = some(recording, Administrator, "a machine whose administrators were asked for")
    if not all(text(row, name) for row in groups for name in ("SID", "Name", "Domain")):
        return Held.FAILS, "a group lacks SID, Name or Domain"
    if not any(all(text(row, name) for name in ("SID", "Name", "Domain")) for row in members):
        return Held.FAILS, "no member has SID, Name and Domain"
    domains = {(text(row, "Domain") or "").casefold() for row in groups}
    for system in some(recording, ComputerSystem, "a Windows machine"):
        role, name = number(system, "DomainRole"), (text(system, "Name") or "").casefold()
        if role is None or role >= CONTROLLER:
            raise Untold("a machine that is no domain controller would tell")
        if domains != {name}:
            return Held.FAILS, "Domain of a local group is not the machine's own name"
    return Held.HOLDS, f"{counted(len(groups), 'group')} of the machine's own name, with members"


@settling
def session_list(recording: Recording) -> Told:
    """ConfigXML holds one security descriptor."""
    for row in some(recording, SessionConfiguration, "a machine with the default session configuration"):
        if not SessionConfiguration(text(row, "ConfigXML")).sddl.startswith(("O:", "G:", "D:")):
            return Held.FAILS, "ConfigXML holds no Sddl, or more than one"
    raise Untold("ConfigXML holds one Sddl; `Get-PSSessionConfiguration` beside it would tell whether that is in force")


@settling
def policy_sids(recording: Recording) -> Told:
    """Accounts of a right that a policy sets are SIDs."""
    rows = some(recording, PolicyRight, "a host with such a right set by a policy")
    accounts = [one for row in rows for one in items(row, "AccountList")]
    others = sum(not (isinstance(one, str) and SID.fullmatch(one)) for one in accounts)
    if others:
        return Held.FAILS, f"told by no SID: {others} of {counted(len(accounts), 'account')}"
    raise Untold(
        f"{counted(len(accounts), 'account')} told by SID; a host with a right changed locally would tell the rest"
    )
