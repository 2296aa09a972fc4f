from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_06_media import no_media
from scanner.api import Status
from scanner.facts.devices import VmPhysicalDrive
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import DeviceGuard, OperatingSystem
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.network import PROBES_A_SUBJECT, EndpointProbe, IPAddress
from scanner.facts.vm import VirtualMachineSettings, VmStorage
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, GUID, HOSTILE, address, disk, machine, module, probe
from tests.checks.delegation.domain import (
    CREDSSP,
    GUARDED,
    OPEN,
    UNGUARDED,
    account,
    both,
    known,
    settings,
    windows,
)
from tests.conftest import CORP, HV01, HV02, Judge, estate, evidence

PASS, WARN, FAIL, UNKNOWN = Status.PASS, Status.WARN, Status.FAIL, Status.UNKNOWN
DVD, FLOPPY = (f"Microsoft:Hyper-V:Virtual {kind} Disk" for kind in ("CD/DVD", "Floppy"))
FS, PLACE = "fs01.corp.example", r"\\fs01.corp.example\iso\setup.iso"
LISTED, BARE = account(HV01, f"cifs/{FS}"), account(HV01)
SERVER, REGISTERED = account(FS, spns=both(FS, "HOST")), account(HV02)
OPEN_445, SHUT = [probe(f"{FS}:445")], [probe(f"{FS}:445", "TimedOut")]
VMM = "vmm01.corp.example"


def image(path: str, kind: str = DVD, of: str = GUID.format(1)) -> VmStorage:
    return VmStorage(f"Microsoft:{of}\\y\\0", kind, (path,) if path else ())


def drive(kind: str, *resources: str, of: str = GUID.format(1)) -> VmPhysicalDrive:
    return VmPhysicalDrive(f"Microsoft:{of}\\z", f"Microsoft:Hyper-V:Physical {kind} Drive", resources)


def facts(images, drives=(), source=LISTED, probes=OPEN_445, more=None):
    base = known(source, REGISTERED) | {(MigrationSettings, host): [settings()] for host in (HV01, HV02)}
    return {
        **base,
        (ComputerAccount, CORP): [source, REGISTERED, SERVER],
        (OperatingSystem, HV01): [windows()],
        (VirtualMachineSettings, HV01): [machine(1)],
        (VmStorage, HV01): images,
        (VmPhysicalDrive, HV01): drives if drives is GONE else list(drives),
        (EndpointProbe, HV02): probes,
        (EndpointProbe, HV01): [],
        (IPAddress, HV01): [address("10.20.0.9/24")],
        (IPAddress, HV02): [address("10.20.0.5/24")],
        **(more or {}),
    }


def run(judge: Judge, images, drives=(), where=None, **words):
    return judge(no_media, facts(images, drives, **words), where)


@pytest.mark.parametrize(
    ("images", "drives", "expected"),
    [
        pytest.param([], [], PASS, id="no drive"),
        pytest.param([image("")], [], PASS, id="an empty drive"),
        pytest.param([replace(image(""), paths=("",))], [], PASS, id="an empty drive that names nothing"),
        pytest.param([image("", FLOPPY), image("")], [], PASS, id="two empty drives"),
        pytest.param([disk(r"D:\web.vhdx")], [], PASS, id="a disk is no medium"),
        pytest.param([image(r"C:\iso\a.iso")], [], FAIL, id="an image of the source"),
        pytest.param([image(r"C:\ClusterStorage\v\a.iso")], [], FAIL, id="an image on a volume of a cluster"),
        pytest.param([image(r"\\?\Volume{1}\a.iso")], [], FAIL, id="an image on a volume without a letter"),
        pytest.param([image(r"C:\iso\a.iso", "Gast:Laufwerk")], [], FAIL, id="an image, and an odd word for the drive"),
        pytest.param([image(r"C:\a.vfd", FLOPPY)], [], UNKNOWN, id="a floppy of the source"),
        pytest.param([image(r"C:\iso\a.img", DVD)], [], FAIL, id="an image by another ending, in a DVD drive"),
        pytest.param([image(r"C:\a.bin", "Other")], [], UNKNOWN, id="nobody knows what"),
        pytest.param([image(r"C:\a.bin", None)], [], UNKNOWN, id="nobody says what"),
        pytest.param([image(r"C:\a.iso", of=GUID.format(2))], [], PASS, id="another machine's"),
        pytest.param([image("")], [drive("DVD", "x")], FAIL, id="a drive of the host"),
        pytest.param([image("")], [drive("DVD")], FAIL, id="a drive of the host that is not named"),
        pytest.param([image("")], [drive("Disk", "x")], PASS, id="a disk of the host is VM-07's"),
        pytest.param([image("")], [drive("DVD", "x", of=GUID.format(2))], PASS, id="another machine's drive"),
        pytest.param(GONE, [], UNKNOWN, id="drives unread"),
        pytest.param([image("")], GONE, UNKNOWN, id="drives of the host unread"),
        pytest.param([image(r"C:\a.iso"), image(r"C:\a.vfd", FLOPPY)], [], FAIL, id="the worst counts"),
    ],
)
def test_drives(judge: Judge, images, drives, expected):
    assert run(judge, images, drives).status is expected


@pytest.mark.parametrize(
    ("source", "probes", "expected"),
    [
        (LISTED, OPEN_445, WARN),
        (LISTED, SHUT, FAIL),
        (LISTED, [probe(f"{FS}:445", "Unresolved")], FAIL),
        (LISTED, [], UNKNOWN),
        (LISTED, GONE, UNKNOWN),
        (BARE, OPEN_445, FAIL),
        (BARE, SHUT, FAIL),
        (BARE, [], FAIL),
    ],
)
def test_an_image_on_a_share(judge: Judge, source, probes, expected):
    finding = run(judge, [image(PLACE)], source=source, probes=probes)
    assert finding.status is expected
    assert bool(finding.works) is (expected is WARN)


