from tests.field.record import HV01, HV02, Record

SITUATION = """The switch of hv02 is called Produktion, that of hv01 Production. The estate says so for the way to
hv02, where whoever starts the move chooses it; of the way back it says nothing."""
SOURCE = "estate.toml, [[switch]]; Microsoft Learn: Compare-VM, message 33012"
EXPECT = [("VM-05", f"{HV01}/", "PASS"), ("VM-05", f"{HV02}/", "FAIL"), ("HOST-12", HV01, "FAIL")]
VERDICT = "not ready"
SAYS = [r"chooses PRODUKTION there", r"Produktion: no such switch on hv01"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.rows("VirtualSwitch", HV02)[0]["name"] = "Produktion"
    record.estate["switches"] = [["production", "PRODUKTION"]]
    return record
