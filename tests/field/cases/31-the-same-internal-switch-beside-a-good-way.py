from tests.field.networks import address as holds
from tests.field.networks import any_network, listens, tried
from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """Every host holds 192.168.100.1 on an internal NAT switch, and takes migrations on any network. The
migration network beside it connects them: moves work, and the switch harms nothing."""
SOURCE = "practice: the default address of guides that set up a NAT switch on every host"
EXPECT = [
    ("RCH-01", "", "PASS"),
    ("LM-11", "", "PASS"),
    ("NET-09", "", "PASS"),
    ("LM-09", HV02, "WARN"),
    ("LM-10", HV02, "NOT_APPLICABLE"),
]
VERDICT = "ready"
SAYS = [r"not counted, for hv01\.corp\.example holds it itself: 192\.168\.100\.1"]


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    plan = ((HV01, HV02), (HV02, HV01), (HV03, HV02))
    record.estate["routes"] = [{"source": s, "destination": d, "storage": True} for s, d in plan]
    addresses = {HV01: "10.20.0.1", HV02: "10.20.0.2", HV03: "10.20.0.3"}
    for host, own in addresses.items():
        any_network(record, host)
        holds(record, host, "192.168.100.1", 15)
        listens(record, host, own, "192.168.100.1")
        for other, address in addresses.items():
            management = address.replace("10.20.0", "10.77.11")
            if other != host:
                tried(record, host, f"{address}:6600", local=own)
                tried(record, host, f"{management}:6600", local=own.replace("10.20.0", "10.77.11"))
                tried(record, host, f"{other}:445", local=own)
                record.rows("EndpointProbe", host)[-1].update(
                    remote=management, local=own.replace("10.20.0", "10.77.11")
                )
    return record
