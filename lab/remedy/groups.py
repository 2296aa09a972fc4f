"""Commands about a machine's local groups and its management tools."""

from __future__ import annotations

from lab.remedy.command import Call, command
from lab.remedy.refused import Refused
from lab.windows.machine.base import GROUPS, groups, members
from lab.windows.machine.parts import Member


@command("Add-LocalGroupMember", "SID Member", since="2016", required="SID Member")
def add_member(call: Call) -> None:
    """An account of a domain becomes a member of a local group, which is named by its SID."""
    host, sid, name = call.host(), call.text("SID"), call.text("Member")
    if all(row["SID"] != sid for row in groups(host.machine)):
        raise Refused(f"{host.name} has no group {sid}")
    account = call.world.directory.people.get(name.casefold())
    if account is None:
        raise Refused(f"{call.known.name}: no domain that {host.name} trusts has an account {name}")
    there = members(host.machine, sid)
    if any(member.sid == account for member in there):
        raise Refused(f"{name} is in {GROUPS[sid][0]} of {host.name} already")
    host.change("members", **{GROUPS[sid][1]: [*there, Member(name, account, "user")]})
