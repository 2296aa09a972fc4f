from __future__ import annotations

import pytest

from scanner.facts.switches import SwitchConnection
from tests.checks.common.builders import GUID


def to(resource: str) -> SwitchConnection:
    return SwitchConnection(f"Microsoft:{GUID.format(1)}\\x\\C", 2, (resource,), "")


NAMED = r'\\HV01\root\virtualization\v2:Msvm_VirtualEthernetSwitch.CreationClassName="Msvm_VirtualEthernetSwitch",'


@pytest.mark.parametrize(
    ("resource", "switch"),
    [
        (f'{NAMED}Name="{GUID.format(7).upper()}"', GUID.format(7)),
        (f'root\\virtualization\\v2:msvm_virtualethernetswitch.Name="{GUID.format(7)}"', GUID.format(7)),
        (f'{NAMED}Name="Production"', ""),
        (f'\\\\HV01\\v2:Msvm_ComputerSystem.Name="{GUID.format(7)}"', ""),
        (f'\\\\HV01\\v2:Msvm_Other.Text="Msvm_VirtualEthernetSwitch",Name="{GUID.format(7)}"', ""),
        ("", ""),
    ],
)
def test_the_switch_in_a_path(resource, switch):
    assert to(resource).switch == switch


def test_what_a_switchs_own_port_leads_to():
    external = to(r'\\HV01\root\virtualization\v2:Msvm_ExternalEthernetPort.DeviceID="Microsoft:{1}"')
    host = to(r'\\HV01\root\virtualization\v2:Msvm_ComputerSystem.CreationClassName="Msvm_ComputerSystem",Name="HV01"')
    assert (external.is_uplink, external.is_host, host.is_uplink, host.is_host) == (True, False, False, True)
    assert to(r'\\H\v2:Msvm_WiFiPort.DeviceID="x"').is_uplink
    assert not to("").names_something
