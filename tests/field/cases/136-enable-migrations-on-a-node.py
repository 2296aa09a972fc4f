from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is a node of a cluster, which governs its migrations; its own switch is off and it listens
nowhere. No command for a single host belongs there."""
SOURCE = "Rule: a remedy must be possible where it is printed"
EXPECT = [("RCH-01", f"{HV01}/{HV02}", "FAIL|UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"(?s)\A(?!.*Enable-VMMigration -ComputerName 'hv02).*\Z"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("ClusterInfo", HV02, [{"name": "CL01", "fqdn": "cl01.corp.example", "functional_level": 10}])
    record.one("MigrationSettings", HV02)["enabled"] = False
    record.one("VMHost", HV02)["migration_enabled"] = False
    record.one("MigrationService", HV02)["listening"] = []
    return record
