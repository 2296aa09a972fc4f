from tests.field.record import HV01, HV02, Record

SITUATION = """Two people wrote the estate: one lists 10.20.0.0/24 as trusted, the other as untrusted. An estate file
that says so is a mistake; a record that was kept or edited may hold it. Where words contradict each other, memory in
clear text is not sent on the better one."""
SOURCE = "[networks] trusted and untrusted of the estate file"
EXPECT = [("NET-01", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"10\.20\.0\.0/24 \(interface 7\): declared untrusted"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["untrusted"] = list(record.estate["trusted"])
    return record
