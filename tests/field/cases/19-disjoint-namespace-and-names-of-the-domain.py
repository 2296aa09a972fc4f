from tests.field.record import HV01, HV02, Record

SITUATION = """The machines' DNS suffix is prod.example. Whoever set delegation up wrote the full names with the name
of the domain, corp.example: nobody is called that, and only the short names can be used. The command adds the real
name."""
SOURCE = "Microsoft Learn: disjoint namespace"
NAME = "Microsoft Virtual System Migration Service/hv02.prod.example"
EXPECT = [("DEL-01", "hv01.prod.example/hv02", "WARN"), ("DEL-02", "hv01.prod.example/hv02", "WARN")]
VERDICT = "ready"
SAYS = [rf"-Add @\{{'msDS-AllowedToDelegateTo' = '{NAME}'\}}"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.disjoint("prod.example", HV01, HV02)
    for row in record.accounts("HV01$"):
        row["delegates_to"] = [entry.replace("prod.example", "corp.example") for entry in row["delegates_to"]]
    return record
