"""Programs of the command line: setspn, repadmin, netdom."""

from __future__ import annotations

from lab.remedy.command import Call, command
from lab.remedy.world import Refused


@command("setspn", "S D L Q X T F words", places="words words2 words3")
def setspn(call: Call) -> None:
    """Names of services on an account; `-S` and `-D` take a name, then the account behind it."""
    account = call.text("words")
    adds = "S" in call.given
    if not account and not adds and "D" not in call.given:
        return  # it only shows
    domain, _, short = account.rpartition("\\")
    found = call.world.directory.find(short, domain)
    name = call.text("S" if adds else "D")
    spns = found.account.spns
    if adds:
        if other := call.world.directory.holder(name, found.account):
            raise Refused(f"duplicate: {other.dn} holds {name} already")
        if name.casefold() not in (spn.casefold() for spn in spns):
            spns = (*spns, name)
    else:
        spns = tuple(spn for spn in spns if spn.casefold() != name.casefold())
    call.world.directory.change(found, spns=spns)


@command("repadmin", "one two three four", places="one two three four", required="one two")
def repadmin(call: Call) -> None:
    """`/syncall CONTROLLER /Ade`: the controller asks its partners for all they know."""
    if call.text("one").casefold() != "/syncall":
        raise Refused(f"repadmin {call.text('one')}: the lab knows /syncall alone")
    flags = call.text("three").removeprefix("/")
    if not set(flags) <= set("AdePqIsSjaghm"):
        raise Refused(f"repadmin /{flags}: there is no such option")
    if "P" in flags:
        raise Refused(f"repadmin /{flags} pushes what {call.text('two')} does not know yet")
    call.world.directory.pull(call.text("two").casefold())


@command("netdom", "one two three four five six", places="one two three four five six", required="one two three")
def netdom(call: Call) -> None:
    """`trust ONE /domain:OTHER /add /twoway`, with who may do that in either domain."""
    words = [str(value) for value in call.given.values()]
    if words[0].casefold() != "trust":
        raise Refused(f"netdom {words[0]}: the lab knows trust alone")
    other = next((word.partition(":")[2] for word in words if word.casefold().startswith("/domain:")), "")
    directory = call.world.directory
    for name in (words[1], other):
        if name not in directory.domains:
            raise Refused(f"netdom trust: no domain {name or 'behind /domain:'} was read")
    if any(trust.partner == other for trust in directory.trusts[words[1]]):
        raise Refused(f"{words[1]} has a trust with {other} already")
    if "/add" not in (word.casefold() for word in words) or "/twoway" not in (word.casefold() for word in words):
        raise Refused("netdom trust: without /add /twoway there is no two-way trust")
    raise Refused("netdom trust makes no forest trust, and asks for somebody of both domains")
