from tests.field.record import HV01, HV02, Record

SITUATION = """hv02's account is set to "use only Kerberos DES encryption types" (0x200000). Windows has DES switched
off since Windows 7 and Windows Server 2008 R2; a policy can switch it on again, and none was read."""
SOURCE = "KB 977321 (KDC events 16 and 27); MS-KILE 3.3.5.7"
EXPECT = [("ID-01", HV02, "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.accounts("HV02$"):
        row["user_account_control"] |= 0x200000
    return record
