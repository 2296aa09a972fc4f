from tests.field.record import HV01, HV11, Record

SITUATION = """hv01 was deleted and joined anew in its old place in the directory; dc2 has not heard of it and tells
the old SID. The names that dc2's row holds are hv01's own: a command that took them from CN=HV01 would end every
sign-in on hv01."""
SOURCE = "Microsoft Learn: objectSid of an account that is made anew; service principal names must be unique"
EXPECT = [("DEL-08", HV01, "UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"(?s)\A(?!.*-Identity 'CN=HV01,OU=Hyper-V,DC=corp,DC=example'[^\n]*-Remove @\{'servicePrincipalName').*\Z"]


def make() -> Record:
    record = Record(HV01, HV11)
    for row in record.rows("ComputerAccount", "dc2.corp.example"):
        if row["sam_name"] == "HV01$":
            row["sid"] = row["sid"].rpartition("-")[0] + "-1104"
    return record
