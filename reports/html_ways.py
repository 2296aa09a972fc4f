"""By which way each target was read, in words: a record keeps it in English."""

from __future__ import annotations

import re

from scanner.api import TargetInfo, tell

SESSION = re.compile(r"(?P<sign_in>[\w-]+) over (?P<way>https?)(?: at (?P<address>\S+))?")
DIRECTORY = re.compile(r"(?P<sign_in>[\w-]+), (?P<how>sealed|over TLS) on (?P<port>\d+), (?P<controller>\S+)")
WHOLE = {"file": tell("file"), "not read": tell("not read")}


def way_of(info: TargetInfo) -> str:
    """The way, as far as it is one of ours; else as the record has it."""
    if found := SESSION.fullmatch(info.how):
        sign_in, way, address = found.groups()
        if address is None:
            return tell("{sign_in} over {way}", sign_in=sign_in, way=way)
        return tell("{sign_in} over {way} at {address}", sign_in=sign_in, way=way, address=address)
    if found := DIRECTORY.fullmatch(info.how):
        sign_in, how, port, controller = found.groups()
        named = {"sign_in": sign_in, "port": port, "controller": controller}
        return (
            tell("{sign_in}, sealed on {port}, {controller}", **named)
            if how == "sealed"
            else tell("{sign_in}, over TLS on {port}, {controller}", **named)
        )
    return WHOLE.get(info.how, info.how)
