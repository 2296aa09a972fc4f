from tests.field.record import HV01, HV02, Record

SITUATION = """Management and migrations are two adapters of one virtual switch. On one host each has a VLAN of its own,
on the other the migration adapter was left untagged."""
SOURCE = "G6 NET-03, edge cases: adapters that share the hardware are fine with VLANs of their own"
EXPECT = [("NET-03", HV01, "PASS"), ("NET-03", HV02, "WARN"), ("NET-08", f"{HV01}/{HV02}", "PASS")]
VERDICT = "ready"
SAYS = [r"hangs on the virtual switch 'Converged' without a VLAN", r"VLAN 30 at one end alone"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host, vlan in ((HV01, 30), (HV02, 0)):
        made: list[dict[str, object]] = []
        for row in record.rows("AdapterLayer", host):
            if row["interface"] in (4, 7):
                row.update(hardware=False, lower=[])
                own = vlan if row["interface"] == 7 else 0
                made.append(
                    {"name": f"vEthernet {row['interface']}", "device": row["guid"], "switch": "Converged", "vlan": own}
                )
        record.rows("ManagementAdapter", host)[:] = made
    return record
