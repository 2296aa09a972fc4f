from tests.field.record import HV01, HV02, HV11, Record

SITUATION = """hv11, of another forest, names an account of its own domain that may act on behalf of others, a backup
server, and neither hv01 nor hv02. The command replaces the whole list: it names the three of them, in every finding
alike."""
SOURCE = "Microsoft Learn: Set-ADComputer -PrincipalsAllowedToDelegateToAccount replaces the list"
EXPECT = [("DEL-06", f"{HV01}/{HV11}", "UNKNOWN|FAIL"), ("DEL-06", f"{HV02}/{HV11}", "UNKNOWN|FAIL")]
VERDICT = "not ready"
SAYS = [
    r"-Identity 'CN=HV11,[^']*' .*\(Get-ADComputer -Identity 'CN=HV01,[^)]*\), \(Get-ADComputer -Identity 'CN=HV02,"
    r"[^)]*\), \(Get-ADComputer -Identity 'CN=BACKUP,DC=branch,DC=example' -Server 'branch\.example'\)"
]


def make() -> Record:
    record = Record(HV01, HV02, HV11)
    rows = record.rows("ComputerAccount", "branch.example")
    own = next(row for row in rows if row["sam_name"] == "HV11$")
    backup = own["sid"].rpartition("-")[0] + "-3333"
    for row in record.accounts("HV11$"):
        row.update(allowed_sids=[backup], denied_sids=[], has_resource_delegation=True)
    rows.append(
        {
            **own,
            "dn": "CN=BACKUP,DC=branch,DC=example",
            "sam_name": "BACKUP$",
            "dns_name": "",
            "sid": backup,
            "spns": [],
        }
    )
    return record
