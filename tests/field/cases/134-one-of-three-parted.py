from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """Three hosts with CredSSP, moves from hv01 and hv03 to hv02, started on the source. Kerberos on hv01
and hv02 alone would part hv03: its moves to hv02 would be refused."""
SOURCE = "Microsoft Learn: set up hosts for live migration (both hosts use the same authentication protocol)"
EXPECT = [("LM-03", f"{HV01}/{HV02}", "WARN")]
VERDICT = "ready"
SAYS = [r"(?s)\A(?!.*hv01[^\n]*Kerberos\n[^\n]*hv02[^\n]*Kerberos\n(?!Set-VMHost)).*\Z"]


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate.update(
        remote_initiated=False, routes=[{"source": s, "destination": HV02, "storage": True} for s in (HV01, HV03)]
    )
    for host in (HV01, HV02, HV03):
        record.one("MigrationSettings", host)["authentication"] = 0
        record.one("VMHost", host)["authentication"] = 0
    return record
