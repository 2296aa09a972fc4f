from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is in a work group and its migrations are off. Windows refuses Enable-VMMigration on a machine
in no domain."""
SOURCE = "Rule: a remedy must be possible where it is printed"
EXPECT = [("LM-01", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = [r"(?s)\A(?!.*Enable-VMMigration -ComputerName 'hv02).*\Z"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(part_of_domain=False, domain="WORKGROUP", domain_role=2)
    record.one("MigrationSettings", HV02)["enabled"] = False
    record.one("VMHost", HV02)["migration_enabled"] = False
    return record
