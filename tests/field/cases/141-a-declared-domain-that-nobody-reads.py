from tests.field.record import DIRECTORY, HV01, HV02, Record

SITUATION = """The estate lists a domain of a mistyped name; no host is in it and no move needs it. The move works, and
every report says that the domain was not read."""
SOURCE = "Rule: what was not read is said beside the verdict"
EXPECT = [("HOST-01", HV01, "PASS"), ("ID-02", HV01, "PASS")]
VERDICT = "ready"
SAYS = ["Trust of corp.exmaple: unreachable"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate["domains"].append("corp.exmaple")
    for fact in DIRECTORY:
        record.gap(fact, "corp.exmaple", "unreachable", "DNS has no SRV record for _ldap._tcp.dc._msdcs.corp.exmaple")
    return record
