"""Whether what lies among a server's trusted roots keeps it from taking certificates of clients (KB 2802568).

Since Windows Server 2012 SChannel on a server takes no client's certificate for trusted while one that another signed,
as one between root and leaf, lies in LocalMachine\\Root; those that it should trust fail, too. The source tells
it of IIS, which leaves TLS to http.sys as Replica does; of Replica nobody told.
"""

from __future__ import annotations

from checks.common.parts import clip, listing
from checks.replica.chains import is_stray
from scanner.api import Verdict, View, passed, tell, unknown
from scanner.facts.certificates import Authority


def strays_part(view: View, server: str) -> Verdict:
    """Judge the roots of the end that takes replicas. The check must declare ``Authority``.

    Raises:
        MissingEvidence: they were not read.
    """
    names = listing(clip(row.certificate.subject) for row in view.rows(Authority, server) if is_stray(row))
    if not names:
        return passed("")
    why = tell("Windows then refuses certificates of clients (KB 2802568), and with replicas nobody tried")
    wanted = tell("no certificate among its trusted roots that another one signed")
    return unknown(
        tell(
            "{server} holds {names} among its trusted roots, which another signed: {why}",
            server=server,
            names=names,
            why=why,
        ),
        wanted=wanted,
    )
