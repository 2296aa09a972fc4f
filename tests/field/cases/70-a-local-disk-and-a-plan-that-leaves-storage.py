from tests.field.record import HV01, HV02, Record

SITUATION = """The plan leaves storage where it is, and the disks of hv01's machines lie on local volumes: they must
move. The account of hv02 holds no name of HOST or cifs, so Kerberos does not find where to write them."""
SOURCE = "Microsoft Learn: Set up hosts for live migration without Failover Clustering, step 1"
EXPECT = [("DEL-08", HV02, "FAIL"), ("DEL-08", HV01, "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    for route in record.estate["routes"]:
        route["storage"] = False
    for row in record.accounts("HV02$"):
        row["spns"] = [name for name in row["spns"] if not name.lower().startswith(("host/", "cifs/"))]
    return record
