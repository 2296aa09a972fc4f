from tests.field.record import HV01, HV02, Record

SITUATION = """The account that reads may not see the sites. All controllers that DNS lists agree, but DNS need not list
all of them."""
SOURCE = "MS-ADTS 6.3.2.3; AvoidDNSRecordsList of Netlogon"
EXPECT = [("DEL-10", HV01, "UNKNOWN"), ("DEL-10", HV02, "UNKNOWN"), ("DEL-01", "", "PASS")]
VERDICT = "incomplete"
SAYS = [r"corp\.example may have controllers that DNS does not list"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.gap("DirectoryServer", "corp.example", "access denied")
    return record
