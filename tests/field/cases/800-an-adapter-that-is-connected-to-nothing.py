from tests.field.record import HV01, HV02, Record

SITUATION = """An adapter of a machine says that it is connected, and names neither a switch nor a pool: its row was cut
short, or the account may not see the switch. On what the machine hangs nobody knows, and hv02 may lack just that."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-05", f"{HV01}/", "UNKNOWN"), ("VM-05", f"{HV02}/", "PASS")]
VERDICT = "incomplete"
SAYS = [r"\(EnabledState 2\), and names no switch"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("SwitchConnection", HV01):
        if "VirtualEthernetSwitch" in "".join(row["resources"]):
            row.update(resources=[], pool="")
    return record
