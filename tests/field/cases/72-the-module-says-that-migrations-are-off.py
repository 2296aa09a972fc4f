from tests.field.record import HV01, HV02, Record

SITUATION = """The raw settings of hv02 say that live migration is enabled and signs in with Kerberos; what the Hyper-V
module reads of the same host says that it is disabled and uses CredSSP. Which of them holds, nobody knows."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [
    ("LM-01", HV02, "UNKNOWN"),
    ("LM-01", HV01, "PASS"),
    ("LM-02", f"{HV01}/{HV02}", "UNKNOWN"),
    ("LM-03", f"{HV02}/{HV01}", "UNKNOWN"),
    ("LM-03", f"{HV01}/{HV02}", "PASS"),
]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("VMHost", HV02).update(migration_enabled=False, authentication=0)
    return record
