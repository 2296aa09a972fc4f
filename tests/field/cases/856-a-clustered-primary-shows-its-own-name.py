from scanner.facts.certificates import OwnCertificate
from tests.checks.common.certified import own
from tests.field.certified import clustered, pair, put
from tests.field.record import HV01, Record

SITUATION = """The primary host is a node of a cluster and has a sound certificate in its own name. A cluster sends in
the name of its broker, for which it has none."""
SOURCE = "G16.4 CLU-04: a cluster that is only primary needs the broker's name alone"
EXPECT = [("CLU-04", "cl01.corp.example", "FAIL"), ("REP-05", f"{HV01}/", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = pair()
    clustered(record, HV01)
    put(record, {(OwnCertificate, HV01): [own(HV01)]})
    return record
