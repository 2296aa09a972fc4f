"""How far two clocks are apart, by what was read of each."""

from __future__ import annotations

import pytest

from checks.identity.clocks import Apart, Clock


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        pytest.param((0, 0), (0, 0), 0, 0, id="the same"),
        pytest.param((5, 6), (1, 2), 3, 5, id="ahead"),
        pytest.param((1, 2), (5, 6), 3, 5, id="behind"),
        pytest.param((1, 3), (2, 4), 0, 3, id="perhaps the same"),
        pytest.param((2, 3), (1, 1.5), 0.5, 2, id="half a second ahead at least"),
        pytest.param((1, 1.5), (2, 3), 0.5, 2, id="half a second behind at least"),
        pytest.param((1, 2), (1, 1.5), 0, 1, id="half a second behind at most"),
        pytest.param((1, 1.5), (1, 2), 0, 1, id="half a second ahead at most"),
        pytest.param((2, 3), (1, 2), 0, 2, id="they touch"),
    ],
)
def test_two_clocks(one, other, least, most):
    found = Apart.of(Clock("a", *one), Clock("b", *other))
    assert (found.names, found.least, found.most) == (("a", "b"), least, most)
