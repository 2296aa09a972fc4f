from tests.field.record import HV01, HV02, Record

SITUATION = """A contact in another domain of the forest holds the service name of hv02's migrations. The catalogue
tells who holds it, and one SID fewer than holders."""
SOURCE = "part G, DEL-09; MS-ADTS: an object that is no security principal has no SID"
EXPECT = [("DEL-09", HV02, "FAIL"), ("DEL-09", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [r"CN=GHOST,DC=apac,DC=corp,DC=example holds"]


def make() -> Record:
    record = Record(HV01, HV02)
    (account,) = {row["sid"]: row for row in record.accounts("HV02$")}.values()
    names = {name.lower() for name in account["spns"]}
    record._catalogues()
    for answer in record.data["answers"]:
        if answer["fact"] == "ServiceName":
            answer["query"] = "(edited)"
            for row in answer["rows"]:
                if row["spn"].lower() in names:
                    row["holders"].append("CN=GHOST,DC=apac,DC=corp,DC=example")
    return record
