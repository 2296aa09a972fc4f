from dataclasses import asdict

from scanner.facts.delegation import NamedAccount
from tests.checks.replica.test_rep_08_service_names import named
from tests.field.certified import clustered, pair
from tests.field.record import HV02, Record

SITUATION = """The broker could not register its names: the password of its computer object does not match. The object
is there and enabled, and lacks them; the broker is online. To restart the service that registers names on hosts would
stop every machine's replication and cure nothing."""
SOURCE = "field/replica-vmm-cases.md 09 (hyper-v-replica-troubleshooting-guide: 0x8007052E, events 1193 and 1194)"
EXPECT = [("CLU-02", "cl01.corp.example", "PASS"), ("REP-08", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"More Actions, Repair: it makes its computer object", r"CL01\$ the right Create Computer objects"]


def make() -> Record:
    record = pair(authentication="kerberos")
    clustered(record, HV02)
    rows = [asdict(named("HOST/BROKER", "HOST/broker.corp.example", "MSClusterVirtualServer/BROKER"))]
    record.put(NamedAccount.__name__, "corp.example", rows)
    return record
