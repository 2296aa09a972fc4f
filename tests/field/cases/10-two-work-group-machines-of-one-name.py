from scanner.facts.certificates import RevocationCheck
from tests.checks.common.certified import REPLICATION, host, own
from tests.field.certified import put
from tests.field.record import HV01, HV02, Record

SITUATION = """Replica with certificates between two work groups: both machines are called HV01, in two networks. They
may be two machines or one with two names: name and work group cannot tell."""
SOURCE = "Microsoft Learn: Hyper-V Replica with certificate-based authentication needs no domain"
OTHER = "hv01.site2.example"
EXPECT = [("ID-10", "", "UNKNOWN"), ("HOST-01", "", "PASS")]
VERDICT = "incomplete"
SAYS = [r"a work group may hold that name twice"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["replica"]["authentication"] = "certificate"
    record.asked_as(HV02, OTHER)
    for name, short in ((HV01, "hv01"), (OTHER, "hv01")):
        put(record, {**host(name, certificates=[own(HV01)]), (RevocationCheck, name): [REPLICATION]})
        record.one("ComputerSystem", name).update(
            name=short.upper(), dns_host_name=short, domain="WORKGROUP", part_of_domain=False, domain_role=2
        )
        record.replica(name, authentication=2)
        for probe in record.rows("EndpointProbe", HV01) + record.rows("EndpointProbe", OTHER):
            probe["target"] = probe["target"].replace(":8083", ":443")
    return record
