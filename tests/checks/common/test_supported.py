from __future__ import annotations

import pytest

from checks.common.supported import supported
from scanner.api import MissingEvidence, View
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import VMHost
from tests.checks.common.builders import GONE, module
from tests.conftest import HV01, HV02, NOW, evidence


def asked(host, build: int | None = 17763):
    system = GONE if build is None else [OperatingSystem(NOW, build, "10.0", ProductType.SERVER, None)]
    return supported(
        View(evidence({(VMHost, HV02): host, (OperatingSystem, HV02): system}), (VMHost, OperatingSystem)), HV02
    )


def test_the_hosts_own_list_wins():
    own = asked([module(versions=("10.0", "9.0", "9.0"))], None)
    assert own.versions == ((9, 0), (10, 0))
    assert (own.note, own.odd) == ("", "")
    assert own.text == "one of 9.0, 10.0"


def test_a_single_version_is_no_choice():
    assert asked([module(versions=("5.0", "5.0"))]).text == "5.0"


def test_what_is_no_version_is_told():
    own = asked([module(versions=("9.0", "new"))], None)
    assert (own.versions, own.odd) == (((9, 0),), "VMHost of hv02.corp.example: new is no version")
    many = asked([module(versions=("9.0", *(f"{n}{'x' * 50}" for n in range(5))))], None)
    first = ", ".join(f"{n}{'x' * 19}" for n in range(3))
    assert many.odd == f"VMHost of hv02.corp.example: {first} is no version"


def test_previews_are_no_target():
    """A host of a preview, and one that was upgraded from it, lists them beside the released ones."""
    assert asked([module(versions=("9.0", "10.0", "254.0", "255.0"))], None).text == "one of 9.0, 10.0"


@pytest.mark.parametrize(
    "host", [[module(versions=("254.0",))], [module()], [], GONE, [module(versions=("new",))], [module(), module()]]
)
def test_else_the_table(host):
    by_table = asked(host)
    assert by_table.versions[-1] == (9, 0)
    assert "table for build 17763" in by_table.note


def test_each_host_has_its_own():
    facts = {(VMHost, HV01): [module(versions=("5.0",))], (VMHost, HV02): [module(versions=("9.0",))]}
    view = View(evidence(facts), (VMHost, OperatingSystem))
    assert [supported(view, host).text for host in (HV01, HV02)] == ["5.0", "9.0"]


def test_neither():
    with pytest.raises(MissingEvidence, match="build 12345 is in no table"):
        asked(GONE, 12345)
    with pytest.raises(MissingEvidence, match="OperatingSystem"):
        asked([module()], None)
    with pytest.raises(MissingEvidence, match="OperatingSystem of hv02"):
        supported(View(evidence({}), (VMHost, OperatingSystem)), HV02)


@pytest.mark.parametrize(("count", "own"), [(32, True), (33, False)])
def test_no_host_tells_so_many_versions(count, own):
    rows = [module(versions=tuple(f"{number}.0" for number in range(1, count + 1)))]
    if own:
        assert len(asked(rows, None).versions) == count
        return
    with pytest.raises(MissingEvidence, match="there are 33 versions"):
        asked(rows)
