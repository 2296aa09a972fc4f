from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 lists all names of hv02, and hv02's account denies hv01 and another one. Which of the two wins is
documented nowhere. The cmdlet that sets the list would drop the other deny entry, so a person has to edit it."""
SOURCE = "Microsoft Learn: msDS-AllowedToActOnBehalfOfOtherIdentity is a security descriptor; nothing on precedence"
EXPECT = [("DEL-01", f"{HV01}/{HV02}", "UNKNOWN"), ("DEL-05", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready|incomplete"
SAYS = [
    r"Have whoever administers 'corp\.example' edit msDS-AllowedToActOnBehalfOfOtherIdentity",
    r"would drop 'S-1-5-21-[\d-]+-3333'",
]


def make() -> Record:
    record = Record(HV01, HV02)
    source = next(record.accounts("HV01$"))["sid"]
    for row in record.accounts("HV02$"):
        other = row["sid"].rpartition("-")[0] + "-3333"
        row.update(denied_sids=[source, other], allowed_sids=[], has_resource_delegation=True)
    return record
