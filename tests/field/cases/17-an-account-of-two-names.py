from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 was built as hv-old, and only its DNS name was changed: its NetBIOS name is still HV-OLD, and the
account HV-OLD$ says that its full name is hv02.corp.example. Both names are the account's, so it is that computer."""
SOURCE = "Microsoft Learn: sAMAccountName and dNSHostName of a computer account"
EXPECT = [("ID-10", "", "PASS"), ("ID-01", "", "PASS"), ("HOST-01", "", "PASS")]
VERDICT = "ready"
SAYS = [r"HV-OLD, in DNS hv02 \(corp\.example\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("ComputerSystem", HV02).update(name="HV-OLD")
    for row in record.accounts("HV02$"):
        row["sam_name"] = "HV-OLD$"
    return record
