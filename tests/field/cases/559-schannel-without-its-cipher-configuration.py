from tests.field.record import HV01, HV02, Record

SITUATION = """A hardening script of hv02 deleted the key in which SCHANNEL keeps its cipher suites. Delegation is
complete; every move ends with 0x8009030D all the same."""
SOURCE = "Microsoft Learn: Hyper-V live migration failures guide (2025-09-01), 0x8009030D"
EXPECT = [("HOST-15", HV02, "FAIL"), ("HOST-15", HV01, "PASS"), ("LM-03", "", "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("CipherConfiguration", HV02, [])
    return record
