from tests.field.record import HV01, HV02, Record

SITUATION = """On hv01 the servicing stack tells no day of any update, as Get-HotFix shows after an in-place upgrade. On
hv02 one update says that it was installed next year, by a clock that was wrong that day; the others are old."""
SOURCE = "Microsoft Learn: Win32_QuickFixEngineering.InstalledOn; public reports of empty and future days"
EXPECT = [("HOST-11", HV01, "UNKNOWN"), ("HOST-11", HV02, "WARN")]
VERDICT = "incomplete"
SAYS = ["none tells the day on which it was installed", "newest update of 2026-03-01"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("Update", HV01)["installed"] = None
    like = record.one("Update", HV02)
    record.put("Update", HV02, [{**like, "installed": f"{day}T00:00:00Z"} for day in ("2027-11-01", "2026-03-01")])
    return record
