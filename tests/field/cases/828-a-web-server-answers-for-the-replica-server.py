from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 takes replicas by certificate alone; IIS answers on the port of Kerberos. The plan signs in with
Kerberos, and the port is open."""
SOURCE = "Set up disaster recovery to a secondary VMM site, step 4, item 9; http.sys shares its ports"
EXPECT = [("REP-02", f"{HV01}/{HV02}", "FAIL"), ("RCH-06", f"{HV01}/{HV02}", "FAIL"), ("REP-03", HV02, "PASS")]
VERDICT = "not ready"
SAYS = [r"hv02\.corp\.example allows certificate"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.replica(HV02, authentication=2)
    return record
