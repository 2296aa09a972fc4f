from tests.field.record import HV01, HV11, Record

SITUATION = """corp.example once had a domain branch.example, which was removed without cleaning up: its crossRef is
still there. A new forest of that name holds hv11 and says so itself (its root is branch.example). No trust joins the
two."""
SOURCE = "KB 230306: orphaned domains stay in CN=Partitions"
EXPECT = [("ID-02", "", "UNKNOWN")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV11)
    record.rows("CrossRef", "corp.example").append(
        {"dns_root": "branch.example", "netbios_name": "BRANCH", "unread": ""}
    )
    for domain in ("corp.example", "branch.example"):
        record.rows("Trust", domain).clear()
    return record