@pytest.mark.parametrize(
    ("name", "kind", "probes", "expected"),
    [
        pytest.param("a.img", FLOPPY, OPEN_445, WARN, id="a floppy by its drive"),
        pytest.param("a.vfd", None, OPEN_445, WARN, id="a floppy by its ending"),
        pytest.param("a.img", FLOPPY, SHUT, FAIL, id="a floppy, out of reach"),
        pytest.param("a.bin", "Other", OPEN_445, UNKNOWN, id="nobody knows what"),
    ],
)
def test_a_floppy_on_a_share_is_not_taken_out_of_dvd_drives(judge: Judge, name, kind, probes, expected):
    finding = run(judge, [image(rf"\\{FS}\iso\{name}", kind)], probes=probes)
    assert (finding.status, finding.remedy) == (expected, "")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({(ComputerAccount, CORP): GONE}, UNKNOWN, id="accounts unread"),
        pytest.param({(MigrationSettings, HV01): GONE}, UNKNOWN, id="how it signs in unread"),
        pytest.param({(MigrationSettings, HV01): [CREDSSP]}, UNKNOWN, id="CredSSP"),
        pytest.param({(MigrationSettings, HV01): [CREDSSP], (EndpointProbe, HV02): SHUT}, FAIL, id="CredSSP, shut"),
        pytest.param({(VMHost, HV01): [module()]}, WARN, id="the module agrees"),
    ],
)
def test_what_delegation_needs(judge: Judge, more, expected):
    assert run(judge, [image(PLACE)], more=more).status is expected


def test_delegation_to_any_service_covers_it_unless_credential_guard_runs(judge: Judge):
    for guard, expected in (([UNGUARDED], WARN), ([GUARDED], FAIL), (GONE, UNKNOWN)):
        finding = run(judge, [image(PLACE)], source=account(HV01, uac=OPEN), more={(DeviceGuard, HV01): guard})
        assert finding.status is expected


@pytest.mark.parametrize(
    ("server", "more"),
    [
        (HV01, {}),
        ("HV01", {}),
        ("10.20.0.9", {}),
        (HV02, {}),
        ("10.20.0.5", {}),
        ("10.20.0.5", {(IPAddress, HV02): GONE}),
        ("10.20.0.9", {(IPAddress, HV01): GONE}),
    ],
)
def test_a_share_of_one_of_the_two_hosts(judge: Judge, server, more):
    finding = run(judge, [image(rf"\\{server}\iso\a.iso")], source=account(HV01, f"cifs/{server.lower()}"), more=more)
    assert finding.status is UNKNOWN
    assert "itself" in finding.note


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"started_from": VMM, "vmm_servers": (VMM,)}, FAIL),
        ({"started_from": "", "vmm_servers": (VMM,)}, WARN),
        ({"started_from": "admin.corp.example", "vmm_servers": (VMM,)}, WARN),
    ],
)
def test_virtual_machine_manager_moves_no_such_machine(judge: Judge, words, expected):
    assert run(judge, [image(PLACE)], where=estate(**words)).status is expected
    assert run(judge, [image("")], where=estate(**words)).status is PASS


def test_an_image_in_a_checkpoint_is_not_in_the_drive(judge: Judge):
    assert run(judge, [image(r"C:\a.iso", of="99999999-2222-3333-4444-555555555559")]).status is PASS


def test_the_remedy_takes_out_this_image_and_no_other(judge: Judge):
    finding = run(judge, [image(rf"C:\{HOSTILE}.iso")])
    command = finding.remedy
    assert command.startswith(f"Get-VM -ComputerName '{HV01}' -Id '{GUID.format(1)}' | Get-VMDvdDrive | Where-Object")
    assert command.endswith("| Set-VMDvdDrive -Path $null")
    assert "x''; Remove-Item" in command


def test_who_tries_the_share(judge: Judge):
    record = evidence(facts([image(PLACE), image(r"C:\a.iso"), image(r"\\bad name\x\a.iso")]))
    asked = [(ask.target, ask.argument) for ask in asks_of([no_media], record)]
    assert asked == [(HV02, f"{FS}:445"), (CORP, FS)]


def test_a_host_with_many_machines_makes_the_other_try_no_more_ports(judge: Judge):
    """However many machines it says it has: they are of one route, and what is not tried is unknown."""
    far = [image(rf"\\fs{n}{m}.evil.example\iso\x.iso", of=GUID.format(n)) for n in range(10) for m in range(5)]
    several = {(VirtualMachineSettings, HV01): [machine(n) for n in range(10)]}
    record = evidence(facts(far, probes=[], more=several))
    tried = [ask.argument for ask in asks_of([no_media, no_media], record) if ask.fact is EndpointProbe]
    assert len(set(tried)) == PROBES_A_SUBJECT
    left = image(r"\\fs99.evil.example\iso\x.iso")
    assert run(judge, [left], probes=[probe(target) for target in tried]).status is UNKNOWN


def test_the_name_of_another_domain_is_not_known_to_be_delegated(judge: Judge):
    far = "fs01.branch.example"
    probes = [probe(f"{far}:445")]
    source = account(HV01, f"cifs/{far}")
    assert run(judge, [image(rf"\\{far}\iso\a.iso")], source=source, probes=probes).status is UNKNOWN
