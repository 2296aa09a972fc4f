"""The descriptor that the live test writes is the one that the scanner reads."""

from __future__ import annotations

import pytest

from scanner.collect.directory.security import Dacl, dacl_of
from tests.remedies.live import descriptor

ONE, TWO = "S-1-5-21-1-2-3-1104", "S-1-5-21-1-2-3-1105"


@pytest.mark.parametrize(("denied", "allowed"), [((), ()), ((ONE,), ()), ((), (ONE, TWO)), ((ONE,), (TWO,))])
def test_what_is_written_is_read(denied, allowed):
    assert dacl_of(descriptor(denied, allowed)) == Dacl(allowed=allowed, denied=denied)
