from tests.field.record import HV01, HV02, Record

SITUATION = """HV02 was built anew and its old account, HV02-OLD, was left with the service names. Kerberos finds two
accounts for one name and gives no ticket that fits; a restart registers nothing, and setspn -S refuses a
duplicate."""
SOURCE = "Microsoft Learn: service principal names must be unique; error 0x80090322"
EXPECT = [("DEL-08", HV02, "FAIL"), ("DEL-08", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [
    r"CN=HV02-OLD,DC=corp,DC=example holds ",
    r"-Identity 'CN=HV02-OLD,.* -Remove @\{'servicePrincipalName' = ",
]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("ComputerAccount", "corp.example")
    own = next(row for row in rows if row["sam_name"] == "HV02$")
    left = {"dn": "CN=HV02-OLD,DC=corp,DC=example", "sam_name": "HV02-OLD$", "dns_name": "", "sid": own["sid"] + "7"}
    rows.append({**own, **left, "delegates_to": []})
    return record
