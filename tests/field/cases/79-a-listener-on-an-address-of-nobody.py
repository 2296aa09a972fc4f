from tests.field.record import HV01, HV02, Record

SITUATION = """The migration service of hv02 says that it listens on 10.20.0.42, which hv02 held before. The port there
is open; neither hv02 nor any other host that was read holds that address now. Who answered, nobody can tell."""
SOURCE = "Rule: an address counts as a host's only if it leads there"
EXPECT = [("RCH-01", f"{HV01}/{HV02}", "UNKNOWN"), ("RCH-01", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("MigrationService", HV02)["listening"].append("10.20.0.42")
    like = next(row for row in record.rows("EndpointProbe", HV01) if row["target"] == "10.20.0.2:6600")
    record.rows("EndpointProbe", HV01).append({**like, "target": "10.20.0.42:6600", "remote": "10.20.0.42"})
    return record
