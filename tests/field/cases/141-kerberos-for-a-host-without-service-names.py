from tests.field.record import HV01, HV02, Record

SITUATION = """Both hosts use CredSSP and moves are started on the source. hv02's account has no service name at all,
so that nothing could move to it with Kerberos: no command gives the hosts that."""
SOURCE = "Microsoft Learn: servicePrincipalName; set up hosts for live migration"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready"
SAYS = [r"(?s)\A(?!.*Set-VMHost -ComputerName 'hv0[^\n]* Kerberos).*\Z"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.estate.update(remote_initiated=False, routes=[{"source": HV01, "destination": HV02, "storage": True}])
    for host in (HV01, HV02):
        record.one("MigrationSettings", host)["authentication"] = 0
        record.one("VMHost", host)["authentication"] = 0
    for row in record.accounts("HV02$"):
        row["spns"] = []
    return record
