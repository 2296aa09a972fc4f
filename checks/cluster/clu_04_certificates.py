"""Any node may hold the broker: each needs the broker's certificate beside its own, and a port in every table of
ports.

Passes when LocalMachine\\My of every node holds the certificate that was chosen for the broker (by its thumbprint:
another one for the same name does not count) and that is for the broker's full name, and the one that the node was
told to use, for its own name; one certificate may be both. A cluster that only sends needs the broker's name alone. A
table of ports, where one is set, must name every node and the broker. Else it fails. Unknown where a node was not
read. With Kerberos only the table is judged. Whether a certificate is valid, has its key and is trusted, REP-05 judges,
and trust apart this check where no planned route begins or ends on the node.
"""

from __future__ import annotations

from checks.cluster.certificates import NEEDS, complete
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, scopes


@check(
    id="CLU-04",
    title="Broker certificates and port mapping complete",
    fails="A node's certificates or table of ports are incomplete or unfit",
    warns="A certificate of the cluster's nodes expires soon, or its key may not encipher",
    severity=Severity.HIGH,
    who=Who.HOST,
    follows=("CLU-02",),
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.CLUSTER,
    seed="beyond seeds",
    needs=NEEDS,
    by_profile=True,
    remedy="Put the broker's certificate on every node, and name every node in the tables of ports.",
    ends="a certificate of the cluster's nodes expires",
    begins="a certificate of the cluster's nodes becomes valid",
)
def broker_certificates(cluster: Subject, view: View) -> Verdict:
    """Judge one cluster."""
    return complete(view, cluster.names[0])
