"""The key is copied to the VMM server before it is registered; whoever may read it there can register a server.

Passes when the file that the estate names (`key_on_server`) is on the VMM server, and neither everyone nor all users
may read it. Warns when they may. Fails when it is not there. UNKNOWN when its access list cannot be read or understood,
and where it lies on a share, which is another machine's. Does not apply where servers are registered, where the estate
names no key file, and where it does not say where the key lies on the server.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip
from checks.key.access_list import broad_readers
from scanner.api import (  # fmt: skip
    Ask,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.keycopy import KeyFileAccess, askable

COPY = tell(
    "Copy the key to every VMM server that is registered with it, into a folder that administrators alone may read."
)


def _asks(server: Subject, view: View) -> Iterator[Ask]:
    path = view.estate.site_recovery.key_on_server
    if askable(path):
        yield Ask(KeyFileAccess, server.host, path)


@check(
    id="KEY-09",
    title="Key is on the VMM server, and not for everybody to read",
    fails="The VMM server has no key where the estate says that it lies",
    warns="Everybody or all users may read the key on the VMM server",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #step-2-generate-a-vault-registration-key item 3",
    needs=(KeyFileAccess,),
    asks=_asks,
    remedy=COPY,
)
def on_server(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    declared = view.estate.site_recovery
    path, wanted = declared.key_on_server, tell("the key, for administrators alone to read")
    if declared.registered or not view.estate.key_files:
        return not_applicable(tell("servers are registered, or no key file is named"))
    if not path:
        return not_applicable(
            tell("the estate does not say where the key lies on the server: [site_recovery] key_on_server")
        )
    if not askable(path):
        return unknown(
            tell("{path} is a share of another machine: who may read it there is not read", path=clip(path)),
            wanted=wanted,
        )
    access = view.maybe(KeyFileAccess, server.host)
    if access is None:
        return failed(tell("{path} is not there", path=clip(path)), wanted, COPY)
    readers = broad_readers(access.sddl)
    if readers is None:
        return unknown(
            tell("KeyFileAccess of {host}: its access list is not understood", host=server.host), wanted=wanted
        )
    if readers:
        works = tell("the key registers the server whoever else may read it")
        return warned(
            tell("{path}: {readers} may read it", path=clip(path), readers=joined(" and ", readers)),
            wanted,
            COPY,
            works=works,
        )
    return passed(clip(path))
