from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is in a work group and uses CredSSP; hv01 uses Kerberos. A command that sets Kerberos on hv02
would cure nothing: it can never sign in."""
SOURCE = "Microsoft Learn: set up hosts for live migration, requirements"
EXPECT = [("LM-02", "", "FAIL")]
VERDICT = "not ready"
SAYS = [r"(?s)\A(?!.*Set-VMHost -ComputerName 'hv02).*\Z"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(part_of_domain=False, domain="WORKGROUP", domain_role=2)
    for row in record.rows("AnsweringMachine", HV02):
        row.update(part_of_domain=False, domain="WORKGROUP")
    record.one("MigrationSettings", HV02)["authentication"] = 0
    record.one("VMHost", HV02)["authentication"] = 0
    return record
