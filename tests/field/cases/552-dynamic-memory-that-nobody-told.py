from tests.field.record import HV01, HV02, Record

SITUATION = """web-01 on hv01 has dynamic memory of 512 MiB to 1 TiB, as Hyper-V offers it. The Hyper-V module is not
there, so what it has now is not told. hv02 has 8 GiB left: enough for its start-up memory, and perhaps not for it."""
SOURCE = "Microsoft Learn: Hyper-V Dynamic Memory Overview; error 0x800705AA, insufficient system resources"
EXPECT = [("HOST-08", f"{HV01}/{HV02}", "UNKNOWN"), ("HOST-08", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"one machine takes between 0\.5 GiB and 1,024\.0 GiB, and 8\.0 GiB are free"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.rows("VmMemory", HV01)[0].update(dynamic=True, startup=1024, minimum=512, maximum=1 << 20)
    record.gap("VmRuntime", HV01, "not installed", "the PowerShell module Hyper-V is not there")
    record.one("PhysicalMemory", HV02)["free"] = 8 << 20
    return record
