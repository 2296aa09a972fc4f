"""Which planned moves have no other way to sign in than delegation to any service."""

from __future__ import annotations

from checks.common.disks import disks_move, lying
from checks.delegation.account import member
from checks.delegation.coverage import CIFS, MIGRATION, Form, coverage
from checks.delegation.file_servers import only_unconstrained
from scanner.api import MissingEvidence, Route, View, tell


def rests_on_it(view: View, way: Route) -> bool:
    """Whether something of a planned move needs it; the check must declare ``ALL_PARTS``.

    Raises:
        MissingEvidence: what decides could not be read.
    """
    services = [MIGRATION] * way.machines + [CIFS] * disks_move(view, way.source, way.destination)
    for found in (coverage(view, way.source, way.destination, one) for one in services):
        if found.form is Form.UNCONSTRAINED and found.unsettled:
            raise MissingEvidence(
                tell(
                    "{seen}; whether {short} is in a group named there was not read",
                    seen=found.seen,
                    short=found.source.short,
                )
            )
        if found.form is Form.UNCONSTRAINED:
            return True
    where = lying(view, way.source)
    if where.unread:
        raise MissingEvidence(where.unread)
    giver = member(view, way.source)
    return any(only_unconstrained(view, giver, server) for server in where.servers)
