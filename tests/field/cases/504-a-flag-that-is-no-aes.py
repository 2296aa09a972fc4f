from tests.field.record import HV01, HV11, Record

SITUATION = """Somebody gave the trust 0x24, RC4 and "AES session keys", and took it for AES. Tickets across it are RC4
all the same, and hv11's policy refuses that."""
SOURCE = "KB 5021131 (0x20 asks for AES in session keys); KB 4492348; MS-KILE 2.2.7"
EXPECT = [("ID-09", "", "FAIL")]
VERDICT = "not ready"
SAYS = [r"0x24, and hv11\.branch\.example refuses RC4"]


def make() -> Record:
    record = Record(HV01, HV11)
    for row in record.rows("Trust", "corp.example"):
        row["encryption_types"] = 0x24
    record.put("KerberosPolicy", HV11, [{"encryption_types": 0x7FFFFFF8}])
    return record
