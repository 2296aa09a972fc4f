from tests.field.record import HV01, HV02, Record

SITUATION = """The switch of hv02 is called Produktion, that of hv01 Production. A move of a machine stops with
event 21502 ("could not find Ethernet switch"), whatever else is in order."""
SOURCE = "Microsoft Learn: troubleshoot live migration, events 21502 and 21125; Compare-VM, message 33012"
EXPECT = [
    ("VM-05", f"{HV01}/", "FAIL"),
    ("VM-05", f"{HV02}/", "FAIL"),
    ("HOST-12", HV01, "FAIL"),
]
VERDICT = "not ready"
SAYS = [r"Production: no such switch on hv02"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.rows("VirtualSwitch", HV02)[0]["name"] = "Produktion"
    return record
