from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 keeps replicas on a share of a file server that the estate does not name: the scan sees neither the
folder nor who may write there, for a host cannot ask on behalf of the scan (second hop)."""
SOURCE = "Microsoft virtualization blog 2013-06-14, Using SMB shares with Hyper-V Replica; G16.4 REP-07"
EXPECT = [("REP-07", HV02, "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"name it as \[\[file_server\]\]"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.estate["routes"] = [route for route in record.estate["routes"] if route["source"] == HV01]
    record.put("ReplicaStorage", HV02, [{"primary": "*", "location": r"\\fs01.corp.example\Replica-Site"}])
    return record
