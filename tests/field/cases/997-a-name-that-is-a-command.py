from tests.field.record import HV01, HV02, Record

SITUATION = """A controller tells a distinguished name of 60,000 characters that holds a command: a quote, a semicolon,
and what to delete. What would be pasted to mend delegation would have to name it."""
SOURCE = "Rule: a name that no thing of Windows has is written into no command"
EXPECT = [("DEL-01", f"{HV01}/{HV02}", "FAIL|UNKNOWN")]
VERDICT = "not ready|incomplete"
SAYS = [r"What a command would have to name is longer than any name of Windows is"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.accounts("HV01$"):
        row.update(dn="CN=HV01'; Remove-Item C:\\ -Recurse # " + "A" * 60_000, delegates_to=[])
    for row in record.accounts("HV02$"):
        row.update(allowed_sids=[], has_resource_delegation=False)
    return record
