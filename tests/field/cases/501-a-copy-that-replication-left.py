from tests.field.record import HV01, HV02, Record

SITUATION = """HV02 was joined on two controllers at once, and replication kept both objects: the second one is called
HV02 CNF:..., bears the same DNS name, and nobody looks at it in the console."""
SOURCE = "MS-ADTS 3.1.1.5.1.3 (conflict objects); domain.md ID-04"
EXPECT = [("ID-04", HV02, "FAIL"), ("ID-04", HV01, "PASS"), ("ID-01", HV02, "PASS")]
VERDICT = "not ready"
SAYS = [r"of which replication left a copy"]


def make() -> Record:
    record = Record(HV01, HV02)
    for answer in record.data["answers"]:
        for row in [*answer["rows"]] if answer["fact"] == "ComputerAccount" else ():
            if row["sam_name"] == "HV02$":
                dn = row["dn"].replace("CN=HV02,", "CN=HV02\\0ACNF:5d3c6e12-7f2c-4a6e-9a52-1d3a4b5c6d7e,")
                answer["rows"].append({**row, "dn": dn, "sam_name": "$DUPLICATE-451", "spns": []})
    return record
