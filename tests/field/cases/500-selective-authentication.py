from tests.field.record import HV01, HV11, Record

SITUATION = """The forests trust each other both ways, with selective authentication on corp's side. Whether the account
of hv01 grants "Allowed to authenticate" to hv11 stands in its security descriptor, which nobody read."""
SOURCE = "Microsoft Learn: security considerations for trusts, selective authentication; MS-ADTS 6.1.6.7.9 (0x10)"
EXPECT = [("ID-03", "", "UNKNOWN"), ("ID-02", "", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"selective authentication is on \(0x10\)"]


def make() -> Record:
    record = Record(HV01, HV11)
    for row in record.rows("Trust", "corp.example"):
        row["attributes"] |= 0x10
    return record
