from tests.field.record import HV01, HV02, Record

SITUATION = """The account of hv02 takes RC4 alone, and dc2 is the first controller of Windows Server 2025, which issues
no RC4. By dc1 moves work; by dc2 they may not, and nobody knows which one is asked next."""
SOURCE = "domain.md G16.3 ID-09; Windows Server 2025 (build 26100) issues no RC4"
EXPECT = [("ID-09", "", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"DC2 \(build 26100 or later\) issues none"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("KerberosAccount", "corp.example"):
        if row["sam_name"] == "HV02$":
            row["encryption_types"] = 4
        if row["controller"]:
            row["version"] = "10.0 (26100)" if row["sam_name"] == "DC2$" else "10.0 (20348)"
    return record
