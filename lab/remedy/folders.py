"""Commands about folders, and the shares before them."""

from __future__ import annotations

import re

import msgspec

from lab.remedy.command import Call, command
from lab.remedy.world import Refused
from lab.windows.cmdlets.acl import folders
from lab.windows.machine.parts import Folder

RIGHTS = {"Full": "FA", "Change": "0x1301bf", "Read": "0x1200a9"}


@command("New-Item", "ItemType Path", places="Path", required="ItemType Path")
def new_item(call: Call) -> None:
    """A folder more, with those above it, on a drive that the machine has; one that is there is refused."""
    host, path = call.host(), call.text("Path")
    if call.choice("ItemType", "Directory", "File") != "Directory":
        raise Refused(f"{call.known.name}: the lab makes folders alone")
    if path.casefold() in folders(host.machine):
        raise Refused(f"{host.name} has {path} already")
    if not any(path.casefold().startswith(volume.name.casefold()) for volume in host.machine.state.volume):
        raise Refused(f"{host.name} has no drive for {path}")
    others = [folder for folder in host.machine.state.folder if folder.path.casefold() != path.casefold()]
    host.change(folder=[*others, Folder(path)])


@command(
    "Grant-SmbShareAccess",
    "CimSession Name AccountName AccessRight Force",
    places="Name",
    required="Name AccountName AccessRight",
)
def grant_share(call: Call) -> None:
    """An account has a right on a share besides what is there; who is refused it stays refused."""
    host, name = call.host(), call.text("Name")
    right = RIGHTS[call.choice("AccessRight", *RIGHTS)]
    if not (call.flag("Force") or call.flag("Confirm") is False):
        raise Refused(f"{call.known.name} asks before it changes {host.name}")
    shares = host.machine.state.smb.share
    if all(share.name.casefold() != name.casefold() for share in shares):
        raise Refused(f"{host.name} has no share {name}")
    entry = f"(A;;{right};;;{_sid(call, call.text('AccountName'))})"
    changed = [
        msgspec.structs.replace(share, access=share.access + entry)
        if share.name.casefold() == name.casefold()
        else share
        for share in shares
    ]
    host.change("smb", share=changed)


def _sid(call: Call, account: str) -> str:
    """The SID of an operator or a computer. Raises Refused: nobody knows the account."""
    found = call.world.directory.people.get(account.casefold())
    if found:
        return found
    domain, _, name = account.rpartition("\\")
    wanted = name.casefold()
    for (where, _dn), row in call.world.directory.truth.items():
        if row.sam_name.casefold() == wanted and where.partition(".")[0] == domain.casefold():
            return row.sid
    raise Refused(f"{call.known.name}: nobody knows the account {account}")


GRANTED = {"F": "FA", "M": "0x1301bf"}
GRANT = re.compile(r"\*(S-1-[\d-]+):((?:\((?:OI|CI)\))*)(F|M)")
"""Of what icacls takes as a right that which remedies name: a SID, what inherits it, Full Control or Modify."""


@command("icacls", "one two three", places="one two three", required="one two three")
def icacls(call: Call) -> None:
    """`FOLDER /grant *SID:(OI)(CI)F`: an account has a right besides what is there; who is refused it stays refused."""
    host, path = call.host(), call.text("one")
    if call.text("two").casefold() != "/grant":
        raise Refused(f"icacls {call.text('two')}: the lab knows /grant alone")
    granted = GRANT.fullmatch(call.text("three"))
    if granted is None:
        raise Refused(f"icacls /grant {call.text('three')}: no SID with a right that the lab knows")
    found = folders(host.machine).get(path.casefold())
    if found is None:
        raise Refused(f"{host.name} has no folder {path}")
    sid, flags, right = granted.groups()
    entry = f"(A;{flags.replace('(', '').replace(')', '')};{GRANTED[right]};;;{sid})"
    others = [folder for folder in host.machine.state.folder if folder.path.casefold() != path.casefold()]
    host.change(folder=[*others, msgspec.structs.replace(found, access=found.access + entry)])
