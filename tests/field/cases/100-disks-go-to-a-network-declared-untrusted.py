from tests.field.record import HV01, HV02, Record

SITUATION = """Machines move with their disks. Migrations come in by a network of their own; the estate says of the
management network, where the name of hv02 leads, that it is not to be trusted."""
SOURCE = "G16.2 NET-01; what the user declares decides (D2)"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"disks: 10\.77\.0\.0/16 \(interface 4\): declared untrusted"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(untrusted=["10.77.0.0/16"], routes=[{"source": HV01, "destination": HV02, "storage": True}])
    return record
