from tests.field.record import HV01, HV02, Record

SITUATION = """The account is an administrator of the VMM server and reads all of Windows there. In VMM it has no role:
every question about clouds ends with error 1604. VMM runs, and no cloud is told to be missing."""
SOURCE = "command plan, table 0.1 (1604, 1605); VMM: user roles"
EXPECT = [("VMM-01", "vmm01", "UNKNOWN"), ("VMM-02", "vmm01", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"service SCVMMService is Running; .*no role in VMM"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    server = "vmm01.corp.example"
    for fact in {
        a["fact"] for a in record.data["answers"] if a["target"] == server and a["query"].startswith("Get-SC")
    }:
        record.gap(fact, server, "access denied", f"{fact}: the account has no role in VMM (error 1604)")
    return record
