from tests.field.record import HV01, HV02, Record

SITUATION = """The domain, asked as a whole, told hv02's service names; no controller, asked by itself, has one of
them. A source that asks any of these controllers gets no ticket."""
SOURCE = "Microsoft Learn: servicePrincipalName; replication of accounts between controllers"
EXPECT = [("DEL-10", HV02, "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for controller in ("dc1.corp.example", "dc2.corp.example"):
        for row in record.rows("ComputerAccount", controller):
            if row["sam_name"] == "HV02$":
                row["spns"] = []
    return record
