from tests.field.record import HV01, HV02, Record

SITUATION = """A machine says ReplicationMode 0, of its own row ReplicationState 3: it replicates. Its relationship says
that it does not. Which of the two is right nobody knows; a move that is not told of the replication may break it."""
SOURCE = "Rule: evidence at hand that contradicts a PASS forbids it"
EXPECT = [("VM-10", f"{HV01}/", "UNKNOWN"), ("VM-10", f"{HV02}/", "PASS")]
VERDICT = "incomplete"
SAYS = [r"ReplicationState 0, 3, .*contradict"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("VirtualMachineState", HV01):
        row["replication_state"] = 3
    return record
