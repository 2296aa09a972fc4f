from __future__ import annotations

from datetime import timedelta

import pytest

from checks.key.validity import LIFETIME, MARGIN, instant, validity
from tests.checks.key.builders import GENERATED, UNDATED, key

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "expires"),
    [
        pytest.param({}, GENERATED + 5 * DAY, id="dated back by ten minutes"),
        pytest.param({"not_before": GENERATED, "not_after": GENERATED + 3 * DAY}, GENERATED + 3 * DAY, id="three days"),
        pytest.param({"not_before": GENERATED, "not_after": GENERATED + 365 * DAY}, GENERATED + 5 * DAY, id="a year"),
        pytest.param({"not_before": None, "not_after": GENERATED + 9 * DAY}, GENERATED + 9 * DAY, id="no beginning"),
        pytest.param(
            {"not_before": GENERATED, "not_after": GENERATED + LIFETIME + MARGIN + timedelta(seconds=1)},
            GENERATED + 5 * DAY,
            id="not quite azure-powershell's",
        ),
    ],
)
def test_certificate_tells(changes, expires):
    found = validity(key(**changes))
    assert found is not None
    assert (found.expires, found.certain) == (expires, True)


def test_else_the_files_name():
    found = validity(key(**UNDATED, file_time=GENERATED - DAY))
    assert found is not None
    assert (found.expires, found.certain) == (GENERATED + 4 * DAY, False)
    assert validity(key(**UNDATED, file_time=None)) is None


def test_instant():
    assert instant(GENERATED) == "2026-11-20 09:00:00 UTC"
