from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checks.common.disks import DISKS, Lying, lying
from scanner.api import GapReason, View
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import GONE, address, disk, probe
from tests.conftest import HV01, evidence

HERE = [address("10.20.0.9/24"), address("fd00::9/64"), address("fe80::9/64"), address("10.20.0.8/24", state=2)]


def found(*paths: str, addresses=HERE, probes=(), kind="Microsoft:Hyper-V:Virtual Hard Disk") -> Lying:
    known = {
        (VmStorage, HV01): [disk(path, kind) for path in paths],
        (IPAddress, HV01): addresses,
        (EndpointProbe, HV01): probes if isinstance(probes, GapReason) else list(probes),
    }
    return lying(View(evidence(known), DISKS), HV01)


@pytest.mark.parametrize(
    ("server", "local"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("--1.ipv6-literal.net", True),
        ("HV01", True),
        ("hv01.corp.example", True),
        ("hv01.corp.example.", True),
        ("10.20.0.9", True),
        ("fd00--9.ipv6-literal.net", True),
        ("FE80--9s7.IPv6-Literal.net", True),
        ("10.20.0.8", False),
        ("10.20.0.7", False),
        ("fd00--8.ipv6-literal.net", False),
        ("hv01.branch.example", False),
        ("hv011", False),
        ("hv011.corp.example", False),
        ("fs1", False),
    ],
)
def test_a_share_of_the_host_itself_is_local(server, local):
    for path in (rf"\\{server}\vms\web.vhdx", rf"\\?\UNC\{server}\d$\web.vhdx"):
        assert found(path) == Lying(local, () if local else (server.lower(),))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ((r"D:\web.vhdx",), Lying(True, ())),
        ((), Lying(False, ())),
        (("",), Lying(False, ())),
        ((r"\\fs1\v\a.vhdx", r"\\FS1\v\b.vhdx", r"D:\c.vhdx"), Lying(True, ("fs1",))),
    ],
)
def test_where_disks_lie(paths, expected):
    assert found(*paths) == expected


def test_an_image_is_no_disk():
    assert found(r"D:\iso\x.iso", kind="Microsoft:Hyper-V:Virtual CD/DVD Disk") == Lying(False, ())


ITSELF = {"remote": "10.20.0.9", "local": "10.20.0.9"}


@pytest.mark.parametrize(
    ("answer", "local"),
    [
        pytest.param(probe("nas:445", **ITSELF), True, id="both ends are one"),
        pytest.param(probe("nas:445", remote="10.20.0.9", local="10.20.0.5"), True, id="its own address"),
        pytest.param(probe("nas:445", remote="127.0.0.1", local="127.0.0.1"), True, id="a line in the hosts file"),
        pytest.param(probe("nas:445", "Refused", addresses=("10.20.0.9", "127.0.0.1")), True, id="refused there"),
        pytest.param(probe("nas:445", "Refused", addresses=("10.20.0.9", "10.20.0.7")), False, id="or elsewhere"),
        pytest.param(probe("nas:445", "Unresolved"), False, id="no such name"),
        pytest.param(probe("nas:445", remote="10.20.0.7", local="10.20.0.9"), False, id="another"),
        pytest.param(probe("other:445", **ITSELF), False, id="another name"),
    ],
)
def test_a_name_that_leads_back_is_local(answer, local):
    assert found(r"\\nas\v\a.vhdx", probes=[answer]).local is local


def test_an_address_of_a_host_whose_own_were_not_read_may_be_either():
    gone = found(r"\\10.20.0.9\d$\a.vhdx", addresses=GONE)
    assert (gone.local, gone.servers) == (False, ("10.20.0.9",))
    assert gone.unread == f"IPAddress of {HV01}: timeout"
    assert found(r"\\127.0.0.1\d$\a.vhdx", addresses=GONE) == Lying(True, ())
    assert found(r"\\fs1\d$\a.vhdx", addresses=GONE) == Lying(False, ("fs1",))
    assert found(r"\\10.20.0.9\v\a.vhdx", addresses=GONE, probes=[probe("10.20.0.9:445", **ITSELF)]).local


def test_disks_that_were_not_read_may_lie_anywhere():
    seen = lying(View(evidence({(VmStorage, HV01): GONE}), DISKS), HV01)
    assert seen == Lying(local=False, servers=(), unread=f"VmStorage of {HV01}: timeout")


@given(st.ip_addresses(), st.booleans())
def test_no_address_of_its_own_is_a_file_server(own, scoped):
    """Whatever it is, and however the path writes it; one of IPv4 in the clothes of IPv6 is on no adapter."""
    assume(not (own.version == 6 and own.ipv4_mapped))
    written = str(own)
    if own.version == 6:
        written = written.replace(":", "-") + ("s12" if scoped else "") + ".ipv6-literal.net"
    seen = found(rf"\\{written}\v\a.vhdx", addresses=[address(f"{own}/{24 if own.version == 4 else 64}")])
    assert seen == Lying(True, ())


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        (r"D:\a.vhdx", "Microsoft:Hyper-V:Virtual Hard Disk", True),
        (r"D:\a", "Microsoft:Hyper-V:Virtual Hard Disk", True),
        (r"D:\a.VHDPMEM", "Microsoft:Hyper-V:Another Word", True),
        (r"D:\a.avhdx", "", True),
        (r"D:\a.iso", "Microsoft:Hyper-V:Virtual CD/DVD Disk", False),
        (r"D:\a.vfd", "Microsoft:Hyper-V:Virtual Floppy Disk", False),
    ],
)
def test_a_disk_is_told_by_its_kind_or_its_file(path, kind, expected):
    assert disk(path, kind).is_disk is expected


@pytest.mark.parametrize(("addresses", "local"), [(("junk", "10.20.0.9"), True), (("junk",), False), ((), False)])
def test_a_text_that_is_no_address_tells_nothing(addresses, local):
    answer = probe("fs1:445", "TimedOut", addresses=addresses)
    assert found(r"\\fs1\v\a.vhdx", probes=[answer]).local is local
