from tests.field.record import HV01, HV02, Record

SITUATION = """A policy denies the logon as a service on hv02, and RSoP lists whom by name, in German. On hv01 a policy
gives it by the English name, as it was typed where it could not be resolved; policy ended with error 1332 there."""
SOURCE = "Microsoft Learn: troubleshoot live migration, 0x80070569; ERROR_NONE_MAPPED, the error of such a name"
EXPECT = [("HOST-06", HV01, "UNKNOWN"), ("HOST-06", HV02, "FAIL")]
VERDICT = "not ready"
SAYS = ["a policy denies it to", "did not end well"]
GROUP = "NT VIRTUAL MACHINE\\"


def make() -> Record:
    record = Record(HV01, HV02)
    given = {"right": "SeServiceLogonRight", "accounts": [f"{GROUP}Virtual Machines"], "precedence": 1}
    denied = {"right": "SeDenyServiceLogonRight", "accounts": [f"{GROUP}Virtuelle Computer"], "precedence": 1}
    record.put("PolicyRight", HV01, [given])
    record.put("PolicyRight", HV02, [denied])
    record.one("PolicyProcessing", HV01)["error"] = 1332
    return record
