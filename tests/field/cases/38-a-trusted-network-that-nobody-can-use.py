from tests.field.networks import any_network, only, tried
from tests.field.record import HV01, HV02, Record

SITUATION = """The destination takes migrations on any network; the estate trusts 10.20.0.0/24, where it has an address
and the source has none. Who listed that network alone would close the only way there is, so no command is printed."""
SOURCE = "field report: a printed command that made a ready host not ready"
EXPECT = [("LM-09", HV02, "WARN"), ("RCH-01", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready"
SAYS = [r"^(?!(?:.|\n)*(?:UseAnyNetworkForMigration|VMMigrationNetwork))"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    any_network(record, HV02)
    only(record, HV01, "10.77.")
    record.one("MigrationService", HV02)["listening"] = ["10.77.11.2", "10.20.0.2"]
    tried(record, HV01, "10.77.11.2:6600", local="10.77.11.1")
    tried(record, HV01, "10.20.0.2:6600", "TimedOut")
    return record
