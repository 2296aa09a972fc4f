from tests.field.networks import any_network
from tests.field.record import HV01, HV02, Record

SITUATION = """Any network takes migrations. Besides its private ones hv02 listens on 93.184.216.7, a public address
that it holds still, though deprecated; the source connects to it."""
SOURCE = "NET-01: every network on which the destination accepts migrations"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"93\.184\.216\.0/24 \(interface 4\): public address space"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(routes=[{"source": HV01, "destination": HV02, "storage": True}], trusted=["10.0.0.0/8"])
    any_network(record, HV02)
    row = {"family": 2, "interface": 4, "prefix_length": 24, "state": 3, "store": 1, "text": "93.184.216.7"}
    record.rows("IPAddress", HV02).append(row)
    record.one("MigrationService", HV02)["listening"] = ["10.20.0.2", "10.77.11.2", "93.184.216.7"]
    for text in ("93.184.216.7", "10.77.11.2"):
        like = next(r for r in record.rows("EndpointProbe", HV01) if r["target"] == "10.20.0.2:6600")
        record.rows("EndpointProbe", HV01).append(
            {**like, "target": f"{text}:6600", "remote": text, "addresses": [text], "local": "10.77.11.1"}
        )
    return record
