from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is in a work group, and its NetBIOS name is HV01: it was renamed and not restarted, or it is a copy
of hv01 of which only the DNS name was changed."""
SOURCE = "Microsoft Learn: Win32_ComputerSystem (Name, DNSHostName), Rename-Computer (takes effect after a restart)"
EXPECT = [("ID-01", HV02, "UNKNOWN"), ("HOST-01", HV02, "UNKNOWN"), ("ID-10", "", "UNKNOWN"), ("HOST-01", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"it calls itself HV01, in DNS hv02 \(WORKGROUP\); if it was renamed, restart it"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(name="HV01", domain="WORKGROUP", part_of_domain=False, domain_role=2)
    return record
