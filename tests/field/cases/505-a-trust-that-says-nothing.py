from tests.field.record import HV01, HV11, Record

SITUATION = """The trust says nothing of encryption types, and both hosts refuse RC4. Controllers of 2019 take RC4 or
AES for such a trust, by the updates they have, and those nobody read: it may work, or no ticket is issued."""
SOURCE = "KB 5021131 (updates of 2022-11), KB 5073381 (of 2026-01): the default changed twice"
EXPECT = [("ID-09", "", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV11)
    for domain in ("corp.example", "branch.example"):
        for row in record.rows("Trust", domain):
            row["encryption_types"] = None
        for row in record.rows("KerberosAccount", domain):
            row["version"] = "10.0 (17763)"
    for host in (HV01, HV11):
        record.put("KerberosPolicy", host, [{"encryption_types": 0x18}])
    return record
