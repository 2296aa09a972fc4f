from tests.field.record import HV01, HV02, Record

SITUATION = """The domain, asked as a whole, told an enabled account of hv02; both controllers, asked afterwards by
themselves, say that it is disabled."""
SOURCE = "Microsoft Learn: replication of accounts between controllers"
EXPECT = [("DEL-10", HV02, "UNKNOWN")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for controller in ("dc1.corp.example", "dc2.corp.example"):
        for row in record.rows("ComputerAccount", controller):
            if row["sam_name"] == "HV02$":
                row["user_account_control"] |= 0x2
    return record
