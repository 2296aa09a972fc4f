from tests.field.record import HV01, HV02, Record
from tests.field.with_broker import BROKER, tried, with_broker

SITUATION = """The table of ports gives the broker 8090, and the firewall on the way knows 8083 alone: the node answers
there, and replication is set up with the broker."""
SOURCE = "G16.2 RCH-06: the broker's name with the broker's port, each node with its own"
EXPECT = [("RCH-06", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [rf"{BROKER}:8090: no answer", rf"Let TCP 8090 in to {BROKER}"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    with_broker(record, HV02)
    record.estate["replica"] = {**record.estate["replica"], "port": 0}
    ports = [f"{HV02}=8083", f"{BROKER}=8090"]
    record.one("BrokerCertificate", HV02).update(kerberos_ports=ports, certificate_ports=ports)
    tried(record, "TimedOut", port=8090)
    return record
