from tests.field.record import HV01, HV02, Record

SITUATION = """Somebody ran Disable-PSRemoting on hv01: its session configuration refuses NETWORK before it admits
Administrators. The scanner came in by a configuration of its own; a person's Enter-PSSession is refused."""
SOURCE = "Microsoft Learn: Disable-PSRemoting"
EXPECT = [("OPR-01", f"/{HV01}", "PASS"), ("OPR-02", f"/{HV01}", "FAIL"), ("OPR-02", f"/{HV02}", "PASS")]
VERDICT = "not ready"
SAYS = [r"switch remoting on there"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(operators=["CORP\\hv-mover"])
    row = record.one("SessionConfiguration", HV01)
    row["text"] = row["text"].replace("D:P(", "D:P(D;;GA;;;NU)(")
    return record
